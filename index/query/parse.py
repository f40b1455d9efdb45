"""From what is typed to a tree: recursive descent over the pieces.

    either  = both { OR both }
    both    = near { [AND] near }
    near    = clause { NEAR/n clause }
    clause  = { "-" | NOT } [ field ] ( "(" either ")" | phrase | word )

What is not finished is finished: quotes and parentheses left open close at the end,
an operator or a field that ends the query waits for its words and is left out.
"""

from datetime import date
from typing import Final

from index.language import words
from index.query.dates import date_range
from index.query.errors import QueryError
from index.query.lexer import AND, NOT, NOTE_FIELDS, OR, STATE_FIELDS, Kind, Piece, pieces
from index.query.moments import may_become_one, period
from index.query.nearmiss import refuse_near_miss
from index.query.states import KNOWN, state_begun, state_meant, state_named
from index.query.tree import (
    And,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Node,
    NoteField,
    Phrase,
    Prefix,
    Proximity,
    State,
    Typing,
    Wildcard,
    Word,
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

_DATE_WORDS: Final = 3
"""How many further words a date may have without quotes: `17 septembre 2024`."""


def parse(text: str, today: date | None = None) -> Node:
    """Return what a query means, `today` being the day that `hier` is before.

    Raises QueryError, and nothing else, for what cannot be answered.
    """
    return _Parser(text, today, typing=False).query()


def live(text: str, today: date | None = None) -> Node:
    """Return what a query means while it is typed: its last word, if no space follows, may go on.

    A date or a state that has only been begun is left out. Raises as `parse`.
    """
    return _Parser(text, today, typing=True).query()


class _Parser:
    """One reading of one query."""

    def __init__(self, text: str, today: date | None, *, typing: bool) -> None:
        if len(text) > MAX_LENGTH:
            raise QueryError("a query has at most {limit} characters", MAX_LENGTH, limit=MAX_LENGTH)
        self._text = text
        self._today = today or date.today()  # noqa: DTZ011 - the reader's own day
        self._typing = typing
        self._pieces = [*pieces(text)]
        self._at_piece = 0
        self._field = ""
        self._waiting = False
        self._clauses = self._shapes = self._depth = 0

    def query(self) -> Node:
        """Return the whole tree."""
        node = self._either()
        if self._next:
            raise QueryError(
                "this parenthesis closes nothing", self._next.column, self._with(self._next, "").strip()
            )
        if node is None and not self._waiting:
            raise QueryError("there is no word to look for", 0)
        return node or Everything()

    # Moving on

    @property
    def _next(self) -> Piece | None:
        return self._pieces[self._at_piece] if self._at_piece < len(self._pieces) else None

    def _take(self) -> Piece | None:
        piece = self._next
        self._at_piece += 1
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
            elif self._at(Kind.NEAR):
                parts[-1:] = [self._near(parts[-1] if parts and not waiting else None)]
            elif node := self._clause():
                parts.append(node)
                waiting = False
        return all_of(parts)

    def _near(self, left: Node | None) -> Node:
        """Return the words on either side of NEAR as one group; the left, while there is no right yet."""
        near = self._take()
        assert near
        right = self._clause() if self._next and self._next.kind in {Kind.CHUNK, Kind.PHRASE} else None
        if left and not right and not self._next:
            return left
        if not (
            isinstance(left, Word | Phrase | Proximity | Typing) and isinstance(right, Word | Phrase | Typing)
        ):
            raise QueryError("{word} needs a word on either side", near.column, word=near.text)
        return Proximity(f"{left.text} {right.text}", self._distance(near))

    def _distance(self, piece: Piece) -> int:
        distance = int((piece.near or "")[:3])
        if not 1 <= distance <= MAX_DISTANCE:
            raise QueryError("words may be 1 to {limit} apart", piece.column, limit=MAX_DISTANCE)
        return distance

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
        return Proximity(piece.text, self._distance(piece))

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
            self._waiting = self._typing
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

    def _date(self, field: Piece) -> Node | None:
        value = self._whole_date(self._value(field))
        try:
            return date_range(value.text, value.column, self._today)
        except QueryError as error:
            if self._unfinished(value) and may_become_one(value.text.rpartition("..")[2].lstrip("<>=")):
                return None
            if error.suggestion:
                error.suggestion = self._with(value, error.suggestion)
            raise

    def _whole_date(self, value: Piece) -> Piece:
        """Return a date of several words without quotes, `17 septembre 2024`, as one piece."""
        following = self._pieces[self._at_piece : self._at_piece + _DATE_WORDS]
        for count in range(len(following), 0, -1):
            if all(piece.kind is Kind.CHUNK for piece in following[:count]):
                end = following[count - 1].end
                if period(self._text[value.column : end], self._today):
                    self._at_piece += count
                    return Piece(Kind.CHUNK, self._text[value.column : end], value.column, end)
        return value

    def _unfinished(self, value: Piece) -> bool:
        """Say whether a value is still being typed; if so, wait for it."""
        waiting = self._typing and value.end == len(self._text)
        self._waiting |= waiting
        return waiting

    def _state(self, field: Piece) -> Node | None:
        value = self._value(field)
        if name := state_named(field.text, value.text):
            return State(field.text, name)
        if state_begun(field.text, value.text) and self._unfinished(value):
            return None
        near = state_meant(field.text, value.text)
        raise QueryError(
            "{field}:{value} is not known: {known}",
            value.column,
            self._with(value, near) if near else "",
            field=field.text,
            value=value.text,
            known=", ".join(f"{field.text}:{name}" for name in KNOWN[field.text]),
        )

    def _with(self, piece: Piece, text: str) -> str:
        """Return the query with something else in place of a piece."""
        return self._text[: piece.column] + text + self._text[piece.end :]
