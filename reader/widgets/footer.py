"""The bottom line: what can be pressed now, made from the same declarations as the keys themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from reader.i18n import _
from reader.keys import Command, shown

if TYPE_CHECKING:
    from textual import events


class _Hint(NamedTuple):
    """A command as it is shown: the keys still to press, and words in the user's language."""

    sequence: str
    title: str
    is_help: bool

    @property
    def width(self) -> int:
        """Cells it takes, with a space before, between and after."""
        return cell_len(shown(self.sequence)) + cell_len(self.title) + 3


class Footer(Widget):
    """Shows as many commands as there is room for, first those of the nearest context; and the help's.

    A click on one presses its keys.
    """

    COMPONENT_CLASSES = {"footer--key", "footer--title"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: list[_Hint] = []

    def show(self, keys: Sequence[tuple[str, Command]]) -> None:
        """Show what can be pressed: sequences and the commands they lead to."""
        now = [
            _Hint(sequence, _(command.footer or command.title), command.name == "help")
            for sequence, command in keys
        ]
        if now != self._hints:
            self._hints = now
            self.refresh()

    def render(self) -> Text:
        """Return the line."""
        key_style = self.get_component_rich_style("footer--key", partial=True)
        title_style = self.get_component_rich_style("footer--title", partial=True)
        line = Text(no_wrap=True, end="")
        for hint in self._fitting():
            line.append(f" {shown(hint.sequence)}", key_style).append(f" {hint.title} ", title_style)
        return line

    def on_click(self, event: events.Click) -> None:
        """Press the keys that stand there."""
        hints = self._fitting()
        ends = accumulate(hint.width for hint in hints)
        under = next((hint for hint, end in zip(hints, ends, strict=True) if event.x < end), None)
        for key in under.sequence.split(" ") if under else ():
            self.app.simulate_key(key)

    def _fitting(self) -> list[_Hint]:
        """Return the first hints that there is room for, and the help's wherever it comes."""
        by_worth = sorted(enumerate(self._hints), key=lambda pair: not pair[1].is_help)
        ends = accumulate(hint.width for _at, hint in by_worth)
        fitting = [pair for pair, end in zip(by_worth, ends, strict=True) if end < self.size.width]
        return [hint for _at, hint in sorted(fitting)]
