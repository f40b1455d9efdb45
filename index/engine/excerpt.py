"""Excerpts: the stretch of an article where most of a query's clauses stand together."""

import re
from collections import deque
from collections.abc import Iterable
from typing import Final

from index.article import Span
from index.engine.marks import Mark, Marker
from index.engine.results import Excerpt

_AFTER_SPACE: Final = re.compile(r"(?<=\s)\S")
WIDTH: Final = 240
_LEAD: Final = 60
"""Characters shown before the first mark, at most."""
_FAR: Final = 50_000
"""Characters after the first mark where the search for a better place stops."""


def excerpt(text: str, lang: str, marker: Marker) -> Excerpt:
    """Return the best excerpt of a text: its beginning, where no clause stands in it."""
    best = _best(marker.marks(text, lang), marker.clauses)
    start = _start(text, best)
    end = _end(text, start)
    spans = sorted({Span(m.start - start, m.end - start) for m in best if start <= m.start and m.end <= end})
    return Excerpt(text[start:end].replace("\n", " "), tuple(_apart(spans)))


def _best(marks: Iterable[Mark], clauses: int) -> list[Mark]:
    """Return the marks of the window with the most clauses, then the most marks, then the first."""
    window: deque[Mark] = deque()
    best: list[Mark] = []
    worth = (0, 0)
    for mark in marks:
        window.append(mark)
        while mark.end - window[0].start > WIDTH - _LEAD and len(window) > 1:
            window.popleft()
        here = (len({m.clause for m in window}), len(window))
        if here > worth:
            best, worth = list(window), here
        if (worth[0] == clauses and window[0].start > best[0].start) or mark.start > best[0].start + _FAR:
            break
    return best


def _start(text: str, best: list[Mark]) -> int:
    """Return where to begin: a little before the first mark, at the start of a word."""
    if not best:
        return 0
    first, last = min(m.start for m in best), max(m.end for m in best)
    at = max(0, first - min(_LEAD, max(0, WIDTH - (last - first))))
    if not at:
        return 0
    after_space = _AFTER_SPACE.search(text, at, first + 1)
    return after_space.start() if after_space else _word_start(text, first)


def _word_start(text: str, at: int) -> int:
    """Return where the run of characters at `at` begins, so that an elided article is shown with its word."""
    floor = max(0, at - _LEAD)
    while at > floor and not text[at - 1].isspace():
        at -= 1
    return at


def _end(text: str, start: int) -> int:
    """Return where to end: at most `WIDTH` further, at the end of a word."""
    end = min(len(text), start + WIDTH)
    if end < len(text) and not text[end].isspace():
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space if space > start else end
    return start + len(text[start:end].rstrip())


def _apart(spans: Iterable[Span]) -> Iterable[Span]:
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end
