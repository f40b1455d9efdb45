"""What the main screen says, and how it leads a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from index.errors import LibraryError
from notes import NotebookError
from reader.render import painted
from reader.translated import translated
from reader.typeahead import type_ahead
from reader.widgets.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class Telling(Screen[None]):
    """A screen with a status line, which others speak through."""

    def __init__(self) -> None:
        super().__init__()
        self.status = Status(id="status")

    def say(self, text: str) -> None:
        """Say something on the status line."""
        self.status.said = text

    def do_hush(self) -> None:
        """Forget what was said."""
        self.status.said = ""

    def alarm(self, text: str) -> None:
        """Say something that must not be missed."""
        self.app.notify(painted(translated(text)), severity="error", timeout=15, markup=False)

    def wait_for(self, is_done: Callable[[], bool]) -> None:
        """Have the keys that follow wait for something that was set to work."""
        type_ahead(self.app).wait_for(is_done)

    def ask(self, dialogue: Coroutine[object, object, None]) -> None:
        """Lead a dialogue; what is typed before it is there is for it."""
        type_ahead(self.app).dialogue_coming()
        self.run_worker(self._asked(dialogue))

    async def _asked(self, dialogue: Coroutine[object, object, None]) -> None:
        try:
            await dialogue
        except (NotebookError, LibraryError) as error:
            type_ahead(self.app).dialogue_failed()
            self.alarm(str(error))
        finally:
            type_ahead(self.app).dialogue_here()
