"""Text as the models and rules like it, of the same length, and cut into pieces they can bear.

Offsets into what comes out are offsets into what went in: every replacement is
one character for one.
"""

from collections.abc import Iterator
from typing import Final

import regex

from index.article import Span, paragraphs

PIECE: Final = 20_000
"""The most characters a model is given at once: its memory grows with them."""

_PLAIN: Final = str.maketrans("’‘ʼ«»“”„\u00a0\u202f\u2009–—‑‐", '\'\'\'"""""   ----')

# Where forty characters go by without a letter there is no name; a model would
# spend seconds on each thousand of them.
_BARREN: Final = regex.compile(r"[^\p{L}\n]{40,}+")
_HOPELESS_LENGTH: Final = 1_000
_HOPELESS_SHARE: Final = 0.45  # of letters; prose in any language has more than 0.7
_WORDLESS: Final = regex.compile(r"\S{200,}+")


def _blank(match: "regex.Match[str]") -> str:
    blank: str = " " * len(match[0])
    return blank


def normalised(text: str) -> str:
    """Return `text`, of the same length, with plain quotes, apostrophes, dashes and spaces.

    What holds no names (long runs without letters, single words of 200 characters
    and more) becomes spaces.
    """
    plain: str = _WORDLESS.sub(_blank, _BARREN.sub(_blank, text.translate(_PLAIN)))
    assert len(plain) == len(text)
    return plain


def pieces(text: str) -> Iterator[Span]:
    """Yield the spans of a text to give to a model: runs of paragraphs up to `PIECE`, of mostly letters."""
    run: Span | None = None
    for paragraph in paragraphs(text):
        for piece in _cut(text, paragraph):
            if not _is_prose(text[piece.start : piece.end]):
                continue
            if run and _follows(text, run, piece):
                run = Span(run.start, piece.end)
            else:
                if run:
                    yield run
                run = piece
    if run:
        yield run


def _follows(text: str, run: Span, piece: Span) -> bool:
    """Say whether a piece goes on where a run ends: each document of its own costs a model time."""
    return piece.end - run.start <= PIECE and not text[run.end : piece.start].strip()


def _cut(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    while paragraph.end - start > PIECE:
        space = max(text.rfind(" ", start, start + PIECE), text.rfind("\n", start, start + PIECE))
        cut = space + 1 if space > start else start + PIECE
        yield Span(start, cut)
        start = cut
    yield Span(start, paragraph.end)


def _is_prose(piece: str) -> bool:
    """Say whether a piece is worth a model's time."""
    letters = sum(map(str.isalpha, piece))
    if len(piece.split()) and len(piece) > _HOPELESS_LENGTH:
        return letters > _HOPELESS_SHARE * sum(map(len, piece.split()))
    return letters > 0
