"""Undoing and redoing, whatever it was that was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.screens.main import MainScreen


class Undoing(Obeys):
    """Goes back and forth in the history of notes and corrections, in a thread."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_undo(self) -> None:
        """Undo the last change to the notes or the entities."""
        self._go_back(self.screen.workspace.undo, _("Undone"), _("Nothing to undo"))

    def _go_back(self, step: Callable[[], str | None], done: str, nothing: str) -> None:
        """Undo or redo in a thread; what is said of a note is nothing, of a correction itself."""
        workspace = self.screen.workspace

        def write() -> str:
            said = step()
            if said:
                article = self.screen.reading.article
                workspace.corrector.show_in(article.id if article else "")
                self.screen.app.call_from_thread(self.screen.background.corrected)
            return nothing if said is None else f"{done}: {said}" if said else done

        self.screen.annotating.write(write)

    def do_redo(self) -> None:
        """Do again what was undone."""
        self._go_back(self.screen.workspace.redo, _("Done again"), _("Nothing to redo"))
