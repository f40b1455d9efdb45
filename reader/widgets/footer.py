"""The bottom line: what can be pressed now, made from the same declarations as the keys themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from reader.i18n import _
from reader.keys import Command, shown


class Footer(Widget):
    """Shows as many commands as there is room for, first those of the nearest context; and the help's."""

    COMPONENT_CLASSES = {"footer--key", "footer--title"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[str, str]] = []
        self._help: int | None = None

    def show(self, keys: Sequence[tuple[str, Command]]) -> None:
        """Show what can be pressed: sequences and the commands they lead to."""
        now = [(shown(sequence), _(command.footer or command.title)) for sequence, command in keys]
        last = next((at for at, (_key, command) in enumerate(keys) if command.name == "help"), None)
        if (now, last) != (self._keys, self._help):
            self._keys, self._help = now, last
            self.refresh()

    def render(self) -> Text:
        """Return the line."""
        key_style = self.get_component_rich_style("footer--key", partial=True)
        title_style = self.get_component_rich_style("footer--title", partial=True)
        line = Text(no_wrap=True, end="")
        for key, title in self._fitting():
            line.append(f" {key}", key_style).append(f" {title} ", title_style)
        return line

    def _fitting(self) -> list[tuple[str, str]]:
        """Return the first keys that there is room for, and the help's wherever it comes."""
        by_worth = sorted(enumerate(self._keys), key=lambda pair: pair[0] != self._help)
        ends = accumulate(cell_len(key) + cell_len(title) + 3 for _at, (key, title) in by_worth)
        fitting = [pair for pair, end in zip(by_worth, ends, strict=True) if end < self.size.width]
        return [key for _at, key in sorted(fitting)]
