"""A text without what editions of it differ in and its words do not.

White space, quotation marks, apostrophes, dashes, ligatures, composed and decomposed
letters count as one; soft hyphens and other invisible characters do not count. Case,
accents and digits do. Every place in the folded text is known in the text itself.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Final, cast

_INVISIBLE: Final = "".join(
    map(chr, (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
_BLANK: Final = " " + _INVISIBLE
_ALIKE: Final = (
    (" ", ("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
          "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000")),
    ('"', "“”„‟"),
    ("'", "’‘ʼ‛´`′"),
    ("-", "‐‑‒–—―−"),
)  # fmt: skip
_LETTERS: Final = {
    "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "…": "...",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
_MOST: Final = 2000  # places of one quote; with more, it says nothing
_PATTERN: Final = (
    rf"«[{_BLANK}]*|[{_BLANK}]*»"  # a quotation mark with the space inside it,
    rf"| [{_BLANK}]+|[{_INVISIBLE}]+[{_BLANK}]*"  # more than one space, what is invisible,
    rf"|[{''.join(_LETTERS)}][\u0300-\u036f]*"  # two letters in one
)
_COMPOSED: Final = re.compile(_PATTERN)


@cache
def _decomposed() -> re.Pattern[str]:
    """Return the pattern for texts that are not NFC: quotes from elsewhere; the library's texts all are."""
    import regex  # noqa: PLC0415 - 13 ms that a start does not need

    clusters = rf"(?![{_BLANK}])\P{{M}}\p{{M}}+" r"|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|[^\x00-\u033f]"
    return cast("re.Pattern[str]", regex.compile(f"{_PATTERN}|{clusters}"))


class Folded:
    """A text folded, with the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        self._theirs = [0]  # where pieces begin in the text itself,
        self._ours = [0]  # and in the folded one; a piece is as it was, or one thing folded
        self._as_is = [True]
        self.text = "".join(self._pieces(_as_one(text)))

    def _pieces(self, text: str) -> Iterator[str]:
        pattern = _COMPOSED if unicodedata.is_normalized("NFC", text) else _decomposed()
        at = ours = 0
        for found in pattern.finditer(text):
            start, end = found.span()
            piece = _folded(found[0])
            yield text[at:start]
            yield piece
            ours += start - at
            self._theirs += (start, end)
            self._ours += (ours, ours + len(piece))
            self._as_is += (False, True)
            at, ours = end, ours + len(piece)
        yield text[at:]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text itself that a span of the folded one, not empty, stands for."""
        return self._first(start), self._last(end - 1)

    def _first(self, at: int) -> int:
        """Return where the character that gave the one at `at` begins."""
        piece = bisect_right(self._ours, at) - 1
        return self._theirs[piece] + (at - self._ours[piece] if self._as_is[piece] else 0)

    def _last(self, at: int) -> int:
        """Return where it ends."""
        piece = bisect_right(self._ours, at) - 1
        if self._as_is[piece]:
            return self._theirs[piece] + at - self._ours[piece] + 1
        return self._theirs[piece + 1]

    def occurrences(self, quote: str, fits: Callable[[str, int, int], bool] | None = None) -> list[int]:
        """Return where folded words begin in the folded text, overlapping ones too, 2,001 at most.

        `fits` is told the folded text and a span of it, and says whether it counts.
        """
        found = _occurrences(self.text, quote)
        if fits:
            found = (at for at in found if fits(self.text, at, at + len(quote)))
        return list(islice(found, _MOST + 1))

    @staticmethod
    def are_too_many(places: list[int]) -> bool:
        """Tell whether words that stand at so many places say nothing."""
        return len(places) > _MOST


def fold(quote: str) -> str:
    """Return some words folded."""
    return Folded(quote).text


def within_word(pair: str) -> bool:
    """Tell whether two characters that stand together are of one word; a single one has no neighbour."""
    return len(pair) > 1 and pair.isalnum()


def _as_one(text: str) -> str:
    """Return a text of the same length in which characters that count as one are one."""
    for one, others in _ALIKE:
        for other in others:
            text = text.replace(other, one)
    return text


def _folded(piece: str) -> str:
    """Return what one match of the pattern stands for."""
    if "«" in piece or "»" in piece:
        return '"'
    if piece[0] in _BLANK:
        return " " if " " in piece else ""
    return unicodedata.normalize("NFC", _LETTERS.get(piece[0], piece[0]) + piece[1:])


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)
