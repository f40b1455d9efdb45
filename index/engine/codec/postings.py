"""The postings of one field of one segment: which terms, in which documents, how often, and where.

terms      a dictionary; ordinals number the terms in order
starts     of each term, where its postings begin; one more at the end
docs       document numbers, ascending within a term
freqs      how often; left out where always once
at         of each term, where its positions begin
positions  ascending within a posting
norms      of each document, its length in the field as Whoosh rounds it, one byte; where it is scored
lengths    the same, exact
"""

from functools import cached_property
from typing import Final

import numpy as np

from index.engine.codec.dictionary import Dictionary
from index.engine.codec.files import Array, ArrayFile

_NONE: Final = np.zeros(0, np.int64)


class Field:
    """The postings of a field, mapped."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.name = name
        self._file = file
        self.starts = file[f"{name}/starts"]
        self.docs = file[f"{name}/docs"]
        self.has_positions = f"{name}/positions" in file

    @cached_property
    def terms(self) -> Dictionary:
        """The terms."""
        return Dictionary(self._file, f"{self.name}/terms")

    @cached_property
    def freqs(self) -> Array | None:
        """How often; None where always once."""
        return self._file.get(f"{self.name}/freqs")

    @cached_property
    def norms(self) -> Array | None:
        """Lengths as Whoosh rounds them, None for a field without."""
        return self._file.get(f"{self.name}/norms")

    @cached_property
    def lengths(self) -> Array | None:
        """Exact lengths, None for a field without."""
        return self._file.get(f"{self.name}/lengths")

    @cached_property
    def at(self) -> Array:
        """Where each term's positions begin."""
        return self._file[f"{self.name}/at"]

    @cached_property
    def positions(self) -> Array:
        """All positions."""
        return self._file[f"{self.name}/positions"]

    def postings(self, term: int) -> "Postings":
        """Return the postings of a term by its ordinal."""
        return Postings(self, term)

    def frequency(self, term: int) -> int:
        """Return in how many documents a term stands, deleted ones with them."""
        return int(self.starts[term + 1]) - int(self.starts[term])


class Postings:
    """The postings of one term."""

    def __init__(self, field: Field, term: int) -> None:
        self._field = field
        self._term = term
        self._run = slice(int(field.starts[term]), int(field.starts[term + 1]))
        self.docs: Final = field.docs[self._run].astype(np.int64)
        """Document numbers, as what arrays are indexed with."""

    @cached_property
    def freqs(self) -> Array:
        """How often the term stands in each document."""
        freqs = self._field.freqs
        return np.ones(len(self.docs), np.int64) if freqs is None else freqs[self._run].astype(np.int64)

    @cached_property
    def _ends(self) -> Array:
        return np.cumsum(self.freqs)

    def positions(self, number: int) -> list[int]:
        """Return the positions of one posting."""
        begin = int(self._field.at[self._term])
        end = int(self._ends[number])
        return [int(p) for p in self._field.positions[begin + end - int(self.freqs[number]) : begin + end]]

    def all_positions(self, numbers: Array) -> tuple[Array, Array]:
        """Return the positions of some postings, and of each the index in `numbers` that it belongs to."""
        begin = int(self._field.at[self._term])
        if len(numbers) == len(self.docs):
            end = int(self._field.at[self._term + 1])
            return self._field.positions[begin:end].astype(np.int64), np.repeat(
                np.arange(len(numbers)), self.freqs
            )
        return runs(self._field.positions, begin + self._ends[numbers], self.freqs[numbers])


def runs(array: Array, ends: Array, counts: Array) -> tuple[Array, Array]:
    """Return the runs of an array, `counts` long, that end at `ends`, joined; and of each item which."""
    owner = np.repeat(np.arange(len(counts)), counts)
    if not len(owner):
        return _NONE, _NONE
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return array[np.repeat(ends - counts, counts) + within].astype(np.int64), owner
