"""Spans on their way to becoming mentions, and the few things every rule asks of them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

import regex

from index.article import EntityType

# An elided word with its apostrophe is a word: `l'`, `d'`, but also the `N'` of N'Djamena.
WORD: Final = regex.compile(r"\p{L}{1,10}'(?=\w)(?!s\b)|[\p{L}\p{N}]+(?:[-&/][\p{L}\p{N}]+)*")
CAPITALISED: Final = r"\p{Lu}[\p{L}\p{M}]*+(?:['-]\p{L}++)*+"

_PLACE: Final = attrgetter("start", "end")  # faster than comparing whole spans
_SENTENCE_ENDS: Final = frozenset(".!?:;\n")
_ASIDE: Final = " \"'(["


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A span of a normalised text with a type; `name` is the canonical name where a list gives it."""

    start: int
    end: int
    type: EntityType
    name: str = ""

    def overlaps(self, other: "Found") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Found") -> bool:
        """Say whether the other lies inside this one; equal spans do."""
        return self.start <= other.start and other.end <= self.end


def opens_sentence(text: str, start: int) -> bool:
    """Say whether what is at `start` begins a line or a sentence, so that its capital means nothing."""
    while start and text[start - 1] in _ASIDE:
        start -= 1
    return start == 0 or text[start - 1] in _SENTENCE_ENDS


def overlay(found: Iterable[Found], better: Iterable[Found]) -> list[Found]:
    """Return `found` with `better` laid over it: what it overlaps goes."""
    better = settle(better)
    return sorted([*better, *_free_of(settle(found), better)], key=_PLACE)


class Cover:
    """Answers which of some spans holds a position."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._found = settle(found)
        self._starts = [span.start for span in self._found]

    def at(self, position: int) -> Found | None:
        """Return the span that holds a position, or None."""
        before = bisect_right(self._starts, position) - 1
        span = self._found[before] if before >= 0 else None
        return span if span and position < span.end else None


def _free_of(found: list[Found], taken: list[Found]) -> Iterator[Found]:
    """Yield the sorted spans that overlap none of `taken`, sorted and free of overlaps too."""
    at = 0
    for span in found:
        while at < len(taken) and taken[at].end <= span.start:
            at += 1
        if at == len(taken) or not taken[at].overlaps(span):
            yield span


def settle(found: Iterable[Found]) -> list[Found]:
    """Return the spans in text order without overlaps; of two that overlap the longer stays."""
    kept: list[Found] = []
    for span in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and kept[-1].overlaps(span):
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
