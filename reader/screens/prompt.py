"""A dialogue of one line: a question and a text field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from reader.i18n import _
from reader.screens.dialogue import Dialogue, line
from reader.widgets.field import Field

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Prompt(Dialogue[str | None]):
    """Asks for one line; answers with it, stripped, it may be empty; None where it was left."""

    def __init__(self, title: str, placeholder: str, value: str = "") -> None:
        super().__init__()
        self._title, self._placeholder, self._value = title, placeholder, value

    def compose(self) -> ComposeResult:
        """Lay out the title, the field and what to press."""
        with Vertical(classes="dialogue"):
            yield line(self._title, "dialogue-title")
            yield Field(self._value, placeholder=self._placeholder)
            yield line(_("Enter: done   Esc: leave"), "dialogue-keys")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
