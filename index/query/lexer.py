"""From a query's characters to its pieces, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from index.language import folded

TEXT_FIELDS: Final = ("title", "source", "lang", "person", "org", "place", "event", "entity")
NOTE_FIELDS: Final = ("tag", "note")
STATE_FIELDS: Final = ("has", "is")
FIELDS: Final = (*TEXT_FIELDS, *NOTE_FIELDS, *STATE_FIELDS, "date")
ALSO: Final = {
    "titre": "title", "langue": "lang", "language": "lang", "personne": "person", "per": "person",
    "organisation": "org", "organization": "org", "lieu": "place", "loc": "place", "evenement": "event",
    "entite": "entity", "ent": "entity", "etiquette": "tag", "est": "is", "avec": "has",
}  # fmt: skip
"""What else fields are called, folded; their value must follow at once, since « Titre : » is also text."""

AND: Final = frozenset({"AND", "ET"})
OR: Final = frozenset({"OR", "OU"})
NOT: Final = frozenset({"NOT", "SAUF"})

_QUOTES: Final = {'"': '"“”', "“": '"“”', "”": '"“”', "„": '"“”', "«": "»"}
_SPACE: Final = re.compile(r"\s+")
# A no-break space between digits belongs to the number.
_CHUNK: Final = re.compile(r'(?:[^\s()"“”„«»]|(?<=[0-9])[\u00a0\u202f\u2009](?=[0-9]))+')
_FIELD: Final = re.compile(r"([^\W\d_]+):(?=(\s?))")
_NEAR: Final = re.compile(r"~([0-9]*)")
_BESIDE: Final = re.compile(r"(?:NEAR|PRÈS|PRES)/([0-9]+)")
_BRACKETS: Final = re.compile(r"\[[^\[\]\n]*\]?")
_MINUS: Final = "-!−–"  # word processors make a dash of a minus


class Kind(Enum):
    """What a piece is."""

    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    FIELD = auto()
    PHRASE = auto()
    CHUNK = auto()
    OPERATOR = auto()
    NEAR = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query: `text` without quotes or colon, from `column` to `end` in code points."""

    kind: Kind
    text: str
    column: int
    end: int
    near: str | None = None
    """The digits after a phrase's `~` or after `NEAR/`, perhaps none; None where there is no `~`."""


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
        chunk = _BRACKETS.match(text, at) or chunk
        return Piece(Kind.CHUNK, chunk[0], at, chunk.end())
    if char in _MINUS and not text[at + 1 : at + 2].isspace():
        return Piece(Kind.MINUS, char, at, at + 1)
    if not (char.isalnum() or char in "*?"):
        return None
    return _word(text, at, chunk)


def _word(text: str, at: int, chunk: re.Match[str]) -> Piece:
    field = _FIELD.match(text, at)
    if field and (name := _field_name(field)):
        return Piece(Kind.FIELD, name, at, field.end())
    if beside := _BESIDE.fullmatch(chunk[0]):
        return Piece(Kind.NEAR, chunk[0], at, chunk.end(), beside[1])
    kind = Kind.OPERATOR if chunk[0] in AND | OR | NOT else Kind.CHUNK
    return Piece(kind, chunk[0], at, chunk.end())


def _field_name(field: re.Match[str]) -> str:
    """Return the field that is named, or nothing."""
    name = folded(field[1])
    if name in FIELDS:
        return name
    return ALSO.get(name, "") if not field[2] and field.end() < len(field.string) else ""


def _phrase(text: str, at: int) -> Piece:
    closers = _QUOTES[text[at]]
    close = next((i for i in range(at + 1, len(text)) if text[i] in closers), len(text))
    words = " ".join("".join(" " if c in '"“”„«»' else c for c in text[at + 1 : close]).split())
    near = _NEAR.match(text, close + 1)
    end = near.end() if near else min(close + 1, len(text))
    return Piece(Kind.PHRASE, words, at, end, near[1] if near else None)
