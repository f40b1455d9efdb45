"""A screen that answers whoever opened it, and does so once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Answer = TypeVar("Answer")


class Answering(Screen[Answer]):
    """Textual's own answers once for every key that asks it to, and takes away the screen under it."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer and go, with what was opened over this; one that is gone says nothing more."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.screen.dismiss(None)
        return super().dismiss(result)
