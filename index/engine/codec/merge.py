"""Joining postings: whole runs of arrays are put in place, and nothing is decoded."""

from collections.abc import Sequence

import numpy as np
from whoosh.util.numeric import length_to_byte

from index.engine.codec.dictionary import write_dictionary
from index.engine.codec.files import Array, ArrayFileWriter, smallest
from index.engine.codec.inversion import Part
from index.engine.codec.postings import Field


def part_of(field: Field, alive: Array | None, first: int) -> Part:
    """Return the postings of a segment without its deleted documents, numbered from `first`."""
    positions = field.positions if field.has_positions else None
    freqs = field.freqs if field.freqs is not None else np.ones(len(field.docs), np.uint8)
    if alive is None:
        docs = field.docs.astype(np.int32) + np.int32(first)
        return Part(
            field.terms.strings(), field.starts.astype(np.int64), docs, freqs, positions, field.lengths
        )
    return _filtered(field, freqs, positions, alive, first)


def _filtered(field: Field, freqs: Array, positions: Array | None, alive: Array, first: int) -> Part:
    kept = alive[field.docs]
    numbers = (np.cumsum(alive) - 1 + first).astype(np.int32)
    owners = np.repeat(np.arange(len(field.terms)), _widths(field.starts))[kept]
    counts = np.bincount(owners, minlength=len(field.terms))
    used = counts > 0
    return Part(
        [term for term, use in zip(field.terms.strings(), used.tolist(), strict=True) if use],
        np.concatenate(([0], np.cumsum(counts[used]))),
        numbers[field.docs[kept]],
        freqs[kept],
        None if positions is None else positions[np.repeat(kept, freqs)],
        None if field.lengths is None else field.lengths[alive],
    )


def _widths(starts: Array) -> Array:
    widths: Array = np.diff(starts.astype(np.int64))
    return widths


def joined(parts: Sequence[Part]) -> Part:
    """Return the postings of several parts, whose documents follow each other, as one."""
    if len(parts) == 1:
        return parts[0]
    terms = sorted(set().union(*(part.terms for part in parts)))
    known = {term: number for number, term in enumerate(terms)}
    ranks = [np.fromiter(map(known.__getitem__, part.terms), np.int64, len(part.terms)) for part in parts]
    counts = np.zeros(len(terms), np.int64)
    for part, rank in zip(parts, ranks, strict=True):
        counts[rank] += np.diff(part.starts)
    starts = np.concatenate(([0], np.cumsum(counts)))
    places = _places(parts, ranks, starts)
    docs = _placed([part.docs for part in parts], places)
    freqs = _placed([part.freqs for part in parts], places)
    return Part(terms, starts, docs, freqs, _positions(parts, places, freqs), None)


def _places(parts: Sequence[Part], ranks: Sequence[Array], starts: Array) -> list[Array]:
    """Return of each posting of each part where it goes."""
    free = starts[:-1].copy()
    places = []
    for part, rank in zip(parts, ranks, strict=True):
        counts = np.diff(part.starts)
        place = np.repeat((free[rank] - part.starts[:-1]).astype(np.int32), counts)
        place += np.arange(len(place), dtype=np.int32)
        places.append(place)
        free[rank] += counts
    return places


def _placed(arrays: Sequence[Array], places: Sequence[Array]) -> Array:
    whole = np.empty(sum(map(len, arrays)), np.result_type(*arrays))
    for array, place in zip(arrays, places, strict=True):
        whole[place] = array
    return whole


def _positions(parts: Sequence[Part], places: Sequence[Array], freqs: Array) -> Array | None:
    arrays = [part.positions for part in parts if part.positions is not None]
    if len(arrays) < len(parts):
        return None
    begins = (np.cumsum(freqs, dtype=np.int64) - freqs).astype(np.int32)
    moved = []
    for part, place in zip(parts, places, strict=True):
        own = (np.cumsum(part.freqs, dtype=np.int64) - part.freqs).astype(np.int32)
        move = np.repeat(begins[place] - own, part.freqs)
        move += np.arange(len(move), dtype=np.int32)
        moved.append(move)
    return _placed(arrays, moved)


def write_field(file: ArrayFileWriter, name: str, part: Part, lengths: Array | None, doccount: int) -> None:
    """Write the postings of a field, each array in the narrowest type that holds it."""
    write_dictionary(file, f"{name}/terms", part.terms)
    file.add(f"{name}/starts", smallest(part.starts, int(part.starts[-1])))
    file.add(f"{name}/docs", smallest(part.docs, doccount))
    if part.freqs.max(initial=1) > 1:
        file.add(f"{name}/freqs", smallest(part.freqs))
    if part.positions is not None:
        at = np.concatenate(([0], np.cumsum(part.freqs, dtype=np.int64)))[part.starts]
        file.add(f"{name}/at", smallest(at, int(at[-1])))
        file.add(f"{name}/positions", smallest(part.positions))
    if lengths is not None:
        file.add(f"{name}/lengths", smallest(lengths))
        file.add(f"{name}/norms", norms_of(lengths))


def norms_of(lengths: Array) -> Array:
    """Return lengths as Whoosh rounds them, one byte each."""
    distinct, place = np.unique(lengths, return_inverse=True)
    return np.array([length_to_byte(int(length)) for length in distinct], np.uint8)[place]
