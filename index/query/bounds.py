"""How much one query may ask: any text is answered or refused within a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from index.query.errors import QueryError
from index.query.lexer import Piece

MAX_LENGTH: Final = 1_000
MAX_CLAUSES: Final = 64
MAX_DEPTH: Final = 20
MAX_DISTANCE: Final = 99
MAX_NEAR: Final = 16
"""Words that are to stand near each other: everywhere each is compared with each."""
MAX_SHAPES: Final = 8
"""Words with `*`, `?` or `~`: each is compared with many words of the index."""


def check_length(text: str) -> None:
    """Raise QueryError if a query is too long to be read."""
    if len(text) > MAX_LENGTH:
        raise QueryError("a query has at most {limit} characters", MAX_LENGTH, limit=MAX_LENGTH)


def distance(piece: Piece) -> int:
    """Return how far apart words may be. Raises QueryError if that is too far."""
    asked = int((piece.near or "")[:3])
    if not 1 <= asked <= MAX_DISTANCE:
        raise QueryError("words may be 1 to {limit} apart", piece.column, limit=MAX_DISTANCE)
    return asked


class Bounds:
    """What a query has asked so far. Every method raises QueryError, at a piece, when it is too much."""

    def __init__(self) -> None:
        self._clauses = self._near = self._shapes = self._depth = 0

    def clauses(self, count: int, piece: Piece) -> None:
        """Count words to look for."""
        self._clauses += count
        if self._clauses > MAX_CLAUSES:
            raise QueryError("a query has at most {limit} words", piece.column, limit=MAX_CLAUSES)

    def near(self, count: int, piece: Piece) -> None:
        """Count words that are to stand near each other."""
        self._near += count
        if self._near > MAX_NEAR:
            raise QueryError("at most {limit} words may be near each other", piece.column, limit=MAX_NEAR)

    def shapes(self, count: int, piece: Piece) -> None:
        """Count words with `*`, `?` or `~`."""
        self._shapes += count
        if self._shapes > MAX_SHAPES:
            raise QueryError("at most {limit} words may have *, ? or ~", piece.column, limit=MAX_SHAPES)

    @contextmanager
    def deeper(self, piece: Piece) -> Iterator[None]:
        """Go into a group or a field, and out again."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError("parentheses go at most {limit} deep", piece.column, limit=MAX_DEPTH)
        yield
        self._depth -= 1
