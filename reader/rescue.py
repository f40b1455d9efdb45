"""When nothing is found: which clause is at fault, and what would find something."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from index.query import tree, understood
from reader.clauses import Clauses, plain

if TYPE_CHECKING:
    from index.engine import SearchIndex

_SECONDS: Final = 0.25
"""Of the thread's own work, after which no offer is looked for: a busy machine makes the same offers."""
_AT_LEAST: Final = 6
"""Queries that are tried whatever it takes: garbage may be collected in this very thread meanwhile."""
_MOST: Final = 12


class Kind(Enum):
    """What an offer does to the query."""

    SPELLED = "spelled"
    """Writes a word as the collection does."""
    ALIAS = "alias"
    """Looks for an entity under all of its names."""
    FORMS = "forms"
    """Takes the quotes off."""
    WITHOUT = "without"
    """Leaves a clause out."""
    ANY = "any"
    """Asks for any of the words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A query that finds something, how many articles, and the clause of the failed one that it changes."""

    kind: Kind
    clause: str
    query: str
    count: int


class Rescue:
    """Makes offers for one query that found nothing."""

    def __init__(self, index: SearchIndex, clauses: Clauses, cancelled: Callable[[], bool]) -> None:
        self._index, self._clauses, self._cancelled = index, clauses, cancelled
        self._until = time.thread_time() + _SECONDS

    def offers(self, node: tree.Node) -> list[Offer]:
        """Return what would find something. Raises SearchCancelled."""
        made: dict[str, Offer] = {}
        for tried, (kind, clause, query) in enumerate(self._candidates(node)):
            if (tried >= _AT_LEAST and time.thread_time() > self._until) or len(made) >= _MOST:
                break
            said = understood(query)
            count = self._index.total(plain(query), resolve=self._clauses, cancelled=self._cancelled)
            if count and said not in made:
                made[said] = Offer(kind, understood(clause), said, count)
        return list(made.values())

    def _candidates(self, node: tree.Node) -> Iterator[tuple[Kind, tree.Node, tree.Node]]:
        parts = node.parts if isinstance(node, tree.And) else (node,)
        for place, part in enumerate(parts):
            for kind, other in self._instead(part):
                yield kind, part, _with(parts, place, other)
        if len(parts) > 1:
            for place, part in enumerate(parts):
                yield Kind.WITHOUT, part, _with(parts, place, None)
            positive = tree.any_of(part for part in parts if not isinstance(part, tree.Not))
            if isinstance(positive, tree.Or):
                yield Kind.ANY, node, positive

    def _instead(self, part: tree.Node) -> Iterator[tuple[Kind, tree.Node]]:
        match part:
            case tree.Word(text) | tree.Typing(text):
                for word in self._index.spellings(text, cancelled=self._cancelled):
                    yield Kind.SPELLED, tree.Word(word)
                if self._clauses.canonical(text):
                    yield Kind.ALIAS, tree.Field("entity", tree.Phrase(text))
            case tree.Phrase(text):
                if self._clauses.canonical(text):
                    yield Kind.ALIAS, tree.Field("entity", part)
                if loose := tree.all_of(tree.Word(word) for word in text.split() if word.isalnum()):
                    yield Kind.FORMS, loose
            case tree.Field(name, inner):
                for kind, other in self._instead(inner):
                    if kind is not Kind.ALIAS:
                        yield kind, tree.Field(name, other)


def _with(parts: tuple[tree.Node, ...], place: int, other: tree.Node | None) -> tree.Node:
    """Return the conjunction with something else, or nothing, in the place of a part."""
    kept = (*parts[:place], *([other] if other else []), *parts[place + 1 :])
    return tree.all_of(kept) or tree.Everything()
