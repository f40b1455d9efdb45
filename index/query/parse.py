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
from index.query.bounds import Bounds, check_length, distance
from index.query.cursor import Cursor
from index.query.dates import date_range
from index.query.errors import QueryError
from index.query.lexer import AND, NOT, NOTE_FIELDS, OR, STATE_FIELDS, Kind, Piece
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
        check_length(text)
        self._here = Cursor(text)
        self._bounds = Bounds()
        self._today = today or date.today()  # noqa: DTZ011 - the reader's own day
        self._typing = typing
        self._field = ""
        self._waiting = False

    def query(self) -> Node:
        """Return the whole tree."""
        node = self._either()
        if extra := self._here.next:
            said = self._here.with_instead(extra, "").strip()
            raise QueryError("this parenthesis closes nothing", extra.column, said)
        if node is None and not self._waiting:
            raise QueryError("there is no word to look for", 0)
        return node or Everything()

    # Joining

    def _either(self) -> Node | None:
        parts = [self._both()]
        while operator := self._here.accept(OR):
            self._need_before(parts[-1], operator)
            parts.append(self._both())
        return any_of(part for part in parts if part)

    def _both(self) -> Node | None:
        parts: list[Node] = []
        waiting = False
        while self._here.next and not self._here.at(Kind.CLOSE) and not self._here.at_operator(OR):
            if operator := self._here.accept(AND):
                self._need_before(parts[-1] if parts and not waiting else None, operator)
                waiting = True
            elif self._here.at(Kind.NEAR):
                parts[-1:] = [self._near(parts[-1] if parts and not waiting else None)]
            elif node := self._clause():
                parts.append(node)
                waiting = False
        return all_of(parts)

    def _near(self, left: Node | None) -> Node:
        """Return the words on either side of NEAR as one group; the left, while there is no right yet."""
        near = self._here.take()
        right = self._clause() if self._here.at(Kind.CHUNK, Kind.PHRASE) else None
        if left and not right and not self._here.next:
            return left
        if not (
            isinstance(left, Word | Phrase | Proximity | Typing) and isinstance(right, Word | Phrase | Typing)
        ):
            raise QueryError("{word} needs a word on either side", near.column, word=near.text)
        return self._proximity(f"{left.text} {right.text}", near)

    def _need_before(self, node: Node | None, operator: Piece) -> None:
        if node is None:
            said = self._here.with_instead(operator, operator.text.lower())
            raise QueryError("{word} needs something before it", operator.column, said, word=operator.text)

    # Clauses

    def _clause(self) -> Node | None:
        negated = False
        while self._here.at(Kind.MINUS) or self._here.at_operator(NOT):
            self._here.take()
            negated = not negated
        if not self._here.next or self._here.at(Kind.OPERATOR, Kind.CLOSE):
            return None
        node = self._field_clause() if self._here.at(Kind.FIELD) else self._operand()
        return none_of(node) if node and negated else node

    def _operand(self) -> Node | None:
        piece = self._here.take()
        if piece.kind is Kind.OPEN:
            return self._group(piece)
        self._bounds.clauses(1, piece)
        return self._phrase(piece) if piece.kind is Kind.PHRASE else self._chunk(piece)

    def _group(self, piece: Piece) -> Node | None:
        with self._bounds.deeper(piece):
            node = self._either()
        if self._here.next:
            self._here.take()
        return node

    def _phrase(self, piece: Piece) -> Node | None:
        if not words(piece.text):
            return None
        if self._field in NOTE_FIELDS:
            return NoteField(self._field, piece.text, quoted=True)
        if not piece.near or len(words(piece.text)) == 1:
            return Phrase(piece.text)
        return self._proximity(piece.text, piece)

    def _proximity(self, text: str, piece: Piece) -> Proximity:
        self._bounds.near(len(words(text)), piece)
        return Proximity(text, distance(piece))

    def _chunk(self, piece: Piece) -> Node | None:
        if self._field in NOTE_FIELDS:
            return NoteField(self._field, piece.text)
        refuse_near_miss(self._here.text, piece)
        typing = self._typing and self._here.ends_with(piece) and piece.text[-1].isalnum()
        node = word_node(piece.text, piece.column, typing=typing)
        parts = node.parts if isinstance(node, And) else (node,)
        self._bounds.clauses(len(parts) - 1, piece)
        self._bounds.shapes(sum(isinstance(part, Prefix | Wildcard | Fuzzy) for part in parts), piece)
        return node

    # Fields

    def _field_clause(self) -> Node | None:
        field = self._here.take()
        if self._here.next is None:
            self._waiting = self._typing
            return None
        if self._here.at(Kind.OPERATOR, Kind.CLOSE):
            raise QueryError("{field}: needs something after it", field.column, field=field.text)
        if field.text == "date":
            return self._date(field)
        if field.text in STATE_FIELDS:
            return self._state(field)
        return self._scoped(field)

    def _scoped(self, field: Piece) -> Node | None:
        outer, self._field = self._field, field.text
        with self._bounds.deeper(field):
            node = self._clause()
        self._field = outer
        if (
            node is None
            or field.text in NOTE_FIELDS
            or isinstance(node, Field | NoteField | State | DateRange)
        ):
            return node  # the inner field is the one that was meant
        return Field(field.text, node)

    def _value(self, field: Piece) -> Piece:
        """Return the one word or quoted text that a field takes."""
        value = self._here.take()
        if value.kind not in {Kind.CHUNK, Kind.PHRASE}:
            raise QueryError("{field}: takes one value", value.column, field=field.text)
        self._bounds.clauses(1, value)
        return value

    def _date(self, field: Piece) -> Node | None:
        value = self._whole_date(self._value(field))
        try:
            return date_range(value.text, value.column, self._today)
        except QueryError as error:
            if self._unfinished(value) and may_become_one(value.text.rpartition("..")[2].lstrip("<>=")):
                return None
            if error.suggestion:
                error.suggestion = self._here.with_instead(value, error.suggestion)
            raise

    def _whole_date(self, value: Piece) -> Piece:
        """Return a date of several words without quotes, `17 septembre 2024`, as one piece."""
        ahead = self._here.words_ahead(_DATE_WORDS)
        for count in range(len(ahead), 0, -1):
            end = ahead[count - 1].end
            said = self._here.text[value.column : end]
            if period(said, self._today):
                self._here.skip(count)
                return Piece(Kind.CHUNK, said, value.column, end)
        return value

    def _unfinished(self, value: Piece) -> bool:
        """Say whether a value is still being typed; if so, wait for it."""
        waiting = self._typing and self._here.ends_with(value)
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
            self._here.with_instead(value, near) if near else "",
            field=field.text,
            value=value.text,
            known=", ".join(f"{field.text}:{name}" for name in KNOWN[field.text]),
        )
