"""What the dialogues have in common: a framed column in the middle, Esc to leave, no markup."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen
from textual.widgets import Static

from reader.widgets.keyed import Obeys

Answer = TypeVar("Answer")


class Dialogue(Obeys, ModalScreen[Answer]):
    """A modal screen that answers with a value, or None when left by Esc."""

    def do_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


def line(text: str, classes: str = "") -> Static:
    """Return a line of text, never markup."""
    return Static(text, markup=False, classes=classes)
