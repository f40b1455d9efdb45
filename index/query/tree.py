"""The tree a query is understood as: frozen values, equal when they mean the same and are written alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word, matched by its stem; one of several parts (`porte-parole`) by those words together."""

    text: str


@dataclass(frozen=True, slots=True)
class Typing:
    """A word still being typed: it, and the words it begins."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, matched in that form and order, without regard to case and accents."""

    text: str


@dataclass(frozen=True, slots=True)
class Proximity:
    """Quoted words, in any order, each within `distance` words of the others."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so; `text` is without the asterisk."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of a shape: `?` is one letter, `*` any number."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that differ from this one by at most `distance` letters: 1 or 2."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles dated within days, months or years, both ends included; an empty end is open."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class NoteField:
    """Articles with a note that has a tag (`tag`) or words (`note`); `quoted` asks for just that form."""

    name: str
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Articles that have something (`has`) or are in some state (`is`)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article; within a field, every article that has one."""


@dataclass(frozen=True, slots=True)
class And:
    """What matches all parts. Made by `all_of`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What matches some part. Made by `any_of`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match. Made by `none_of`."""

    part: Node


@dataclass(frozen=True, slots=True)
class Field:
    """What matches in one field of the article."""

    name: str
    part: Node


Node: TypeAlias = (
    Word
    | Typing
    | Phrase
    | Proximity
    | Prefix
    | Wildcard
    | Fuzzy
    | DateRange
    | NoteField
    | State
    | Everything
    | And
    | Or
    | Not
    | Field
)
Leaf: TypeAlias = Word | Typing | Phrase | Proximity | Prefix | Wildcard | Fuzzy


def all_of(parts: Iterable[Node]) -> Node | None:
    """Return the one tree for what matches all parts; None if there are none."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return And(flat) if len(flat) > 1 else next(iter(flat), None)


def any_of(parts: Iterable[Node]) -> Node | None:
    """Return the one tree for what matches some part; None if there are none."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return Or(flat) if len(flat) > 1 else next(iter(flat), None)


def none_of(part: Node) -> Node:
    """Return the one tree for what does not match: twice not is yes."""
    return part.part if isinstance(part, Not) else Not(part)


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the tree with each leaf replaced by what `change` makes of it."""
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(mapped(part, change) for part in parts))
        case Not(part) | Field(_, part):
            return replace(node, part=mapped(part, change))
        case _:
            return change(node)
