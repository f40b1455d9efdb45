"""Where a passage that was not found, or found more than once, may be: for a person to choose from."""

import re
from collections.abc import Iterator
from typing import Final

from notes.anchor import Anchor
from notes.anchoring.folded import fold
from notes.anchoring.sought import Sought
from notes.anchoring.target import Target
from notes.state import State

_SENTENCE: Final = re.compile(r"[^.!?…\n]*\S[^.!?…\n]*[.!?…]*[»”\"]*")
_WORD: Final = re.compile(r"\d+|\w{3,}")
_SOME: Final = 0.3  # of the words of a quote


def candidates(target: Target, anchor: Anchor, limit: int = 5) -> list[tuple[int, int]]:
    """Return spans of the text where the passage may be, the likeliest first.

    They are the place that was found, else where the very words stand, else the
    runs of sentences that have most of the words.
    """
    found = target.locate(anchor)
    if found.start is not None and found.end is not None:
        return [(found.start, found.end)]
    if found.state is State.AMBIGUOUS and (spans := _places(target, anchor, limit)):
        return spans
    return _sentences(target.text, anchor.quote, limit)


def _places(target: Target, anchor: Anchor, limit: int) -> list[tuple[int, int]]:
    sought, folded = Sought(anchor), target.folded
    spans = [(at, at + len(sought.quote)) for at in sought.places(folded)]
    spans.sort(key=lambda span: (-sought.agreement(folded.text, *span), span))
    return [folded.span(*span) for span in spans[:limit]]


def _sentences(text: str, quote: str, limit: int) -> list[tuple[int, int]]:
    wanted = _words(quote)
    if not wanted:
        return []
    scored = [
        (len(wanted & _words(text[start:end])) / len(wanted), start, end)
        for start, end in _windows(text, len(_SENTENCE.findall(quote)))
    ]
    best = sorted((s for s in scored if s[0] >= _SOME), key=lambda s: (-s[0], s[1]))
    return list(_apart(((start, end) for _, start, end in best), limit))


def _windows(text: str, sentences: int) -> Iterator[tuple[int, int]]:
    spans = [found.span() for found in _SENTENCE.finditer(text)]
    for first in range(len(spans)):
        last = min(first + max(sentences, 1), len(spans)) - 1
        start, end = spans[first][0], spans[last][1]
        yield start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text).casefold()))


def _apart(spans: Iterator[tuple[int, int]], limit: int) -> Iterator[tuple[int, int]]:
    """Yield spans that do not overlap one yielded before."""
    taken: list[tuple[int, int]] = []
    for start, end in spans:
        if len(taken) == limit:
            return
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            yield start, end
