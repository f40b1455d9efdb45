"""Excerpts: the stretch of an article where most of a query's clauses stand together."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
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


def excerpts(text: str, lang: str, marker: Marker) -> tuple[Excerpt, ...]:
    """Return the best excerpt of a text and the next best, if something is said elsewhere too.

    A text without any of the clauses is shown from its beginning.
    """
    marks = list(_near_the_first(marker.marks(text, lang)))
    best, span = _cut(text, _best(marks, marker.clauses))
    if span.end >= len(text):
        return (best,)
    after = [Mark(m.start - span.end, m.end - span.end, m.clause) for m in marks if m.start >= span.end]
    before = [m for m in marks if m.end <= span.start]
    groups = ((text[span.end :], after), (text[: span.start], before))
    part, chosen = max(groups, key=lambda group: _worth(_best(group[1], marker.clauses)))
    return (best, _cut(part, _best(chosen, marker.clauses))[0]) if chosen else (best,)


def _near_the_first(marks: Iterable[Mark]) -> Iterator[Mark]:
    first = None
    for mark in marks:
        first = mark.start if first is None else first
        if mark.start > first + _FAR:
            return
        yield mark


def _cut(text: str, best: list[Mark]) -> tuple[Excerpt, Span]:
    start = _start(text, best)
    end = _end(text, start)
    spans = sorted({Span(m.start - start, m.end - start) for m in best if start <= m.start and m.end <= end})
    return Excerpt(text[start:end].replace("\n", " "), tuple(_apart(spans))), Span(start, end)


def _worth(window: Collection[Mark]) -> tuple[int, int]:
    return len({mark.clause for mark in window}), len(window)


def _best(marks: Iterable[Mark], clauses: int) -> list[Mark]:
    """Return the marks of the window with the most clauses, then the most marks, then the first."""
    window: deque[Mark] = deque()
    best: list[Mark] = []
    worth = (0, 0)
    for mark in marks:
        window.append(mark)
        while mark.end - window[0].start > WIDTH - _LEAD and len(window) > 1:
            window.popleft()
        here = _worth(window)
        if here > worth:
            best, worth = list(window), here
        if worth[0] == clauses and window[0].start > best[0].start:
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
