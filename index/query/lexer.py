"""From a query's characters to its pieces, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

TEXT_FIELDS: Final = ("title", "source", "lang", "person", "org", "place", "event", "entity")
NOTE_FIELDS: Final = ("tag", "note")
STATE_FIELDS: Final = ("has", "is")
FIELDS: Final = (*TEXT_FIELDS, *NOTE_FIELDS, *STATE_FIELDS, "date")

AND: Final = frozenset({"AND", "ET"})
OR: Final = frozenset({"OR", "OU"})
NOT: Final = frozenset({"NOT", "SAUF"})

_QUOTES: Final = {'"': '"“”', "“": '"“”', "”": '"“”', "„": '"“”', "«": "»"}
_SPACE: Final = re.compile(r"\s+")
# A no-break space between digits belongs to the number.
_CHUNK: Final = re.compile(r'(?:[^\s()"“”„«»]|(?<=[0-9])[\u00a0\u202f\u2009](?=[0-9]))+')
_FIELD: Final = re.compile(r"([A-Za-z]+):")
_NEAR: Final = re.compile(r"~([0-9]*)")


class Kind(Enum):
    """What a piece is."""

    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    FIELD = auto()
    PHRASE = auto()
    CHUNK = auto()
    OPERATOR = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query: `text` without quotes or colon, from `column` to `end` in code points."""

    kind: Kind
    text: str
    column: int
    end: int
    near: str | None = None
    """The digits after a phrase's `~`, perhaps none; None where there is no `~`."""


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a query in order; every text has some reading."""
    at = 0
    raw = False
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        piece = _piece(text, at, raw=raw)
        if piece is None:
            at += 1  # punctuation that means nothing here
            continue
        raw = piece.kind is Kind.FIELD and piece.text not in TEXT_FIELDS
        at = piece.end
        yield piece


def _piece(text: str, at: int, *, raw: bool) -> Piece | None:  # noqa: PLR0911 - one for each kind
    """Return the piece at `at`; `raw`, after `date:` or `tag:`, takes what is there as it stands."""
    char = text[at]
    if char in "()":
        return Piece(Kind.OPEN if char == "(" else Kind.CLOSE, char, at, at + 1)
    if char in _QUOTES:
        return _phrase(text, at)
    chunk = _CHUNK.match(text, at)
    if chunk is None:
        return None
    if raw:
        return Piece(Kind.CHUNK, chunk[0], at, chunk.end())
    if char == "-" and not text[at + 1 : at + 2].isspace():
        return Piece(Kind.MINUS, char, at, at + 1)
    if not (char.isalnum() or char in "*?"):
        return None
    return _word(text, at, chunk)


def _word(text: str, at: int, chunk: re.Match[str]) -> Piece:
    field = _FIELD.match(text, at)
    if field and field[1].lower() in FIELDS:
        return Piece(Kind.FIELD, field[1].lower(), at, field.end())
    kind = Kind.OPERATOR if chunk[0] in AND | OR | NOT else Kind.CHUNK
    return Piece(kind, chunk[0], at, chunk.end())


def _phrase(text: str, at: int) -> Piece:
    closers = _QUOTES[text[at]]
    close = next((i for i in range(at + 1, len(text)) if text[i] in closers), len(text))
    words = " ".join("".join(" " if c in '"“”„«»' else c for c in text[at + 1 : close]).split())
    near = _NEAR.match(text, close + 1)
    end = near.end() if near else min(close + 1, len(text))
    return Piece(Kind.PHRASE, words, at, end, near[1] if near else None)
