"""Opening the stores once the screen is painted, and what is shown of a collection that is new or grows."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import LibraryError
from notes import NotebookError
from reader.messages import StoresFailed, StoresOpened
from reader.screens.overtaking import unless_overtaken
from reader.translated import translated

if TYPE_CHECKING:
    from reader.screens.main import MainScreen


class Opening:
    """Opens the collection and the notebook in a thread; welcomes whoever has no articles yet."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def open(self) -> None:
        """Begin to open the stores."""
        self.screen.run_worker(self._open, thread=True)

    def _open(self) -> None:
        try:
            count = self.screen.workspace.prepare()
        except (LibraryError, NotebookError, OSError) as error:
            self.screen.post_message(StoresFailed(translated(str(error))))
        else:
            self.screen.post_message(StoresOpened(count))

    def opened(self, articles: int) -> None:
        """Show the articles, or how to add some."""
        self.screen.narrowing.know_queries()
        self.screen.keeping.begin()
        if articles:
            self.screen.searching.ask()
        else:
            self.screen.welcome.display = True
            self.screen.panes.arrange()
            self.screen.welcome.focus()

    def failed(self, reason: str) -> None:
        """Say why there is nothing to see."""
        self.screen.results.say("", reason)
        self.screen.alarm(reason)

    def changed(self) -> None:
        """Search again: articles were added, or entities found."""
        self.screen.searching.ask_again()
        if self.screen.welcome.display:
            self.screen.run_worker(self._look_again, thread=True, exclusive=True, group="welcome")

    def _look_again(self) -> None:
        with suppress(LibraryError):  # the search says it
            if self.screen.workspace.collection.library.count():
                unless_overtaken(self.screen.app, self._begin_to_read)

    def _begin_to_read(self) -> None:
        self.screen.welcome.display = False
        self.screen.panes.go(self.screen.results)
