"""Going among articles and places: back and forward, the next unread, where one was the last time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.screens.goal import Goal
from reader.trail import Place, Trail
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from reader.screens.main import MainScreen


class Visiting(Obeys):
    """Knows where the reader is, was, and was before that."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._trail = Trail()

    @property
    def place(self) -> Place | None:
        """Where the reader is."""
        reading = self.screen.reading
        if reading.article is None or reading.document is None:
            return None
        return Place(reading.article.id, reading.document.selection.caret)

    def remember(self, place: Place | None) -> None:
        """Keep a place for the next time its article is opened; may wait for the disk."""
        if place and self.screen.workspace.is_open:
            self.screen.workspace.memory.reach(place.article, place.offset)

    def jumped(self, before: int, after: int) -> None:
        """Keep the offset of this article that a jump began at."""
        if here := self.place:
            self._trail.jumped(Place(here.article, before), Place(here.article, after))

    def leaving(self, article_id: str, offset: int) -> None:
        """Keep the place that is left for another article."""
        if (here := self.place) and here.article != article_id:
            self._trail.jumped(here, Place(article_id, offset))

    def do_back_place(self) -> None:
        """Go back to the place before the last jump."""
        self._travel(self._trail.back)

    def do_forward_place(self) -> None:
        """Go forward again among the places visited."""
        self._travel(self._trail.forward)

    def _travel(self, step: Callable[[Place], Place | None]) -> None:
        here = self.place
        place = step(here) if here else None
        if place is None or here is None:
            self.screen.app.bell()
        elif place.article == here.article:
            self.screen.reading.go(place.offset)
        else:
            self.screen.reading.open(place.article, Goal(*place), by_jump=False)

    def do_next_unread(self) -> None:
        """Open the next hit that has not been read, from the first again after the last."""
        results = self.screen.results
        turn = [*range(results.current + 1, len(results.hits)), *range(results.current + 1)]
        unread = [index for index in turn if results.hits and not results.hits[index].read]
        if unread:
            results.move_to(unread[0])
            self.screen.reading.open(results.hits[unread[0]].id)
            self.screen.panes.go(self.screen.article_pane)
        else:
            self.screen.say(_("Every hit shown has been read: is:unread finds others"))
