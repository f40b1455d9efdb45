"""Running a Whoosh query to its end: every article that answers, and the page that is shown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from index.engine.codec.columns import Strings
from index.engine.codec.files import Array
from index.engine.executor import Evaluation, Scoring
from index.engine.expand import Cancelled
from index.engine.untyped import Whoosh
from index.errors import SearchCancelled

SORTS: Final = ("relevance", "date", "-date")
_UNDATED: Final = 99_999_999
_DECIMALS: Final = 9
"""Of a score. The sum of some numbers depends on their order in its last digits; nothing else may."""


@dataclass(frozen=True)
class SegmentHits:
    """The hits of one segment, and what they are sorted by, least first."""

    leaf: Whoosh
    first_number: int
    docs: Array
    scores: Array | None
    keys: Array

    def first(self, count: int) -> Array:
        """Return the places of so many of the hits, those that come first."""
        return _first(self.keys, self._ids.ordinals[self.docs], count)

    def told(self, places: Array) -> list[tuple[float, str, int, float]]:
        """Return key, id, number and score of some hits."""
        return [
            (
                float(self.keys[place]),
                self._ids[int(self.docs[place])].decode(),
                self.first_number + int(self.docs[place]),
                0.0 if self.scores is None else float(self.scores[place]),
            )
            for place in places
        ]

    @property
    def _ids(self) -> Strings:
        ids: Strings = self.leaf._perdoc.strings("id")  # noqa: SLF001 - Whoosh keeps the codec's readers there
        return ids


def _first(keys: Array, ordinals: Array, count: int) -> Array:
    """Return the places of the least keys; of equal ones, those of the least ordinals."""
    if not 0 < count < len(keys):
        return np.arange(min(count, len(keys)))
    limit = np.partition(keys, count - 1)[count - 1]
    sure, tied = np.flatnonzero(keys < limit), np.flatnonzero(keys == limit)
    wanted = count - len(sure)
    if wanted < len(tied):
        tied = tied[np.argpartition(ordinals[tied], wanted - 1)[:wanted]]
    return np.concatenate((sure, tied))


@dataclass(frozen=True)
class Hits:
    """All hits of a query. All, because their number and the facets need all."""

    segments: list[SegmentHits]

    def __len__(self) -> int:
        return sum(len(segment.docs) for segment in self.segments)

    @cached_property
    def documents(self) -> Array:
        """Their numbers in the whole index, ascending."""
        return np.concatenate([np.zeros(0, np.int64), *(s.docs + s.first_number for s in self.segments)])

    @cached_property
    def scores(self) -> list[float]:
        """Their scores; none if they are not sorted by them."""
        return [float(score) for s in self.segments if s.scores is not None for score in s.scores]


def gather(searcher: Whoosh, query: Whoosh, sort: str, cancelled: Cancelled) -> Hits:
    """Return all hits of a query. Raises SearchCancelled."""
    found, scoring = [], Scoring(searcher)
    for leaf, first in searcher.leaf_searchers():
        if cancelled():
            raise SearchCancelled
        if leaf.reader().doc_count_all():
            found.append(_gathered(Evaluation(leaf, scoring, cancelled), query, sort, leaf.reader(), first))
    return Hits(found)


def _gathered(evaluation: Evaluation, query: Whoosh, sort: str, leaf: Whoosh, first: int) -> SegmentHits:
    matches = evaluation.run(query)
    if sort == "relevance":
        scores = np.round(matches.all_scores(), _DECIMALS)
        return SegmentHits(leaf, first, matches.docs, scores, -scores)
    dates = leaf._perdoc.numbers("date")[matches.docs].astype(np.int64)  # noqa: SLF001 - as above
    keys = -dates if sort == "-date" else np.where(dates == 0, _UNDATED, dates)
    return SegmentHits(leaf, first, matches.docs, None, keys)


def page(searcher: Whoosh, found: Hits, sort: str, offset: int, limit: int) -> list[tuple[int, float]]:  # noqa: ARG001 - one signature
    """Return the document numbers and scores of one page; equals are in the order of their ids.

    Undated articles come last either way.
    """
    count = offset + limit
    firsts = [segment.first(count) for segment in found.segments]
    keys = np.concatenate(
        [np.zeros(0), *(s.keys[places] for s, places in zip(found.segments, firsts, strict=True))]
    )
    last = np.partition(keys, count - 1)[count - 1] if 0 < count < len(keys) else np.inf
    best = sorted(
        hit
        for segment, places in zip(found.segments, firsts, strict=True)
        for hit in segment.told(places[segment.keys[places] <= last])
    )
    return [(number, score) for _, _, number, score in best[offset : offset + limit]]
