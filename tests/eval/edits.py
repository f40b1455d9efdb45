"""What revisions do to texts, with the origin of every character, so that the truth about a passage is known."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Edited:
    """A text and, for each of its characters, the offset in the original it came from, -1 if it is new."""

    text: str
    origins: Sequence[int]


Piece = tuple[str, Sequence[int]]


def untouched(text: str) -> Edited:
    """Return a text that is its own original."""
    return Edited(text, range(len(text)))


def _join(pieces: Sequence[Piece]) -> Edited:
    return Edited("".join(text for text, _ in pieces), [at for _, origins in pieces for at in origins])


def _new(text: str) -> Piece:
    return text, [-1] * len(text)


def _pieces(edited: Edited, pattern: str) -> list[Piece]:
    """Return the text cut after each match of a pattern."""
    ends = [found.end() for found in re.finditer(pattern, edited.text)]
    borders = sorted({0, *ends, len(edited.text)})
    return [(edited.text[a:b], edited.origins[a:b]) for a, b in pairwise(borders)]


def _paragraphs(edited: Edited) -> list[Piece]:
    return _pieces(edited, "\n\n")


def nothing(edited: Edited, _chance: random.Random, _other: str) -> Edited:
    """Change nothing."""
    return edited


def typos(share: float) -> Callable[[Edited, random.Random, str], Edited]:
    """Return an edit that drops, doubles or replaces a share of the letters."""

    def edit(edited: Edited, chance: random.Random, _other: str) -> Edited:
        pieces: list[Piece] = []
        for char, origin in zip(edited.text, edited.origins, strict=True):
            if not char.isalpha() or chance.random() >= share:
                pieces.append((char, [origin]))
                continue
            kind = chance.randrange(3)
            if kind:
                pieces.append((char, [origin]) if kind == 1 else _new(chance.choice("aeinrst")))
            if kind == 1:
                pieces.append(_new(char))
        return _join(pieces)

    return edit


def inserted(edited: Edited, chance: random.Random, other: str) -> Edited:
    """Insert paragraphs of another article."""
    strange = [paragraph for paragraph in other.split("\n\n") if paragraph]
    pieces: list[Piece] = []
    for piece in _paragraphs(edited):
        if chance.random() < 0.4:
            pieces.append(_new(chance.choice(strange) + "\n\n"))
        pieces.append(piece)
    return _join(pieces)


def deleted(edited: Edited, chance: random.Random, _other: str) -> Edited:
    """Delete a fifth of the paragraphs."""
    return _join([piece for piece in _paragraphs(edited) if chance.random() >= 0.2])


def shuffled(edited: Edited, chance: random.Random, _other: str) -> Edited:
    """Put the paragraphs into another order."""
    pieces = _paragraphs(edited)
    chance.shuffle(pieces)
    return _join(pieces)


def typography(edited: Edited, _chance: random.Random, _other: str) -> Edited:
    """Decompose letters; use other quotation marks, apostrophes, dashes and spaces."""
    table = {"«": "“", "»": "”", "’": "'", "'": "’", "–": "—", "-": "‐", " ": "\u00a0", "œ": "oe"}
    pieces: list[Piece] = []
    for char, origin in zip(edited.text, edited.origins, strict=True):
        written = table.get(char, unicodedata.normalize("NFD", char))
        pieces.append((written, [origin] * len(written)))
    return _join(pieces)


def digits(edited: Edited, chance: random.Random, _other: str) -> Edited:
    """Change every digit into another."""
    pieces = [
        _new(chance.choice("0123456789".replace(char, ""))) if char in "0123456789" else (char, [origin])
        for char, origin in zip(edited.text, edited.origins, strict=True)
    ]
    return _join(pieces)


def replaced(share: float) -> Callable[[Edited, random.Random, str], Edited]:
    """Return an edit that puts words of another article in the place of a share of the words."""

    def edit(edited: Edited, chance: random.Random, other: str) -> Edited:
        strange = re.findall(r"\w+", other)
        return _join(
            [
                _new(chance.choice(strange) + " ") if chance.random() < share else piece
                for piece in _pieces(edited, r"[ ’']")
            ]
        )

    return edit


def mixed(edited: Edited, chance: random.Random, other: str) -> Edited:
    """Do a little of everything."""
    for edit in (inserted, deleted, shuffled, replaced(0.08), typos(0.02), typography):
        edited = edit(edited, chance, other)
    return edited


def rewritten(_edited: Edited, _chance: random.Random, other: str) -> Edited:
    """Return another article: nothing is left."""
    return _join([_new(other)])


EDITS = {
    "none": nothing,
    "1 % typos": typos(0.01),
    "5 % typos": typos(0.05),
    "paragraphs inserted": inserted,
    "20 % of paragraphs deleted": deleted,
    "paragraphs shuffled": shuffled,
    "NFD, quotes, spaces, dashes": typography,
    "all digits changed": digits,
    "15 % of words replaced": replaced(0.15),
    "30 % of words replaced": replaced(0.30),
    "all mixed": mixed,
    "rewritten, the same press": rewritten,
}
