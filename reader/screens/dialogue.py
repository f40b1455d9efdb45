"""What the dialogues have in common: a framed column in the middle, Esc to leave, no markup."""

from __future__ import annotations

from pathlib import Path

from textual.screen import ModalScreen
from textual.widgets import Static

from reader.screens.answering import Answer, Answering
from reader.widgets.keyed import Obeys


class Dialogue(Obeys, Answering[Answer], ModalScreen[Answer]):
    """A modal screen that answers with a value, or None when left by Esc."""

    CSS_PATH = Path(__file__).with_name("dialogue.tcss")

    def do_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


def line(text: str, classes: str = "") -> Static:
    """Return a line of text, never markup."""
    return Static(text, markup=False, classes=classes)
