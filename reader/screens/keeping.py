"""Keeping the notebook safe while it is open: who writes in it, where it lies, its copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Static

from notes import NotebookError
from reader.i18n import _

if TYPE_CHECKING:
    from reader.screens.main import MainScreen

_EVERY_SECONDS: Final = 30 * 60


class Keeping:
    """Says what a user should know of the notebook at the beginning, and copies it from time to time."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def begin(self) -> None:
        """Warn, if there is anything to warn of; copy the notebook now and every half hour."""
        if warning := self._warning():
            self.screen.alarm(warning)
        self._show()
        self._back_up()
        self.screen.set_interval(_EVERY_SECONDS, self._back_up)

    def may_write(self) -> bool:
        """Tell whether notes can be written here; say so if not."""
        try:
            notebook = self.screen.workspace.notebook  # opened here, if it could not be at the beginning
            if not notebook.is_read_only:
                return True
            held = notebook.hold()
        except NotebookError as error:
            self.screen.alarm(str(error))
            return False
        if held:
            self._show()
            return True
        self.screen.alarm(_read_only())
        return False

    def _warning(self) -> str:
        from notes.surroundings import place_of  # noqa: PLC0415 - after the first paint
        from reader.surroundings import warning_of  # noqa: PLC0415 - same

        space = self.screen.workspace
        if space.notebook.is_read_only:
            return _read_only()
        return warning_of(place_of(space.places.notes.parent))

    def _show(self) -> None:
        """Say beside the name whether notes are only read here."""
        named = _("Liseuse, read only") if self.screen.workspace.notebook.is_read_only else "Liseuse"
        self.screen.query_one("#name", Static).update(named)

    def _back_up(self) -> None:
        if not self.screen.workspace.notebook.is_read_only:
            self.screen.run_worker(self._copy, thread=True, group="backup")

    def _copy(self) -> None:
        try:
            self.screen.workspace.notebook.back_up(unless_done=True)
        except NotebookError as error:
            self.screen.app.call_from_thread(self.screen.alarm, str(error))


def _read_only() -> str:
    return _("Another Liseuse has this notebook open: read here, write there")
