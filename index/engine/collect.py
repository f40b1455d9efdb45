"""Running a Whoosh query to its end: every article that answers, with its score or its date."""

from heapq import nsmallest
from typing import Final

from whoosh.collectors import Collector

from index.engine.columns import Column
from index.engine.expand import Cancelled
from index.engine.untyped import Whoosh
from index.errors import SearchCancelled

SORTS: Final = ("relevance", "date", "-date")
_EVERY: Final = 32
_UNDATED: Final = 99_999_999


class Gather(Collector):  # type: ignore[misc]  # Whoosh has no types
    """Collects the document numbers of all hits, and their scores if `scored`; gives up when told to.

    All, because the number of hits and the facets need all; none skipped for being poor.
    """

    def __init__(self, cancelled: Cancelled, *, scored: bool) -> None:
        super().__init__()
        self._cancelled = cancelled
        self._scored = scored
        self.matcher: Whoosh = None
        self.documents: list[int] = []
        self.scores: list[float] = []

    def collect_matches(self) -> None:
        """Take every article of the current segment. Raises SearchCancelled."""
        steps = 0
        while self.matcher.is_active():
            if not steps % _EVERY:
                if self._cancelled():
                    raise SearchCancelled
                self.matcher = self.matcher.replace(0)  # by a simpler one, where a part is exhausted
                if not self.matcher.is_active():
                    break
            steps += 1
            self.documents.append(self.offset + self.matcher.id())
            if self._scored:
                self.scores.append(self.matcher.score())
            self.matcher.next()


def gather(searcher: Whoosh, query: Whoosh, sort: str, cancelled: Cancelled) -> Gather:
    """Return all hits of a query. Raises SearchCancelled."""
    if cancelled():
        raise SearchCancelled
    found = Gather(cancelled, scored=sort == "relevance")
    searcher.search_with_collector(query, found)
    return found


def page(searcher: Whoosh, found: Gather, sort: str, offset: int, limit: int) -> list[tuple[int, float]]:
    """Return the document numbers and scores of one page; equals are in the order they were added."""
    keys = _keys(searcher, found, sort)
    best = nsmallest(offset + limit, zip(keys, found.documents, range(len(keys)), strict=True))
    scores = found.scores
    return [(number, scores[place] if scores else 0.0) for _, number, place in best[offset:]]


def _keys(searcher: Whoosh, found: Gather, sort: str) -> list[float]:
    """Return what the hits are sorted by, least first; undated articles come last either way."""
    if sort == "relevance":
        return [-score for score in found.scores]
    dates = Column(searcher.reader(), "date")
    if sort == "-date":
        return [-dates[number] for number in found.documents]
    return [dates[number] or _UNDATED for number in found.documents]
