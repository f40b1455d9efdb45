"""Counting the values of a column over the hits."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from index.engine.codec.columns import Strings
from index.engine.codec.files import Array
from index.engine.untyped import Whoosh

_REMEMBERED: Final = 5_000
"""Names kept decoded: one narrowing after another shows mostly the same."""


@dataclass(frozen=True)
class Segment:
    """A segment's part of a column: its first document's number, how many there are, its values."""

    first: int
    doccount: int
    column: Strings


class GlobalOrdinals:
    """A column over all segments: which values of different segments are the same.

    Told by 64 bits of a hash of each value: of a million values, two are taken for one
    with a probability of about 3 in 100 million.
    """

    def __init__(self, reader: Whoosh, name: str) -> None:
        self._segments = [
            Segment(first, leaf.doc_count_all(), column)
            for leaf, first in reader.leaf_readers()
            if leaf.doc_count_all() and (column := leaf._perdoc.strings(name))  # noqa: SLF001 - Whoosh keeps it there
        ]
        self._name = lru_cache(_REMEMBERED)(self._decoded)

    @cached_property
    def _same(self) -> tuple[Array, Array, Array]:
        """One place of each value among all segments' values, each one's value, and the segments' bounds."""
        hashes = [segment.column.hashes for segment in self._segments]
        _, place, value = np.unique(np.concatenate(hashes), return_index=True, return_inverse=True)
        return place, value, np.cumsum([0, *map(len, hashes)])

    def most_common(self, documents: Array, most: int) -> list[tuple[str, int]]:
        """Return the commonest values in some documents, ascending, with how often each stands there."""
        if not self._segments:
            return []
        place, value, bounds = self._same
        counts = np.zeros(len(place), np.int64)
        for segment, (begin, end) in zip(self._segments, pairwise(bounds.tolist()), strict=True):
            counts[value[begin:end]] += _counted(segment, documents)
        return self._ranked(counts, most)

    def _ranked(self, counts: Array, most: int) -> list[tuple[str, int]]:
        least = max(1, int(np.partition(counts, -most - 1)[-most - 1])) if len(counts) > most else 1
        chosen = [*np.flatnonzero(counts > least), *self._first(np.flatnonzero(counts == least), most + 1)]
        named = ((self._name(int(number)), int(counts[number])) for number in chosen)
        return sorted((pair for pair in named if pair[0]), key=lambda pair: (-pair[1], pair[0]))[:most]

    def _first(self, tied: Array, most: int) -> Array:
        """Return enough of some values to have the first ones by their spelling among them."""
        place, value, bounds = self._same
        if len(tied) <= most:
            return tied
        wanted = np.zeros(len(place), bool)
        wanted[tied] = True
        return np.unique(
            np.concatenate(
                [
                    value[begin:end][wanted[value[begin:end]]][:most]
                    for begin, end in pairwise(bounds.tolist())
                ]
            )
        )

    def _decoded(self, number: int) -> str:
        place, _, bounds = self._same
        at = int(place[number])
        segment = int(np.searchsorted(bounds, at, "right")) - 1
        return self._segments[segment].column.values[at - int(bounds[segment])].decode()


def _counted(segment: Segment, documents: Array) -> Array:
    begin, end = np.searchsorted(documents, (segment.first, segment.first + segment.doccount))
    ordinals = segment.column.ordinals_of(documents[begin:end] - segment.first)
    return np.bincount(ordinals, minlength=len(segment.column.hashes))


_OF: Final[WeakKeyDictionary[Whoosh, dict[str, GlobalOrdinals]]] = WeakKeyDictionary()


def most_common(reader: Whoosh, name: str, documents: Array, most: int) -> list[tuple[str, int]]:
    """Return the commonest values of a column in some documents, ascending: (value, how many), best first."""
    known = _OF.setdefault(reader, {})
    if name not in known:
        known[name] = GlobalOrdinals(reader, name)
    return known[name].most_common(documents, most)


def numbers_of(reader: Whoosh, ids: Collection[str]) -> Array:
    """Return the numbers of the documents that have some ids, deleted ones with them."""
    keys = sorted(key.encode() for key in ids)
    found = [np.zeros(0, np.int64)]
    for leaf, first in reader.leaf_readers():
        field = leaf._terms.field("id") if leaf.doc_count_all() else None  # noqa: SLF001 - as above
        if field:
            found += [field.postings(term).docs + first for term in field.terms.ordinals(keys)]
    return np.concatenate(found)
