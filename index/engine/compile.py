"""From a query's tree to a Whoosh query."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from whoosh import query as wq

from index.engine.expand import MAX_WORDS, Cancelled, OneOf, beginning, near, shortest
from index.engine.neighbours import dearer_together
from index.engine.ranking import EXACT_WEIGHT
from index.engine.relatives import relatives
from index.engine.schema import ENTITY_FIELDS
from index.engine.shapes import beginning_of, regex_of
from index.engine.stems import is_idle, wanted_stems
from index.engine.untyped import Whoosh
from index.language import folded, words
from index.query.errors import QueryError
from index.query.tree import (
    And,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Node,
    Not,
    NoteField,
    Or,
    Phrase,
    Prefix,
    Proximity,
    State,
    Typing,
    Wildcard,
    Word,
)
from index.query.understood import understood

Resolve = Callable[[Node], frozenset[str] | None]
"""Gives the ids of the articles that answer a clause about notes or entities; None: let the index answer."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where words are looked for: the field of their stems, if there is one, and those of their forms."""

    stemmed: str
    exact: tuple[str, ...]


TEXT: Final = Scope("text", ("text_exact",))
_SCOPES: Final = {
    "title": Scope("title", ("title_exact",)),
    "entity": Scope("", ENTITY_FIELDS),
}


def scope_of(field: str) -> Scope:
    """Return where the words of a field of the query language are looked for."""
    return _SCOPES.get(field) or Scope("", (field,))


def significant(parts: Iterable[Node]) -> list[Node]:
    """Return the parts of a tree without bare stop words, unless there is nothing else."""
    parts = list(parts)
    told = [part for part in parts if not (isinstance(part, Word) and is_idle(part.text))]
    return told if any(not isinstance(part, Not) for part in told) else parts


class Compiler:
    """Makes one query for one state of the index. Raises QueryError and SearchCancelled."""

    def __init__(self, reader: Whoosh, resolve: Resolve | None, cancelled: Cancelled) -> None:
        self._reader = reader
        self._resolve = resolve or (lambda _: None)
        self._cancelled = cancelled

    def query(self, node: Node, scope: Scope = TEXT) -> wq.Query:  # noqa: PLR0911 - one line for each kind
        """Return the Whoosh query for a tree."""
        match node:
            case And(parts):
                return self._all(parts, scope)
            case Or(parts):
                return self._any(parts, scope)
            case Not():
                return self._all((node,), scope)
            case Field():
                return self._field(node)
            case DateRange(start, end):
                return _dates(start, end)
            case Everything():
                return _every(scope)
            case NoteField() | State():
                return self._resolved(node)
            case _:
                return self._leaf(node, scope)

    def _leaf(self, node: Node, scope: Scope) -> wq.Query:  # noqa: PLR0911 - one line for each kind
        match node:
            case Word(text):
                return _word(text, scope)
            case Typing(text):
                return wq.Or([_word(text, scope), self._typing(text, scope)])
            case Phrase(text):
                return _phrase(text, scope)
            case Proximity(text, distance):
                return _proximity(text, distance, scope)
            case Prefix(text):
                start = folded(text)
                return self._one_of(node, scope, lambda field: self._beginning(field, start))
            case Wildcard(text):
                return self._one_of(node, scope, lambda field: self._shaped(field, text))
            case Fuzzy(text, edits):
                return self._one_of(node, scope, lambda field: self._near(field, folded(text), edits))
        raise AssertionError(node)

    # Joining

    def _all(self, parts: Sequence[Node], scope: Scope) -> wq.Query:
        told = significant(parts)
        wanted = [self.query(part, scope) for part in told if not isinstance(part, Not)]
        unwanted = [self.query(part.part, scope) for part in told if isinstance(part, Not)]
        positive = self._dearer(_joined(wq.And, wanted), parts, scope) if wanted else wq.Every()
        return wq.AndNot(positive, _joined(wq.Or, unwanted)) if unwanted else positive

    def _any(self, parts: Sequence[Node], scope: Scope) -> wq.Query:
        told = [self.query(part, scope) for part in significant(parts)]
        found = self._dearer(_joined(wq.Or, told), parts, scope)
        if scope is not TEXT:
            return found
        kin = [*relatives(parts, scope.stemmed, self._reader, self._cancelled)]
        return wq.AndMaybe(found, wq.Or(kin)) if kin else found

    def _dearer(self, found: wq.Query, parts: Sequence[Node], scope: Scope) -> wq.Query:
        return dearer_together(found, parts, scope.exact, self._reader) if scope.stemmed else found

    def _field(self, node: Field) -> wq.Query:
        if node.name in {"entity", *ENTITY_FIELDS} and (ids := self._resolve(node)) is not None:
            return OneOf("id", ids, self._cancelled)
        if node.name == "lang":
            return self._language(node)
        return self.query(node.part, scope_of(node.name))

    def _language(self, node: Field) -> wq.Query:
        match node.part:
            case Everything():
                return wq.Every("lang")
            case Word(text) | Phrase(text) | Typing(text):
                return wq.Term("lang", text.lower())
            case Or(parts):
                return wq.Or([self._language(Field("lang", part)) for part in parts])
        raise QueryError("lang: takes fr, en or other", 0)

    def _resolved(self, node: Node) -> wq.Query:
        ids = self._resolve(node)
        if ids is None:
            raise QueryError("{clause} cannot be searched here", 0, clause=understood(node))
        return OneOf("id", ids, self._cancelled)

    # Words of the index

    def _one_of(self, node: Node, scope: Scope, find: Callable[[str], Iterator[str]]) -> wq.Query:
        """Return what matches any of the words found, in each field. Raises QueryError for too many."""
        queries = []
        for field in scope.exact:
            found = set()
            for word in find(field):
                found.add(word)
                if len(found) > MAX_WORDS:
                    said = understood(node)
                    raise QueryError(
                        "{shape} means more than {limit} words: add letters", 0, shape=said, limit=MAX_WORDS
                    )
            queries.append(OneOf(field, found, self._cancelled))
        return _joined(wq.Or, queries)

    def _typing(self, text: str, scope: Scope) -> wq.Query:
        start = folded(text)
        if len(start) < 2:  # noqa: PLR2004 - one letter begins everything
            return wq.NullQuery
        return _joined(
            wq.Or,
            [OneOf(field, shortest(self._beginning(field, start)), self._cancelled) for field in scope.exact],
        )

    def _beginning(self, field: str, start: str) -> Iterator[str]:
        return beginning(self._reader, field, start, self._cancelled)

    def _shaped(self, field: str, text: str) -> Iterator[str]:
        shape = regex_of(text)
        return (word for word in self._beginning(field, beginning_of(text)) if shape.fullmatch(word))

    def _near(self, field: str, word: str, edits: int) -> Iterator[str]:
        return near(self._reader, field, word, edits, self._cancelled)


