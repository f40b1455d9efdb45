"""Running heads, running feet and page numbers: lines that a page has because it is a page."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from index.formats.pdf.lines import Line

_EDGE: Final = 3
"""Lines from the top and from the bottom of a page among which they are looked for."""
_NUMBER: Final = re.compile(
    r"\W*(?:page|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:/|sur|of|de)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")
_OFTEN: Final = 3
_GRID: Final = 4.0
"""Points within which two lines are at the same height."""


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without what stands at the edges of three of them alike, but for its figures."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = min(_OFTEN, max(2, len(pages)))
    kept = []
    for page in pages:
        edges = _edges(page)
        kept.append(
            [line for line in page if line not in edges or not _is_running(line, seen, often, len(pages))]
        )
    return kept


def _is_running(line: Line, seen: Counter[tuple[str, float]], often: int, pages: int) -> bool:
    return seen[_key(line)] >= often or (pages > 1 and _NUMBER.fullmatch(line.text) is not None)


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return [*by_height[:_EDGE], *by_height[-_EDGE:]]


def _key(line: Line) -> tuple[str, float]:
    return _DIGITS.sub("#", line.text.casefold()), round(line.bottom / _GRID)
