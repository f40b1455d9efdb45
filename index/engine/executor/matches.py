"""What a query matches in one segment: documents, and their scores when they are asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, TypeAlias

import numpy as np

from index.engine.codec.files import Array

Some: TypeAlias = "Array | slice"
Scores = Callable[[Some], Array]
"""Gives the scores of some of the matches, by their places among them."""

_DENSE: Final = 32
"""Postings of a longer list for each of a shorter, from where looking each up beats marking all."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents in ascending order, and what gives their scores."""

    docs: Array
    scores: Scores

    def kept(self, places: Array) -> "Matches":
        """Return some of them, by their places or by a mask."""
        places = np.flatnonzero(places) if places.dtype == bool else places
        return Matches(self.docs[places], lambda some: self.scores(places[some]))

    def all_scores(self) -> Array:
        """Return the scores of all."""
        return self.scores(slice(None))

    def times(self, boost: float) -> "Matches":
        """Return the same, worth more or less."""
        return self if boost == 1.0 else Matches(self.docs, lambda some: self.scores(some) * boost)


def constant(docs: Array, score: float = 1.0) -> Matches:
    """Return documents that all score the same."""
    return Matches(docs, lambda some: np.full(len(docs[some]), score))


NOTHING: Final = constant(np.zeros(0, np.int64))


def places_in(docs: Array, among: Array, doccount: int) -> Array:
    """Return the place of each document among others, -1 if it is not there. Both ascend."""
    if not len(among):
        return np.full(len(docs), -1)
    if len(among) > _DENSE * len(docs):
        found = np.minimum(np.searchsorted(among, docs), len(among) - 1)
        return np.where(among[found] == docs, found, -1)
    table = np.full(doccount, -1)
    table[among] = np.arange(len(among))
    places: Array = table[docs]
    return places


def all_of(parts: Sequence[Matches], doccount: int) -> Matches:
    """Return what is in every part, scored with the sum of theirs in their order."""
    docs = reduce(
        lambda docs, other: docs[places_in(docs, other, doccount) >= 0],
        sorted((part.docs for part in parts), key=len),
    )
    places = [places_in(docs, part.docs, doccount) for part in parts]

    def scores(some: Some) -> Array:
        return reduce(np.add, (part.scores(place[some]) for part, place in zip(parts, places, strict=True)))

    return Matches(docs, scores)


def any_of(parts: Sequence[Matches], doccount: int) -> Matches:
    """Return what is in any part, scored with the sum of theirs in their order."""
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return parts[0] if parts else NOTHING
    marked = np.zeros(doccount, bool)
    for part in parts:
        marked[part.docs] = True
    docs = np.flatnonzero(marked)

    def scores(some: Some) -> Array:
        sums = np.zeros(doccount)
        for part in parts:
            sums[part.docs] += part.all_scores()
        found: Array = sums[docs[some]]
        return found

    return Matches(docs, scores)


def preferring(wanted: Matches, better: Matches, doccount: int) -> Matches:
    """Return what is wanted; what is also among the better scores the sum of both."""
    if not len(better.docs):
        return wanted
    places = places_in(wanted.docs, better.docs, doccount)

    def scores(some: Some) -> Array:
        sums, chosen = wanted.scores(some).copy(), places[some]
        both = chosen >= 0
        sums[both] += better.scores(chosen[both])
        return sums

    return Matches(wanted.docs, scores)
