"""Sentences of a text, found from within: good enough to quote as evidence."""

from functools import cache
from typing import TYPE_CHECKING, Final

from index.article import Span

if TYPE_CHECKING:
    import regex

_END: Final = (
    r"[.!?…]+(?:[ \u00a0\u202f]?[»”\"')\]])*[ \u00a0\u202f]+(?=[«“\"'(\[]*[ \u00a0\u202f]*\p{Lu})|\n\s*"
)
# A full stop after one of these, or after a single capital, ends no sentence.
_ABBREVIATION: Final = r"(?:^|[\s('’])(?:M|MM|Mme|Mlle|Dr|Pr|Mr|Mrs|Gen|Col|Lt|St|\p{Lu})\.\s*$"
_REACH: Final = 2_000  # characters: a longer sentence is cut


def sentence_around(text: str, offset: int) -> Span:
    """Return the span of the sentence that holds an offset, without white space at its ends."""
    low, high = max(0, offset - _REACH), min(len(text), offset + _REACH)
    start, end = low, high
    for match in _pattern(_END).finditer(text, low, high):
        if _pattern(_ABBREVIATION).search(text, max(low, match.start() - 6), match.end()):
            continue
        if match.end() <= offset:
            start = match.end()
        elif match.start() >= offset:
            end = match.start() + len(match[0].rstrip())
            break
    return Span(start, max(end, start))


@cache
def _pattern(expression: str) -> "regex.Pattern[str]":
    import regex  # noqa: PLC0415 - 12 ms, at the first sentence rather than at the start

    return regex.compile(expression)
