"""The line above the footer: what was just done or what the caret is on, and how far the background is."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from reader.render import painted


class Status(Widget):
    """What was said, else what the caret is on; at the right the background's progress, which stays."""

    said: reactive[str] = reactive("")
    here: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)

    def render(self) -> Text:
        """Return the line."""
        right = Text(painted(self.right), no_wrap=True)
        left = Text(painted(self.said or self.here), no_wrap=True, end="")
        room = max(self.size.width - right.cell_len - 3, 0)
        left.truncate(room, overflow="ellipsis", pad=True)
        return Text(" ", end="") + left + " " + right
