"""A sorted dictionary of byte strings: the terms of a field, or the values of a column.

The strings stand one after the other, each followed by a line feed, in order of their
bytes, which for UTF-8 is the order of their code points; beside them where each begins.
A string is found by bisection, a prefix is a range, and a range is decoded at one go.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from index.engine.codec.files import Array, ArrayFile, ArrayFileWriter, smallest

_REMEMBERED: Final = 10_000
_AFTER: Final = b"\xff"
"""Greater than any byte of UTF-8, so that prefix + this is where a prefix's range ends."""


class Dictionary:
    """The strings and, by bisection, their ordinals."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._text = file.raw(f"{name}.text")
        self._starts = file[f"{name}.starts"]
        self._known: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, ordinal: int) -> bytes:
        return bytes(self._text[int(self._starts[ordinal]) : int(self._starts[ordinal + 1]) - 1])

    def __iter__(self) -> Iterator[bytes]:
        text, starts = bytes(self._text), self._starts.tolist()
        return (text[a : b - 1] for a, b in pairwise(starts))

    def insertion(self, key: bytes) -> int:
        """Return how many strings are less than a key."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < key:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, key: bytes) -> int:
        """Return the ordinal of a string, -1 if it is not here."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            at = self.insertion(key)
            found = self._known[key] = at if at < len(self) and self[at] == key else -1
        return found

    def prefixed(self, prefix: bytes) -> range:
        """Return the ordinals of the strings that begin so."""
        return range(self.insertion(prefix), self.insertion(prefix + _AFTER)) if prefix else range(len(self))

    def words(self, ordinals: range) -> list[str]:
        """Return a run of strings, decoded. Only where none holds a line feed."""
        if not ordinals:
            return []
        begin, end = int(self._starts[ordinals.start]), int(self._starts[ordinals.stop]) - 1
        return bytes(self._text[begin:end]).decode().split("\n")

    def ordinals(self, keys: Sequence[bytes]) -> list[int]:
        """Return the ordinals of those of some sorted keys that are here, in order."""
        if not keys:
            return []
        first, last = keys[0], keys[-1]
        shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        there = self.prefixed(first[:shared])
        if len(there) > 16 * len(keys) or len(keys) == 1:
            return [found for key in keys if (found := self.find(key)) >= 0]
        wanted = frozenset(keys)
        return [ordinal for ordinal in there if self[ordinal] in wanted]

    # Near words

    @cached_property
    def _letters(self) -> tuple[Array, Array]:
        """Code points of all strings, and where in them each begins."""
        text = bytes(self._text)
        points = np.frombuffer(text.decode().encode("utf-32-le"), np.uint32)
        begins = np.cumsum((np.frombuffer(text, np.uint8) & 0xC0) != 0x80)  # noqa: PLR2004 - UTF-8's continuation
        return points, np.concatenate(([0], begins))[self._starts].astype(np.int64)

    def within(self, word: str, edits: int) -> list[int]:
        """Return the ordinals of the strings at most so many letters put in, left out or changed from a word.

        The dynamic programme of Wagner and Fischer, on the band of the diagonals that can matter
        (Ukkonen, 1985), for all strings at once that hold a piece of the word unchanged; those out
        of reach are dropped letter by letter.
        """
        points, starts = self._letters
        lengths = np.diff(starts) - 1
        these = self._holding_a_piece(word, edits)
        band = np.arange(2 * edits + 1)
        costs = np.where(band >= edits, band - edits, edits + 1)[None, :].repeat(len(these), 0)
        for row, letter in enumerate(map(ord, word), 1):
            column = row + band - edits
            at = starts[these][:, None] + column - 1
            there = (column >= 1) & (column <= lengths[these][:, None])
            same = there & (points[np.clip(at, 0, len(points) - 1)] == letter)
            before = costs
            costs = before + ~same
            costs[:, column == 0] = row
            costs[:, column < 0] = edits + 1
            costs[:, :-1] = np.minimum(costs[:, :-1], before[:, 1:] + 1)
            for place in band[1:]:
                costs[:, place] = np.minimum(costs[:, place], costs[:, place - 1] + 1)
            alive = costs.min(axis=1) <= edits
            these, costs = these[alive], costs[alive]
        last = lengths[these] - len(word) + edits
        found = these[costs[np.arange(len(these)), last] <= edits]
        return [int(ordinal) for ordinal in found]

    def _holding_a_piece(self, word: str, edits: int) -> Array:
        """Return the strings in which one of the word's `edits + 1` pieces stands unchanged, where it can.

        That many edits cannot touch every piece (Baeza-Yates and Perleberg, 1992). A piece that
        none precede is where it was from the beginning, the last from the end; one between is
        moved by as many letters as edits are left when each side has one.
        """
        points, starts = self._letters
        lengths = np.diff(starts) - 1
        near = np.flatnonzero(np.abs(lengths - len(word)) <= edits)
        cuts = [len(word) * piece // (edits + 1) for piece in range(edits + 2)]
        found = np.zeros(len(lengths), bool)
        for begin, end in pairwise(cuts):
            farthest = 0 if begin == 0 or end == len(word) else edits - 1
            for shift in range(-farthest, farthest + 1):
                at = begin + shift + (lengths[near] - len(word) if end == len(word) else 0)
                fits = (at >= 0) & (at + (end - begin) <= lengths[near])
                these, at = near[fits], (starts[near] + at)[fits]
                for letter in map(ord, word[begin:end]):
                    same = points[at] == letter
                    these, at = these[same], at[same] + 1
                found[these] = True
        return np.flatnonzero(found)


def write_dictionary(file: ArrayFileWriter, name: str, strings: Iterable[bytes]) -> None:
    """Write sorted, distinct strings."""
    strings = list(strings)
    starts = np.fromiter(accumulate((len(s) + 1 for s in strings), initial=0), np.int64, len(strings) + 1)
    file.add(f"{name}.text", np.frombuffer(b"".join(s + b"\n" for s in strings), np.uint8))
    file.add(f"{name}.starts", smallest(starts, int(starts[-1])))
