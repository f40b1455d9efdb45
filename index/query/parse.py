"""From what is typed to a tree: recursive descent over the pieces.

    either  = both { OR both }
    both    = clause { [AND] clause }
    clause  = { "-" | NOT } [ field ] ( "(" either ")" | phrase | word )

What is not finished is finished: quotes and parentheses left open close at the end,
an operator or a field that ends the query waits for its words and is left out.
"""

from collections.abc import Iterator
from typing import Final

from index.language import words
from index.query.dates import date_range
from index.query.errors import QueryError
from index.query.lexer import AND, NOT, NOTE_FIELDS, OR, STATE_FIELDS, Kind, Piece, pieces
from index.query.nearmiss import meant, refuse_near_miss
from index.query.tree import (
    And,
    DateRange,
    Field,
    Fuzzy,
    Node,
    NoteField,
    Phrase,
    Prefix,
    Proximity,
    State,
    Wildcard,
    all_of,
    any_of,
    none_of,
)
from index.query.words import word_node

MAX_LENGTH: Final = 1_000
MAX_CLAUSES: Final = 64
MAX_DEPTH: Final = 20
MAX_DISTANCE: Final = 99
MAX_SHAPES: Final = 8
"""Words with `*`, `?` or `~`: each is compared with many words of the index."""

_STATES: Final = {"has": ("note",), "is": ("unread", "read", "changed", "duplicate")}


def parse(text: str) -> Node:
    """Return what a query means. Raises QueryError, and nothing else, for what cannot be answered."""
    return _Parser(text, typing=False).query()


def live(text: str) -> Node:
    """Return what a query means while it is typed: its last word, if no space follows, may go on."""
    return _Parser(text, typing=True).query()


