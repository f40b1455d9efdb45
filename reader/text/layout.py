"""Wrapping: one text at one width becomes lines, each a range of code points of the text.

Screen and text correspond by arithmetic and bisection, so nothing that is anchored
to the text depends on the width it is shown at.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from index.article import Span, paragraphs
from reader.text.cells import column_to_index, is_narrow, width
from reader.text.motion import grapheme_start, whole

# French typography: no line begins with one of these, none ends with «, and a
# number keeps its groups of thousands together.
_BREAK: Final = r" (?<![«„] )(?![»:;!?%€…])(?!(?<=\d )\d{3}\b)"
_BREAKABLE: Final = re.compile(_BREAK)


@lru_cache(8)
def _lines(columns: int) -> re.Pattern[str]:
    """Return what matches the next line where all is one cell wide, up to a break or within a long word."""
    return re.compile(rf"(.{{1,{columns}}}(?={_BREAK}|\Z)|.{{{columns}}}) ?")


class Layout:
    """The lines of a text at a width in cells; a blank line stands between paragraphs."""

    def __init__(self, text: str, columns: int) -> None:
        self.text = text
        self.columns = max(columns, 1)
        self._starts = array("l")
        self._ends = array("l")
        for number, paragraph in enumerate(paragraphs(text)):
            if number:
                self._add(paragraph.start - 1, paragraph.start - 1)
            self._wrap(paragraph)
        if not self._starts:
            self._add(0, 0)

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, number: int) -> Span:
        """Return the range of a line, without the space or line end that ended it."""
        return Span(self._starts[number], self._ends[number])

    def texts(self) -> Iterator[str]:
        """Yield the text of each line."""
        return (self.text[start:end] for start, end in zip(self._starts, self._ends, strict=True))

    def line_at(self, offset: int) -> int:
        """Return the number of the line that shows the character at `offset`."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def column_of(self, offset: int) -> int:
        """Return the cell at which the character at `offset` begins on its line."""
        line = self.line(self.line_at(offset))
        return width(self.text[line.start : min(offset, line.end)])

    def offset_at(self, number: int, column: int) -> int:
        """Return the offset of the grapheme cluster shown at a cell of a line; its last one past the end."""
        number = min(max(number, 0), len(self) - 1)
        line = self.line(number)
        shown = self.text[line.start : line.end]
        index = column_to_index(shown, max(column, 0))
        offset = min(line.start + index, max(line.end - 1, line.start))
        return offset if is_narrow(shown) else max(grapheme_start(self.text, offset), line.start)

    def _add(self, start: int, end: int) -> None:
        self._starts.append(start)
        self._ends.append(end)

    def _wrap(self, paragraph: Span) -> None:
        start = paragraph.start
        for hard in self.text[paragraph.start : paragraph.end].split("\n"):
            self._wrap_line(start, start + len(hard))
            start += len(hard) + 1

    def _wrap_line(self, start: int, stop: int) -> None:
        if is_narrow(self.text[start:stop]):
            starts, ends = self._starts.append, self._ends.append
            for line in _lines(self.columns).finditer(self.text, start, stop):
                starts(line.start())
                ends(line.end(1))
            return
        while start < stop:
            room = self._fit(start, stop)
            end = stop if room >= stop else self._break(start, room)
            self._add(start, end)
            start = end + 1 if end < stop and self.text[end] == " " else end

    def _fit(self, start: int, stop: int) -> int:
        """Return how far a line from `start` may go when characters differ in width."""
        stop = min(stop, start + self.columns + 1)
        end = start + column_to_index(self.text[start:stop], self.columns)
        return max(end, start + 1)

    def _break(self, start: int, room: int) -> int:
        """Return where a line from `start` ends, not past `room`: at a space, or within a long word."""
        end = room + 1
        while (end := self.text.rfind(" ", start + 1, end)) > 0:
            if _BREAKABLE.match(self.text, end):
                return end
        end = whole(self.text, start, room)
        return end if end > start else room  # a cluster wider than the line, or of too many characters
