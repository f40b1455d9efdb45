"""Layers of marked spans over one text, looked up by range."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple


class Mark(NamedTuple):
    """A span with the name of the look it is painted in, and what it stands for (a note's id, an entity)."""

    start: int
    end: int
    look: str
    what: str = ""


class Layer:
    """Marks in order of their start; they may overlap. Look-up costs the logarithm of their number."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self.marks = sorted(marks)
        self._starts = [mark.start for mark in self.marks]
        # The furthest end among the marks up to each: a mark longer than the
        # ones after it would otherwise be missed.
        self._reach = list(accumulate((mark.end for mark in self.marks), max))

    def __len__(self) -> int:
        return len(self.marks)

    def within(self, start: int, end: int) -> list[Mark]:
        """Return the marks that share a character with [start, end), in order."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [mark for mark in self.marks[first:last] if mark.end > start]

    def any_begins(self, start: int, end: int) -> bool:
        """Tell whether a mark begins in [start, end)."""
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    def count_to(self, offset: int) -> int:
        """Return how many marks begin at or before `offset`."""
        return bisect_right(self._starts, offset)

    def at(self, offset: int) -> list[Mark]:
        """Return the marks that hold the character at `offset`."""
        return self.within(offset, offset + 1)

    def after(self, offset: int) -> Mark | None:
        """Return the first mark that begins after `offset`."""
        index = bisect_right(self._starts, offset)
        return self.marks[index] if index < len(self.marks) else None

    def before(self, offset: int) -> Mark | None:
        """Return the last mark that begins before `offset`."""
        index = bisect_left(self._starts, offset)
        return self.marks[index - 1] if index else None
