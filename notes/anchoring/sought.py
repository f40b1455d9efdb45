"""A passage as it is looked for: its words and what stood on both sides, folded."""

from functools import cached_property
from typing import Final

from notes.anchor import CONTEXT, Anchor
from notes.anchoring.folded import Folded, fold, within_word

_GRAM: Final = 4


class Sought:
    """The folded quote of an anchor with its context. Spans are of a folded text."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.quote = fold(anchor.quote)
        self.before = fold(anchor.prefix)
        self.after = fold(anchor.suffix)
        self.begins_a_word = not within_word(self.before[-1:] + self.quote[:1])
        self.ends_a_word = not within_word(self.quote[-1:] + self.after[:1])

    def places(self, folded: Folded) -> list[int]:
        """Return where the words stand as whole words, as they were; the 2,001 first at most."""
        return folded.occurrences(self.quote, self.is_whole)

    def is_whole(self, text: str, start: int, end: int) -> bool:
        """Tell whether a span is not a part of longer words, where the passage was not."""
        return not (
            (self.begins_a_word and within_word(text[max(start - 1, 0) : start + 1]))
            or (self.ends_a_word and within_word(text[end - 1 : end + 1]))
        )

    def agreement(self, text: str, start: int, end: int) -> float:
        """Return how much of the context is found around a span, from 0 to 1."""
        before, after = _around(text, start, end)
        known = sum(map(len, self._sides))
        if not known:  # the passage was the whole text: any neighbour speaks against
            return 0.0 if before or after else 1.0
        return (len(self._sides[0] & before) + len(self._sides[1] & after)) / known

    def agreements(self, text: str, start: int, end: int) -> tuple[float, float]:
        """Return how much of each side is found beside a span, from 0 to 1; 0 where there was none."""
        before, after = (
            len(ours & theirs) / len(ours) if ours else 0.0
            for ours, theirs in zip(self._sides, _around(text, start, end), strict=True)
        )
        return before, after

    @cached_property
    def _sides(self) -> tuple[frozenset[str], frozenset[str]]:
        return _grams(self.before), _grams(self.after)


def _around(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    return _grams(text[max(0, start - CONTEXT) : start]), _grams(text[end : end + CONTEXT])


def _grams(text: str) -> frozenset[str]:
    if len(text) < _GRAM:
        return frozenset({text} if text else ())
    return frozenset(text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1))