class _Parser:
    """One reading of one query."""

    def __init__(self, text: str, *, typing: bool) -> None:
        if len(text) > MAX_LENGTH:
            raise QueryError("a query has at most {limit} characters", MAX_LENGTH, limit=MAX_LENGTH)
        self._text = text
        self._typing = typing
        self._rest: Iterator[Piece] = pieces(text)
        self._next = next(self._rest, None)
        self._field = ""
        self._clauses = self._shapes = self._depth = 0

    def query(self) -> Node:
        """Return the whole tree."""
        node = self._either()
        if self._next:
            raise QueryError(
                "this parenthesis closes nothing", self._next.column, self._with(self._next, "").strip()
            )
        if node is None:
            raise QueryError("there is no word to look for", 0)
        return node

    # Moving on

    def _take(self) -> Piece | None:
        piece, self._next = self._next, next(self._rest, None)
        return piece

    def _at(self, kind: Kind) -> bool:
        return self._next is not None and self._next.kind is kind

    def _accept(self, operators: frozenset[str]) -> Piece | None:
        if self._next and self._next.kind is Kind.OPERATOR and self._next.text in operators:
            return self._take()
        return None

    # Joining

    def _either(self) -> Node | None:
        parts = [self._both()]
        while operator := self._accept(OR):
            self._need_before(parts[-1], operator)
            parts.append(self._both())
        return any_of(part for part in parts if part)

    def _both(self) -> Node | None:
        parts: list[Node] = []
        waiting = False
        while self._next and not self._at(Kind.CLOSE) and self._next.text not in self._alternatives():
            if operator := self._accept(AND):
                self._need_before(parts[-1] if parts and not waiting else None, operator)
                waiting = True
            elif node := self._clause():
                parts.append(node)
                waiting = False
        return all_of(parts)

    def _alternatives(self) -> frozenset[str]:
        return OR if self._at(Kind.OPERATOR) else frozenset()

    def _need_before(self, node: Node | None, operator: Piece) -> None:
        if node is None:
            said = self._with(operator, operator.text.lower())
            raise QueryError("{word} needs something before it", operator.column, said, word=operator.text)

    # Clauses

    def _clause(self) -> Node | None:
        negated = False
        while self._at(Kind.MINUS) or (self._at(Kind.OPERATOR) and self._next and self._next.text in NOT):
            self._take()
            negated = not negated
        if self._next is None or self._next.kind in {Kind.OPERATOR, Kind.CLOSE}:
            return None
        node = self._field_clause() if self._at(Kind.FIELD) else self._operand()
        return none_of(node) if node and negated else node

    def _operand(self) -> Node | None:
        piece = self._take()
        assert piece
        if piece.kind is Kind.OPEN:
            return self._group(piece)
        self._count(1, piece)
        return self._phrase(piece) if piece.kind is Kind.PHRASE else self._chunk(piece)

    def _group(self, piece: Piece) -> Node | None:
        self._descend(piece)
        node = self._either()
        self._depth -= 1
        if self._next:
            self._take()
        return node

    def _descend(self, piece: Piece) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError("parentheses go at most {limit} deep", piece.column, limit=MAX_DEPTH)

    def _phrase(self, piece: Piece) -> Node | None:
        if not words(piece.text):
            return None
        if self._field in NOTE_FIELDS:
            return NoteField(self._field, piece.text, quoted=True)
        if not piece.near or len(words(piece.text)) == 1:
            return Phrase(piece.text)
        distance = int(piece.near[:3])
        if not 1 <= distance <= MAX_DISTANCE:
            raise QueryError("words may be 1 to {limit} apart", piece.column, limit=MAX_DISTANCE)
        return Proximity(piece.text, distance)

    def _chunk(self, piece: Piece) -> Node | None:
        if self._field in NOTE_FIELDS:
            return NoteField(self._field, piece.text)
        refuse_near_miss(self._text, piece)
        typing = self._typing and piece.end == len(self._text) and piece.text[-1].isalnum()
        node = word_node(piece.text, piece.column, typing=typing)
        parts = node.parts if isinstance(node, And) else (node,)
        self._count(len(parts) - 1, piece)
        self._shapes += sum(isinstance(part, Prefix | Wildcard | Fuzzy) for part in parts)
        if self._shapes > MAX_SHAPES:
            raise QueryError("at most {limit} words may have *, ? or ~", piece.column, limit=MAX_SHAPES)
        return node

    def _count(self, clauses: int, piece: Piece) -> None:
        self._clauses += clauses
        if self._clauses > MAX_CLAUSES:
            raise QueryError("a query has at most {limit} words", piece.column, limit=MAX_CLAUSES)

    # Fields

    def _field_clause(self) -> Node | None:
        field = self._take()
        assert field
        if self._next is None:
            return None
        if self._next.kind in {Kind.OPERATOR, Kind.CLOSE}:
            raise QueryError("{field}: needs something after it", field.column, field=field.text)
        if field.text == "date":
            return self._date(field)
        if field.text in STATE_FIELDS:
            return self._state(field)
        return self._scoped(field)

    def _scoped(self, field: Piece) -> Node | None:
        self._descend(field)
        outer, self._field = self._field, field.text
        node = self._clause()
        self._field = outer
        self._depth -= 1
        if (
            node is None
            or field.text in NOTE_FIELDS
            or isinstance(node, Field | NoteField | State | DateRange)
        ):
            return node  # the inner field is the one that was meant
        return Field(field.text, node)

    def _value(self, field: Piece) -> Piece:
        """Return the one word or quoted text that a field takes."""
        value = self._take()
        assert value
        if value.kind not in {Kind.CHUNK, Kind.PHRASE}:
            raise QueryError("{field}: takes one value", value.column, field=field.text)
        self._count(1, value)
        return value

    def _date(self, field: Piece) -> Node:
        value = self._value(field)
        try:
            return date_range(value.text, value.column)
        except QueryError as error:
            if error.suggestion:
                error.suggestion = self._with(value, error.suggestion)
            raise

    def _state(self, field: Piece) -> Node:
        value = self._value(field)
        known = _STATES[field.text]
        if value.text.lower() in known:
            return State(field.text, value.text.lower())
        near = meant(value.text, known)
        said = self._with(value, near) if near else ""
        raise QueryError(
            "{field}:{value} is not known: {known}",
            value.column,
            said,
            field=field.text,
            value=value.text,
            known=", ".join(f"{field.text}:{name}" for name in known),
        )

    def _with(self, piece: Piece, text: str) -> str:
        """Return the query with something else in place of a piece."""
        return self._text[: piece.column] + text + self._text[piece.end :]
