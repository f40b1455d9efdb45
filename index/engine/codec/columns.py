"""The columns of a segment: one value of a field for each document, or several.

A column of strings keeps its distinct values in a dictionary and, for each document,
ordinals: one, or (`SeveralColumn`) a run. Values of -1 in Whoosh's terms, a document
without the field, is the column's default.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from whoosh import columns

from index.engine.codec.dictionary import Dictionary, write_dictionary
from index.engine.codec.files import Array, ArrayFile, ArrayFileWriter, smallest
from index.engine.untyped import Whoosh

SEPARATOR: Final = "\x1f"
"""Between the values of a document that has several."""
_BETWEEN: Final = SEPARATOR.encode()


class SeveralColumn(columns.VarBytesColumn):  # type: ignore[misc]  # Whoosh has no types
    """A column of strings that each hold several values, joined by `SEPARATOR`."""


class Strings:
    """A column of strings. `ordinals` is one for each document, or the runs of `starts`."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = f"{name}|values"
        self.ordinals = file[f"{name}|ordinals"]
        self.starts = file.get(f"{name}|starts")

    @cached_property
    def hashes(self) -> Array:
        """Of each distinct value, a number that is the same in every segment."""
        return self._file[f"{self._name}.hashes"]

    @cached_property
    def values(self) -> Dictionary:
        """The distinct values."""
        return Dictionary(self._file, self._name)

    def __getitem__(self, document: int) -> bytes:
        if self.starts is None:
            return self.values[int(self.ordinals[document])]
        run = self.ordinals[int(self.starts[document]) : int(self.starts[document + 1])]
        return _BETWEEN.join(self.values[int(ordinal)] for ordinal in run)

    def ordinals_of(self, documents: Array) -> Array:
        """Return the ordinals of all values of some documents."""
        if self.starts is None:
            return self.ordinals[documents]
        if len(documents) == len(self.starts) - 1:
            return self.ordinals
        begins = self.starts[documents].astype(np.int64)
        counts = self.starts[documents + 1] - begins
        offsets = np.repeat(begins - (np.cumsum(counts) - counts), counts)
        return self.ordinals[offsets + np.arange(len(offsets))]


class ArrayColumnReader(columns.ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's view of a column, value by value."""

    def __init__(self, values: "Strings | Array", doccount: int, default: Whoosh) -> None:
        self._values = values
        self._doccount = doccount
        self._default = default
        self._sign = 1

    def __getitem__(self, docnum: int) -> Whoosh:
        value = self._values[docnum]
        return value if isinstance(value, bytes) else value.item()

    def sort_key(self, docnum: int) -> Whoosh:
        """Return what a document is sorted by."""
        value = self[docnum]
        return self._sign * value if self._sign < 0 else value

    def set_reverse(self) -> None:
        """Sort the other way; numbers only."""
        if isinstance(self._values, Strings):
            raise NotImplementedError
        self._sign = -1


def write_numbers(file: ArrayFileWriter, name: str, values: Array) -> None:
    """Write a column of numbers."""
    file.add(f"{name}|numbers", values)


def write_strings(file: ArrayFileWriter, name: str, values: Sequence[bytes]) -> None:
    """Write a column of one string for each document."""
    distinct = sorted(set(values))
    known = {value: number for number, value in enumerate(distinct)}
    _write_values(file, f"{name}|values", distinct)
    ordinals = np.fromiter(map(known.__getitem__, values), np.int64, len(values))
    file.add(f"{name}|ordinals", smallest(ordinals, len(distinct)))


def write_several(file: ArrayFileWriter, name: str, joined: Sequence[bytes]) -> None:
    """Write a column of several strings for each document, given joined by `SEPARATOR`."""
    split = [value.split(_BETWEEN) if value else [] for value in joined]
    distinct = sorted({value for values in split for value in values})
    known = {value: number for number, value in enumerate(distinct)}
    _write_values(file, f"{name}|values", distinct)
    ordinals = np.array([known[value] for values in split for value in values], np.int64)
    starts = np.concatenate(([0], np.cumsum([len(values) for values in split], dtype=np.int64)))
    file.add(f"{name}|ordinals", smallest(ordinals, len(distinct)))
    file.add(f"{name}|starts", smallest(starts, int(starts[-1])))


def _write_values(file: ArrayFileWriter, name: str, distinct: Sequence[bytes]) -> None:
    write_dictionary(file, name, distinct)
    hashes = b"".join(hashlib.blake2b(value, digest_size=8).digest() for value in distinct)
    file.add(f"{name}.hashes", np.frombuffer(hashes, "<u8"))
