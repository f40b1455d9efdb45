"""A screen that answers whoever opened it, and does so once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from reader.typeahead import type_ahead

Answer = TypeVar("Answer")


class Answering(Screen[Answer]):
    """Textual's own answers once for every key that asks it to, and takes away the screen under it."""

    _has_come = False

    def on_descendant_focus(self) -> None:
        """Take what was typed while this was on its way; what is typed when it is back may be for another."""
        if not self._has_come:
            self._has_come = True
            type_ahead(self.app).dialogue_here()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer and go, with what was opened over this; one that is gone says nothing more.

        Who has asked may ask something else now: until then, or until nothing comes, keys are held.
        """
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.screen.dismiss(None)
        if result is not None:
            type_ahead(self.app).dialogue_coming()
        return super().dismiss(result)
