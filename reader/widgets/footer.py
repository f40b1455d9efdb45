"""The bottom line: what can be pressed now, made from the same declarations as the keys themselves."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widget import Widget

from reader.i18n import _
from reader.keys import Command, shown


class Footer(Widget):
    """Shows as many commands as there is room for, first those of the nearest context."""

    COMPONENT_CLASSES = {"footer--key", "footer--title"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[str, str]] = []

    def show(self, keys: Sequence[tuple[str, Command]]) -> None:
        """Show what can be pressed: sequences and the commands they lead to."""
        now = [(shown(sequence), _(command.footer or command.title)) for sequence, command in keys]
        if now != self._keys:
            self._keys = now
            self.refresh()

    def render(self) -> Text:
        """Return the line."""
        key_style = self.get_component_rich_style("footer--key", partial=True)
        title_style = self.get_component_rich_style("footer--title", partial=True)
        line = Text(no_wrap=True, end="")
        for key, title in self._keys:
            if line.cell_len + len(key) + len(title) + 4 > self.size.width:
                break
            line.append(f" {key}", key_style).append(f" {title} ", title_style)
        return line
