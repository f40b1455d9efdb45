"""Phrases and proximity: words that stand near each other, found for all documents at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.engine.codec.files import Array
from index.engine.codec.postings import Postings, runs
from index.engine.executor.matches import places_in

_DOCUMENT: Final = 34
"""Bits of a position. A place is the document's number, then the position, in one integer:"""
_MARGIN: Final = 1 << 32
"""what is added to positions so that no distance reaches from one document into the next."""


@dataclass(frozen=True, slots=True)
class Near:
    """How words must stand: at most `slop` and at least `least` apart, maybe in their order."""

    slop: int
    least: int
    ordered: bool


def near(postings: Sequence[Postings], docs: Array, doccount: int, how: Near) -> Array:
    """Return which of some documents, all with every word, have the words near each other, as a mask.

    As Whoosh's `SpanNear2`: a span grows word by word, and each word must stand near the
    span so far, before or after it.
    """
    start = end = _places(postings[0], docs, doccount)
    for words in postings[1:]:
        places = _places(words, docs, doccount)
        if how == Near(1, 1, ordered=True):
            start = end = np.intersect1d(end + 1, places, assume_unique=True)
        else:
            start, end = _grown(start, end, places, how)
    found = np.zeros(len(docs), bool)
    found[start >> _DOCUMENT] = True
    return found


def _places(postings: Postings, docs: Array, doccount: int) -> Array:
    """Return the places of a word in some documents, which it is in, ascending."""
    places, owner = postings.all_positions(places_in(docs, postings.docs, doccount))
    found: Array = owner << _DOCUMENT | places + _MARGIN
    return found


def _grown(start: Array, end: Array, places: Array, how: Near) -> tuple[Array, Array]:
    """Return the spans grown by a word, once for each of its places that is near enough."""
    first, last = _window(places, end + how.least, end + how.slop)
    after, owner = _taken(places, first, last)
    starts, ends = [start[owner]], [after]
    if not how.ordered:
        first, last = _window(places, start - how.slop, start - how.least)
        before, owner = _taken(places, first, last)
        starts.append(before)
        ends.append(end[owner])
        if how.least <= 0:
            first, last = _window(places, start, end)
            _, owner = _taken(places, first, last)
            starts.append(start[owner])
            ends.append(end[owner])
    spans = np.unique(np.stack((np.concatenate(starts), np.concatenate(ends))), axis=1)
    return spans[0], spans[1]


def _window(places: Array, low: Array, high: Array) -> tuple[Array, Array]:
    return np.searchsorted(places, low, "left"), np.searchsorted(places, high, "right")


def _taken(places: Array, first: Array, last: Array) -> tuple[Array, Array]:
    return runs(places, last, np.maximum(last - first, 0))
