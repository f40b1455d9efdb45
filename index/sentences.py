"""Sentences of a text, found from within: good enough to quote as evidence."""

from typing import Final

import regex

from index.article import Span

_END: Final = regex.compile(
    r"[.!?…]+(?:[ \u00a0\u202f]?[»”\"')\]])*[ \u00a0\u202f]+(?=[«“\"'(\[]*[ \u00a0\u202f]*\p{Lu})|\n\s*"
)
# A full stop after one of these, or after a single capital, ends no sentence.
_ABBREVIATION: Final = regex.compile(
    r"(?:^|[\s('’])(?:M|MM|Mme|Mlle|Dr|Pr|Mr|Mrs|Gen|Col|Lt|St|\p{Lu})\.\s*$"
)
_REACH: Final = 2_000  # characters: a longer sentence is cut


def sentence_around(text: str, offset: int) -> Span:
    """Return the span of the sentence that holds an offset, without white space at its ends."""
    low, high = max(0, offset - _REACH), min(len(text), offset + _REACH)
    start, end = low, high
    for match in _END.finditer(text, low, high):
        if _ABBREVIATION.search(text, max(low, match.start() - 6), match.end()):
            continue
        if match.end() <= offset:
            start = match.end()
        elif match.start() >= offset:
            end = match.start() + len(match[0].rstrip())
            break
    return Span(start, max(end, start))
