"""A text field: its few keys come from the keymap too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

from index.sanitise import clean_line
from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from textual.events import Paste


class Field(Keyed, Input):
    """An `Input`, in the `dialogue` context unless a subclass has its own; its cursor does not blink."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("dialogue",)

    def on_mount(self) -> None:
        """Keep the screen still."""
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """Take the whole of a text of several lines, as one line: `Input` would keep its first only."""
        event.text = clean_line(event.text)
