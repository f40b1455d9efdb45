"""Motions of the caret: each takes a text and an offset and gives an offset inside the text.

The caret stands on a character; it never stands inside a grapheme cluster (UAX #29)
nor past the last character: `settled` sees to that wherever a motion leads.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from index.article import Span, paragraphs
from reader.text.sentences import sentences

if TYPE_CHECKING:
    import regex

_SPACE: Final = re.compile(r"\s")
# Read backwards: letters that begin a cluster whatever is before them but what Arabic prepends to numbers.
_BEGINS: Final = r"[ -~À-ʯͰ-ҁא-תء-ي\u0e01-\u0e2eぁ-ゖァ-ヺ一-鿿]|\n(?!\r)"
_PREPENDED: Final = (
    r"\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
    r"\U000113d1\U0001193f\U00011941\U00011a3a\U00011a84-\U00011a89\U00011d46\U00011f02"
)
_CERTAIN: Final = re.compile(rf"(?:{_BEGINS})(?![{_PREPENDED}])")
_NEIGHBOURHOOD: Final = 64
_FAR: Final = 1024
"""Characters within which a cluster is looked for that certainly begins."""


@cache
def _grapheme() -> "regex.Pattern[str]":
    return _compile(r"\X")


@cache
def _word() -> "regex.Pattern[str]":
    return _compile(r"\w+(?:[-'’.](?=\w)\w+)*|[^\w\s]+")  # letters with their marks, unlike re's: ɛ̀


def _compile(pattern: str) -> "regex.Pattern[str]":
    import regex  # noqa: PLC0415 - 10 ms, at the first motion rather than at the start

    return regex.compile(pattern)


@lru_cache(maxsize=8)
def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of a text, computed once."""
    return sentences(text)


@lru_cache(maxsize=8)
def paragraph_spans(text: str) -> list[Span]:
    """Return the paragraphs of a text, computed once."""
    return list(paragraphs(text))


def clamp(text: str, offset: int) -> int:
    """Return the nearest offset on a character of `text`."""
    return min(max(offset, 0), max(len(text) - 1, 0))


def grapheme_end(text: str, offset: int) -> int:
    """Return where the grapheme cluster that begins at `offset` ends."""
    for part in (text[offset : offset + _NEIGHBOURHOOD], text[offset:]):
        match = _grapheme().match(part)
        if match and (match.end() < len(part) or offset + len(part) == len(text)):
            return offset + int(match.end())
    return len(text)


def grapheme_start(text: str, offset: int) -> int:
    """Return where the grapheme cluster of an offset begins."""
    floor = max(offset - _FAR, 0)
    certain = _CERTAIN.search(text[floor : offset + 1][::-1])
    floor = offset - certain.start() if certain else floor
    return floor + max(_starts(text[floor : offset + 1]), default=0)


def whole(text: str, start: int, stop: int) -> int:
    """Return where the last of the grapheme clusters ends that begin at `start` and end by `stop`."""
    return start + max(_starts(text[start : stop + 1]), default=0)


def _starts(part: str) -> Iterator[int]:
    """Yield where the clusters of a short text begin: in a long one each flag is counted from the first."""
    return (match.start() for match in _grapheme().finditer(part))


def settled(text: str, before: int, after: int) -> int:
    """Return the beginning of the grapheme cluster that a move from one offset to another comes to.

    A move forward never ends where it began, as long as there is a cluster after it.
    """
    start = grapheme_start(text, clamp(text, after))
    return right(text, start) if start <= before < after else start


def right(text: str, offset: int) -> int:
    """Move to the next character."""
    end = grapheme_end(text, offset)
    return end if end < len(text) else offset


def left(text: str, offset: int) -> int:
    """Move to the character before."""
    return grapheme_start(text, offset - 1) if offset else 0


def word_forward(text: str, offset: int) -> int:
    """Move to the beginning of the next word or run of punctuation."""
    here = _word().match(text, offset)
    match = _word().search(text, here.end() if here else offset + 1)
    return int(match.start()) if match else clamp(text, len(text))


def word_backward(text: str, offset: int) -> int:
    """Move to the beginning of this word or, from there, of the one before."""
    if text[offset - 1 : offset].isspace():  # there may be a million of them
        offset = len(text[:offset].rstrip())
    after = _SPACE.search(text, offset)  # a word that goes on past the offset is read whole
    end = after.start() if after else len(text)
    floor, reach = offset, _NEIGHBOURHOOD
    while floor > 0:
        floor, reach = max(offset - reach, 0), 2 * reach
        # A window may cut its first word in two: only what begins after a space is whole.
        # It grows twofold, for a run without a space may have a million characters.
        space = _SPACE.search(text, floor, offset) if floor else None
        if space or not floor:
            words = _word().finditer(text, space.end() if space else 0, end)
            starts = [*takewhile(lambda start: start < offset, (int(word.start()) for word in words))]
            if starts:
                return starts[-1]
    return 0


def word_span(text: str, offset: int) -> Span:
    """Return the word at `offset`, or the one character if there is none."""
    floor = max(text.rfind(" ", 0, offset), text.rfind("\n", 0, offset)) + 1
    for match in _word().finditer(text, floor):
        if match.end() > offset:
            if match.start() <= offset:
                return Span(match.start(), match.end())
            break
    return Span(offset, min(grapheme_end(text, offset), len(text)))


def _forward(spans: list[Span], text: str, offset: int) -> int:
    index = bisect_right(spans, offset, key=_start)
    return spans[index].start if index < len(spans) else clamp(text, len(text))


def _backward(spans: list[Span], offset: int) -> int:
    index = bisect_left(spans, offset, key=_start)
    return spans[index - 1].start if index else 0


def _start(span: Span) -> int:
    return span.start


def sentence_forward(text: str, offset: int) -> int:
    """Move to the beginning of the next sentence."""
    return _forward(sentence_spans(text), text, offset)


def sentence_backward(text: str, offset: int) -> int:
    """Move to the beginning of this sentence or, from there, of the one before."""
    return _backward(sentence_spans(text), offset)


def paragraph_forward(text: str, offset: int) -> int:
    """Move to the beginning of the next paragraph."""
    return _forward(paragraph_spans(text), text, offset)


def paragraph_backward(text: str, offset: int) -> int:
    """Move to the beginning of this paragraph or, from there, of the one before."""
    return _backward(paragraph_spans(text), offset)


Motion = Callable[[str, int], int]

MOTIONS: Final[dict[str, Motion]] = {
    "left": left,
    "right": right,
    "word_forward": word_forward,
    "word_backward": word_backward,
    "sentence_forward": sentence_forward,
    "sentence_backward": sentence_backward,
    "paragraph_forward": paragraph_forward,
    "paragraph_backward": paragraph_backward,
    "top": lambda _text, _offset: 0,
    "bottom": lambda text, _offset: clamp(text, len(text)),
}
"""The motions that need nothing but the text, by the name of their command."""

FAR: Final = frozenset({"top", "bottom"})
"""Those that may go far, so that one may want to come back."""