def _joined(kind: Callable[[list[wq.Query]], wq.Query], queries: list[wq.Query]) -> wq.Query:
    return queries[0] if len(queries) == 1 else kind(queries)


def _word(text: str, scope: Scope) -> wq.Query:
    found = words(text)
    if len(found) != 1 or is_idle(text) or not scope.stemmed:
        return _phrase(text, scope)
    stems = [wq.Term(scope.stemmed, stem) for stem in sorted(wanted_stems(found[0]))]
    return wq.Or([*stems, *_forms(folded(found[0]), scope, EXACT_WEIGHT)])


def _forms(word: str, scope: Scope, weight: float = 1.0) -> list[wq.Query]:
    return [wq.Term(field, word, boost=weight) for field in scope.exact]


def _phrase(text: str, scope: Scope) -> wq.Query:
    found = [folded(word) for word in words(text)]
    if len(found) == 1:
        return _joined(wq.Or, _forms(found[0], scope))
    return _joined(wq.Or, [wq.Phrase(field, found) for field in scope.exact])


def _proximity(text: str, distance: int, scope: Scope) -> wq.Query:
    found = [folded(word) for word in words(text)]
    return _joined(
        wq.Or,
        [
            wq.spans.SpanNear2([wq.Term(field, word) for word in found], slop=distance, ordered=False)
            for field in scope.exact
        ],
    )


def _every(scope: Scope) -> wq.Query:
    if scope is TEXT:
        return wq.Every()
    return _joined(wq.Or, [wq.Every(field) for field in scope.exact])


def _dates(start: str, end: str) -> wq.Query:
    """Return what is dated so; an article dated by its month alone is in the month, in none of its days."""
    first = int(start.replace("-", "").ljust(8, "0")) if start else 1  # 0: no date
    last = int(end.replace("-", "").ljust(8, "9")) if end else 99_999_999
    return wq.NumericRange("date", first, last)
