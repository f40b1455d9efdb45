"""Where sentences begin and end, by rule: good enough before, and without, a language model."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from index.article import Span, paragraphs

_END: Final = re.compile(r"[.!?…]+(?:[ \u00a0\u202f]?[»”\"’)\]])*[ \n]+(?=[«“\"‘(\[—–-]*[ \u00a0\u202f]?[^\W\d_a-zà-ÿ]|[«“\"(—–-]*[ \u00a0\u202f]?\d)")  # fmt: skip # noqa: E501
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:M|MM|Mr|Mrs|Ms|Me|Mgr|Dr|Pr|Prof|St|Ste|Sgt|Lt|Cdt|Col|Gal|Gen|Maj|Capt|Adm|Sen|Rep|Gov"
    r"|art|al|av|bd|cf|chap|env|etc|éd|ex|fig|hab|inc|n|no|op|p|pp|vol|vs|v|Jr|Sr|Inc|Ltd|Corp)"
    r"|\b[^\W\d_])\.\Z"
)
_LOOK_BACK: Final = 8


def sentences(text: str) -> list[Span]:
    """Return the sentences of a canonical text in order, without the white space between them."""
    return [span for paragraph in paragraphs(text) for span in _in_paragraph(text, paragraph)]


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if _ABBREVIATION.search(text[max(match.start() - _LOOK_BACK, start) : match.start() + 1]):
            continue
        yield Span(start, match.start() + len(match.group().rstrip()))
        start = match.end()
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def span_at(spans: list[Span], offset: int) -> Span | None:
    """Return the span that holds `offset` or, between two, the one before it; spans are in order."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[max(index, 0)] if spans else None
