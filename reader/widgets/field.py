"""A text field in a dialogue: its few keys come from the keymap too."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Input

from reader.widgets.keyed import Keyed


class Field(Keyed, Input):
    """An `Input` in the `dialogue` context; its cursor does not blink."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("dialogue",)

    def on_mount(self) -> None:
        """Keep the screen still."""
        self.cursor_blink = False
