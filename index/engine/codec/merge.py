"""Joining postings: whole runs of arrays are put in place, and nothing is decoded."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from whoosh.util.numeric import length_to_byte

from index.engine.codec.dictionary import write_dictionary
from index.engine.codec.files import Array, ArrayFileWriter, smallest
from index.engine.codec.inversion import Part
from index.engine.codec.postings import Field

_NARROW: Final = 2
"""Bytes of a number that it is not worth to look for a narrower type for."""

_INT32: Final = int(np.iinfo(np.int32).max)


def part_of(field: Field, alive: Array | None, first: int) -> Part:
    """Return the postings of a segment without its deleted documents, to be numbered from `first`."""
    positions = field.positions if field.has_positions else None
    freqs = field.freqs if field.freqs is not None else np.ones(len(field.docs), np.uint8)
    if alive is None:
        starts = field.starts.astype(np.int64)
        return Part(field.terms, starts, field.docs, freqs, positions, field.lengths, first)
    return _filtered(field, freqs, positions, alive, first)


def _filtered(field: Field, freqs: Array, positions: Array | None, alive: Array, first: int) -> Part:
    kept = alive[field.docs]
    numbers = (np.cumsum(alive) - 1).astype(np.int32)
    owners = np.repeat(np.arange(len(field.terms)), _widths(field.starts))[kept]
    counts = np.bincount(owners, minlength=len(field.terms))
    used = counts > 0
    return Part(
        [term for term, use in zip(field.terms, used.tolist(), strict=True) if use],
        np.concatenate(([0], np.cumsum(counts[used]))),
        numbers[field.docs[kept]],
        freqs[kept],
        None if positions is None else positions[np.repeat(kept, freqs)],
        None if field.lengths is None else field.lengths[alive],
        first,
    )


def _widths(starts: Array) -> Array:
    widths: Array = np.diff(starts.astype(np.int64))
    return widths


def write_joined(
    file: ArrayFileWriter, name: str, parts: Sequence[Part], lengths: Array | None, doccount: int
) -> bool:
    """Write the postings of a field, of parts whose documents follow each other; say whether there are any.

    Beside the parts no more is held than one array of the whole, where its positions begin, and what
    moves one part.
    """
    terms, ranks = _ranked(parts)
    if not terms:
        return False
    join = _Join(parts, ranks, len(terms))
    write_dictionary(file, f"{name}/terms", terms)
    file.add(f"{name}/starts", smallest(join.starts, int(join.starts[-1])))
    file.add(f"{name}/docs", join.docs(np.min_scalar_type(doccount)))
    freqs = join.freqs()
    if freqs.max(initial=1) > 1:
        file.add(f"{name}/freqs", freqs)
    if all(part.positions is not None for part in parts):
        ends = _ends(freqs)
        del freqs
        at = ends[join.starts]
        file.add(f"{name}/at", smallest(at, int(at[-1])))
        file.add(f"{name}/positions", join.positions(ends))
    if lengths is not None:
        file.add(f"{name}/lengths", smallest(lengths))
        file.add(f"{name}/norms", norms_of(lengths))
    return True


def _ranked(parts: Sequence[Part]) -> tuple[list[bytes], list[Array]]:
    """Return the terms of all parts in order, and where among them each part's are."""
    if len(parts) == 1:
        return (terms := list(parts[0].terms)), [np.arange(len(terms))]
    terms = sorted(set().union(*(part.terms for part in parts)))
    known = {term: number for number, term in enumerate(terms)}
    return terms, [np.fromiter(map(known.__getitem__, part.terms), np.int32) for part in parts]


class _Join:
    """Where the postings of each part go: to its term's, after those of the parts before it."""

    def __init__(self, parts: Sequence[Part], ranks: Sequence[Array], terms: int) -> None:
        self._parts, self._ranks = parts, ranks
        counts = np.zeros(terms, np.int64)
        for part, rank in zip(parts, ranks, strict=True):
            counts[rank] += np.diff(part.starts)
        self.starts = np.concatenate(([0], np.cumsum(counts)))

    def docs(self, dtype: np.dtype[Any]) -> Array:
        """Return the documents of all parts, numbered through."""
        whole = np.empty(self.starts[-1], dtype)
        for part, place in zip(self._parts, self._places(), strict=True):
            whole[place] = part.docs.astype(dtype) + dtype.type(part.first)
        return whole

    def freqs(self) -> Array:
        """Return how often each term stands in each document, of all parts."""
        whole = np.empty(self.starts[-1], np.result_type(*(_narrow(part.freqs) for part in self._parts)))
        for part, place in zip(self._parts, self._places(), strict=True):
            whole[place] = part.freqs
        return whole

    def positions(self, ends: Array) -> Array:
        """Return the positions of all parts; `ends` as of `_ends`, of the whole."""
        found = [part.positions for part in self._parts if part.positions is not None]
        whole = np.empty(ends[-1], np.result_type(*map(_narrow, found)))
        for part, positions, place in zip(self._parts, found, self._places(), strict=True):
            move = np.repeat(ends[place] - _ends(part.freqs)[:-1], part.freqs)
            move += np.arange(len(move), dtype=move.dtype)
            whole[move] = positions
        return whole

    def _places(self) -> Iterator[Array]:
        free = self.starts[:-1].copy()
        for part, rank in zip(self._parts, self._ranks, strict=True):
            counts = np.diff(part.starts)
            place = np.repeat((free[rank] - part.starts[:-1]).astype(np.int32), counts)
            place += np.arange(len(place), dtype=np.int32)
            free[rank] += counts
            yield place


def _ends(freqs: Array) -> Array:
    """Return where the positions of each posting begin, and last where they end."""
    total = int(freqs.sum(dtype=np.int64))
    ends = np.zeros(len(freqs) + 1, np.int32 if total <= _INT32 else np.int64)
    np.cumsum(freqs, dtype=ends.dtype, out=ends[1:])
    return ends


def _narrow(array: Array) -> np.dtype[Any]:
    """Return the narrowest type that holds an array's numbers, or their own if that is narrow."""
    return array.dtype if array.itemsize <= _NARROW else np.min_scalar_type(array.max(initial=0))


def norms_of(lengths: Array) -> Array:
    """Return lengths as Whoosh rounds them, one byte each."""
    distinct, place = np.unique(lengths, return_inverse=True)
    return np.array([length_to_byte(int(length)) for length in distinct], np.uint8)[place]
