"""Anchors: what finds a passage again when its text has changed.

A passage is named twice, by its place (offsets in one revision) and by its words
(the quote and a little text on each side), as in the W3C's Web Annotation model.
Offsets are counts of Unicode code points, start inclusive, end exclusive.

The rule of `locate` is never to guess: a place is answered only if the very words
of the quote stand there, and only if no other place could be meant.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from typing import Final, Self

CONTEXT: Final = 64

_NEAR: Final = 12  # characters on each side that must agree for a quote to be where it was
_TELLING: Final = 24  # a quote of this length that occurs once needs no context
_LIKELY: Final = 0.55  # context a shorter one needs
_SURE: Final = 0.8  # context the best of several needs
_LEAD: Final = 0.08  # and by how much it must beat the next
_MOST: Final = 2000  # occurrences to weigh; with more, the quote says nothing
_GRAM: Final = 4


class State(StrEnum):
    """How surely a note's passage was found; the values are the contract's words."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of one revision, with what is needed to find it in another."""

    revision: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, start: int, end: int, revision: str) -> Self:
        """Return the anchor of a span. Raises ValueError for an empty span or one outside `text`."""
        if not 0 <= start < end <= len(text):
            message = f"no passage at {start}:{end} of a text of {len(text)} characters"
            raise ValueError(message)
        return cls(
            revision,
            start,
            end,
            quote=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )


@dataclass(frozen=True, slots=True)
class Located:
    """Where a passage is now; no place for `ambiguous` and `orphan`."""

    state: State
    start: int | None = None
    end: int | None = None


def locate(anchor: Anchor, text: str, revision: str) -> Located:
    """Return where the anchor's passage stands in `text`."""
    if _unmoved(anchor, text, revision):
        return Located(State.EXACT, anchor.start, anchor.end)
    starts = list(islice(_occurrences(text, anchor.quote), _MOST + 1))
    if not starts:
        return Located(State.ORPHAN)
    start = _only(anchor, text, starts)
    if start is None:
        return Located(State.AMBIGUOUS)
    return Located(State.MOVED, start, start + len(anchor.quote))


def _unmoved(anchor: Anchor, text: str, revision: str) -> bool:
    start, end = anchor.start, anchor.end
    if text[start:end] != anchor.quote:
        return False
    before, after = anchor.prefix[-_NEAR:], anchor.suffix[:_NEAR]
    return revision == anchor.revision or (
        text.endswith(before, 0, start) and text.startswith(after, end, len(text))
    )


def _only(anchor: Anchor, text: str, starts: list[int]) -> int | None:
    """Return the one start that can be meant, if there is one."""
    if len(starts) > _MOST:
        return None
    if len(starts) == 1 and len(anchor.quote) >= _TELLING:
        return starts[0]
    ranked = sorted(((_agreement(anchor, text, start), start) for start in starts), reverse=True)
    best, start = ranked[0]
    if len(ranked) == 1:
        return start if best >= _LIKELY else None
    return start if best >= _SURE and best - ranked[1][0] >= _LEAD else None


def _agreement(anchor: Anchor, text: str, start: int) -> float:
    """Return how much of the anchor's context is found around `start`, from 0 to 1."""
    end = start + len(anchor.quote)
    sides = (
        (_grams(anchor.prefix), _grams(text[max(0, start - CONTEXT) : start])),
        (_grams(anchor.suffix), _grams(text[end : end + CONTEXT])),
    )
    known = sum(len(ours) for ours, _ in sides)
    if not known:  # the passage was the whole text: any neighbour speaks against
        return 0.0 if any(theirs for _, theirs in sides) else 1.0
    return sum(len(ours & theirs) for ours, theirs in sides) / known


def _grams(text: str) -> set[str]:
    if len(text) < _GRAM:
        return {text} if text else set()
    return {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}


def _occurrences(text: str, quote: str) -> Iterator[int]:
    """Yield every start of `quote`, overlapping ones too."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


# Finding what a person typed

_APOSTROPHES: Final = "['’‘ʼ´`]"
_MARKS: Final = '["«»“”„‟]'
_TOKEN: Final = re.compile(
    rf"(?P<marks>\s*{_MARKS}[\s\"«»“”„‟]*)|(?P<space>\s+)|(?P<apostrophe>{_APOSTROPHES})"
)


def find_quote(text: str, quote: str) -> list[tuple[int, int]]:
    """Return every span of `text` that reads as `quote`, in text order.

    Only if none is exact are white space, apostrophes and quotation marks allowed
    to differ. A blank quote is found nowhere.
    """
    if not quote.strip():
        return []
    if exact := [(start, start + len(quote)) for start in _occurrences(text, quote)]:
        return exact
    tolerant = re.compile(f"(?=({_pattern(unicodedata.normalize('NFC', quote.strip()))}))")
    return [found.span(1) for found in tolerant.finditer(text)]


def _pattern(quote: str) -> str:
    borders = [0, *(border for token in _TOKEN.finditer(quote) for border in token.span()), len(quote)]
    pattern = "".join(_piece(quote[start:end]) for start, end in pairwise(borders))
    return pattern.removeprefix(r"\s*+").removesuffix(r"\s*+")  # a span begins and ends with words


def _piece(piece: str) -> str:
    token = _TOKEN.fullmatch(piece)
    if token is None:
        return re.escape(piece)
    if token["marks"]:
        marks = [_MARKS] * len("".join(piece.split()))
        return r"\s*+" + r"\s*+".join(marks) + r"\s*+"
    return r"\s++" if token["space"] else _APOSTROPHES
