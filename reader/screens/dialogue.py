"""What the dialogues have in common: a framed column in the middle, Esc to leave, no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from reader.typeahead import TypeAhead

Answer = TypeVar("Answer")


class Dialogue(Obeys, ModalScreen[Answer]):
    """A modal screen that answers with a value, or None when left by Esc."""

    def on_descendant_focus(self) -> None:
        """Take what was typed while this was on its way."""
        cast("TypeAhead", self.app).dialogue_here()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once: keys pressed before the screen was seen to go say nothing more."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def do_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


def line(text: str, classes: str = "") -> Static:
    """Return a line of text, never markup."""
    return Static(text, markup=False, classes=classes)
