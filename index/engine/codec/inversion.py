"""Inversion: from documents to the postings of each term, by sorting."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from index.engine.codec.files import Array

_RANK: Final = 32
"""Bits under a term's rank, where the number of the posting is kept."""


Counts = Mapping[str, int] | Mapping[bytes, int]
"""How often each term stands in a document."""
Places = Mapping[str, list[int]]
"""Where each term stands in it."""


@dataclass(slots=True)
class Part:
    """Postings of a field in some documents, in memory; as in `postings`, documents numbered anew.

    `positions` is None for a field without; `lengths`, of each document, None for one not scored.
    """

    terms: list[bytes]
    starts: Array
    docs: Array
    freqs: Array
    positions: Array | None
    lengths: Array | None


class Numbered(dict[str | bytes, int]):
    """Terms, numbered as they are first met."""

    def __missing__(self, term: str | bytes) -> int:
        number = self[term] = len(self)
        return number


class FieldBuffer:
    """What was added of one field, document after document, until it is inverted."""

    def __init__(self, *, positions: bool, scored: bool) -> None:
        self._terms = Numbered()
        self._pairs = array("i")
        self._freqs = array("i")
        self._positions = array("i") if positions else None
        self._docs = array("i")
        self._widths = array("i")
        self._lengths = array("i") if scored else None

    def add(self, doc: int, value: Counts | Places) -> None:
        """Take a document's terms: how often each stands, or, for a field with positions, where."""
        freqs = self._freqs_of(value)
        self._pairs.extend(map(self._terms.__getitem__, value))
        self._freqs.extend(freqs)
        self._docs.append(doc)
        self._widths.append(len(value))
        if self._lengths is not None:
            self._lengths.append(sum(freqs))

    def _freqs_of(self, value: Counts | Places) -> list[int]:
        if self._positions is None:
            return list(value.values())  # type: ignore[arg-type]  # without positions these are counts
        places: list[list[int]] = list(value.values())  # type: ignore[arg-type]  # and here they are positions
        self._positions.extend(chain.from_iterable(places))
        return list(map(len, places))

    def inverted(self, doccount: int) -> Part:
        """Return the postings, sorted by term and document."""
        terms = [term if isinstance(term, bytes) else term.encode() for term in self._terms]
        by_bytes = sorted(range(len(terms)), key=terms.__getitem__)
        rank = np.empty(len(terms), np.int64)
        rank[by_bytes] = np.arange(len(terms))
        ranks = rank[_numbers(self._pairs)]
        order = np.sort(ranks << _RANK | np.arange(len(ranks))) & ((1 << _RANK) - 1)
        docs = np.repeat(_numbers(self._docs), _numbers(self._widths))
        freqs = _numbers(self._freqs)
        starts = np.concatenate(([0], np.cumsum(np.bincount(ranks, minlength=len(terms)))))
        return Part(
            [terms[number] for number in by_bytes],
            starts,
            docs[order],
            freqs[order],
            None if self._positions is None else _gathered(_numbers(self._positions), freqs, order),
            None if self._lengths is None else self._spread(doccount),
        )

    def _spread(self, doccount: int) -> Array:
        lengths = np.zeros(doccount, np.int64)
        lengths[_numbers(self._docs)] = _numbers(self._lengths or ())
        return lengths


def _numbers(values: Iterable[int]) -> Array:
    return np.array(values, np.int32)


def _gathered(items: Array, counts: Array, order: Array) -> Array:
    """Return the runs of `items`, `counts` long, in another order."""
    begins = (np.cumsum(counts) - counts)[order].astype(np.int32)
    taken = counts[order]
    moved = np.repeat(begins - (np.cumsum(taken) - taken).astype(np.int32), taken)
    moved += np.arange(len(moved), dtype=np.int32)
    found: Array = items[moved]
    return found
