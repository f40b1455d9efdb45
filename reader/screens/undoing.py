"""Undoing and redoing, whatever it was that was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.steps import Steps
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.screens.main import MainScreen
    from reader.steps import Turned


class Undoing(Obeys):
    """Goes back and forth in the history of notes and corrections, in a thread."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_undo(self) -> None:
        """Undo the last change to the notes or the entities."""
        self._go_back(Steps.undo, _("Undone: {said}"), _("Nothing to undo"))

    def _go_back(self, step: Callable[[Steps], Turned | None], done: str, nothing: str) -> None:
        """Undo or redo in a thread, and say what it was."""
        workspace = self.screen.workspace

        def write() -> str:
            turned = step(workspace.steps)
            if turned is None:
                return nothing
            if turned.of_entities:
                article = self.screen.reading.article
                workspace.corrector.show_in(article.id if article else "")
                self.screen.app.call_from_thread(self.screen.background.corrected)
            return done.format(said=turned.said)

        self.screen.annotating.write(write)

    def do_redo(self) -> None:
        """Do again what was undone."""
        self._go_back(Steps.redo, _("Done again: {said}"), _("Nothing to redo"))
