"""The place of a text that is most like a passage with its context, by edit distance.

edlib finds the best infix (Myers 1999, bit-parallel; Šošić and Šikić 2017) of the
prefix, the quote and the suffix as one pattern; the borders of the quote are carried
over along the alignment.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from notes.anchoring.folded import Folded
from notes.anchoring.sought import Sought

_MOST_ERRORS: Final = 0.45  # of the pattern
_LIKE: Final = 0.72  # similarity of the quote that needs no context,
_SHORT: Final = 24  # unless it is shorter than this:
_SIDE: Final = 0.7  # then one side must agree so much
_HARDLY_LIKE: Final = 0.58  # similarity of a longer quote
_HELD: Final = 0.25  # whose both sides agree so much
_SYMBOLS: Final = 250  # edlib takes 256 kinds
_WORD: Final = 40
_STEPS: Final = re.compile(r"(\d+)([=XID])")


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the folded text; `is_one_of_several` if another is exactly as like."""

    start: int
    end: int
    is_one_of_several: bool


class Similar:
    """A passage looked for in a folded text."""

    def __init__(self, folded: Folded, sought: Sought) -> None:
        self._text = folded.text
        self._sought = sought
        self._pattern = sought.before + sought.quote + sought.after

    def place(self) -> Place | None:
        """Return the place that is like enough, or None."""
        if not self._text or not self._sought.quote.strip():
            return None
        found = self._aligned()
        if not found["locations"]:
            return None
        start, end = self._whole_words(*self._borders(found))
        if start == end or not self._is_like(start, end):
            return None
        return Place(start, end, is_one_of_several=_are_apart(found["locations"], len(self._pattern)))

    def _aligned(self) -> dict[str, Any]:
        pattern, text = _few_symbols(self._pattern, self._text)
        most = int(len(pattern) * _MOST_ERRORS)
        return _align(pattern, text, mode="HW", task="path", k=most)

    def _borders(self, found: dict[str, Any]) -> tuple[int, int]:
        """Return where the quote's first and last characters went."""
        first, last = len(self._sought.before), len(self._sought.before) + len(self._sought.quote)
        inside = [theirs for ours, theirs in _pairs(found) if first <= ours < last]
        return (min(inside), max(inside) + 1) if inside else (0, 0)

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        """Widen a span to whole words where the quote had whole words: 12 became 125, not 12."""
        if start >= end:
            return start, end
        if self._sought.begins_a_word:
            start -= _rest_of_word(self._text[start], reversed(self._text[max(start - _WORD, 0) : start]))
        if self._sought.ends_a_word:
            end += _rest_of_word(self._text[end - 1], self._text[end : end + _WORD])
        return start, end

    def _is_like(self, start: int, end: int) -> bool:
        likeness = similarity(self._sought.quote, self._text[start:end])
        sides = self._sought.agreements(self._text, start, end)
        if len(self._sought.quote) < _SHORT:
            return likeness >= _LIKE and max(sides) >= _SIDE
        return likeness >= _LIKE or (likeness >= _HARDLY_LIKE and min(sides) >= _HELD)


def similarity(one: str, other: str) -> float:
    """Return 1 less the edit distance over the longer length, from 0 to 1."""
    if not one or not other:
        return float(one == other)
    distance = int(_align(*_few_symbols(one, other), mode="NW", task="distance")["editDistance"])
    return 1 - distance / max(len(one), len(other))


def _align(pattern: str, text: str, **how: object) -> dict[str, Any]:
    import edlib  # noqa: PLC0415 - most notes stand where they were

    answer: dict[str, Any] = edlib.align(pattern, text, **how)
    return answer


def _pairs(found: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Yield each place of the pattern that has a counterpart, with its place in the text."""
    ours, theirs = 0, found["locations"][0][0]
    for count, step in _STEPS.findall(found["cigar"]):
        length = int(count)
        if step in "=X":
            yield from zip(range(ours, ours + length), range(theirs, theirs + length), strict=True)
        ours += length if step in "=XI" else 0
        theirs += length if step in "=XD" else 0


def _rest_of_word(char: str, beyond: Iterable[str]) -> int:
    """Return how many of the characters beyond one are of its word."""
    return sum(1 for _ in takewhile(str.isalnum, beyond)) if char.isalnum() else 0


def _are_apart(locations: list[tuple[int, int]], length: int) -> bool:
    """Tell whether there are ends too far from each other to be one place."""
    ends = [end for _, end in locations]
    return max(ends) - min(ends) > length // 2


def _few_symbols(pattern: str, text: str) -> tuple[str, str]:
    """Return both in characters few enough for edlib: those not in the pattern are all alike."""
    if len(set(pattern) | set(text)) <= _SYMBOLS:
        return pattern, text
    codes = {ord(char): chr(33 + number % (_SYMBOLS - 1)) for number, char in enumerate(sorted(set(pattern)))}
    others = dict.fromkeys(map(ord, set(text) - set(pattern)), chr(32))
    return pattern.translate(codes), text.translate(codes | others)
