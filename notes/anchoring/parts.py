"""A long passage of which parts stand as they were: others were put between them, or the rest is gone."""

import re
from collections.abc import Iterator
from typing import Final

from notes.anchoring.folded import Folded, fold
from notes.anchoring.sought import Sought

_LONG: Final = 24  # a quote with fewer characters has no parts
_PARAGRAPH: Final = re.compile(r"\n\s*\n")  # where others are put between, and where a passage is torn
_CHUNK: Final = re.compile(r"\S+(?: \S+){4}(?:(?: \S+){1,4}$)?|^\S+(?: \S+){1,3}$")  # about five words
_ALIKE: Final = 20  # places of one chunk; one with more says nothing
_SPREAD: Final = 1.2  # a window of the text, in lengths of the quote
_HALF: Final = 0.5  # of the quote must stand in it
_RIVAL: Final = 0.5  # of what stands there may stand elsewhere, too

Hit = tuple[int, int, int]
"""A chunk's number and the span of a place where it stands."""


def largest_part(folded: Folded, sought: Sought) -> tuple[int, int] | None:
    """Return the span of the folded text where most of the quote stands, if that is half of it."""
    length = len(sought.quote)
    if length < _LONG:
        return None
    hits = sorted(_hits(folded.text, sought.anchor.quote), key=lambda hit: hit[1])
    best = _fullest(hits, length)
    if not best or _covered(best) < _HALF * length:
        return None
    start, end = best[0][1], max(hit[2] for hit in best)
    same = {number for number, *_ in best}
    rest = [hit for hit in hits if hit[0] in same and (hit[2] <= start or hit[1] >= end)]
    if _covered(_fullest(rest, length)) > _RIVAL * _covered(best):
        return None
    return start, end


def _hits(text: str, quote: str) -> Iterator[Hit]:
    for number, chunk in enumerate(_chunks(quote)):
        found = [(number, at, at + len(chunk)) for at in _places(text, chunk)]
        if len(found) < _ALIKE:
            yield from found


def _chunks(quote: str) -> list[str]:
    paragraphs = (fold(paragraph).strip() for paragraph in _PARAGRAPH.split(quote))
    return [chunk for paragraph in paragraphs for chunk in _CHUNK.findall(paragraph)]


def _places(text: str, chunk: str) -> list[int]:
    places: list[int] = []
    at = text.find(chunk)
    while at >= 0 and len(places) < _ALIKE:
        places.append(at)
        at = text.find(chunk, at + 1)
    return places


def _fullest(hits: list[Hit], length: int) -> list[Hit]:
    """Return the hits of the window that covers most of the quote; `hits` are in text order."""
    windows = (
        [other for other in hits[first:] if other[2] <= hit[1] + _SPREAD * length]
        for first, hit in enumerate(hits)
    )
    return max(windows, key=_covered, default=[])


def _covered(hits: list[Hit]) -> int:
    """Return how many characters of the quote stand there, each chunk counted once."""
    return sum({number: end - start for number, start, end in hits}.values())
