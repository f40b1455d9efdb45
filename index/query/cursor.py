"""Where a parser stands among the pieces of a query."""

from index.query.lexer import Kind, Piece, pieces


class Cursor:
    """The pieces of a query, taken one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = [*pieces(text)]
        self._at = 0

    @property
    def next(self) -> Piece | None:
        """The piece that comes next; None at the end."""
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def take(self) -> Piece:
        """Go past the next piece and return it. There must be one."""
        piece = self._pieces[self._at]
        self._at += 1
        return piece

    def at(self, *kinds: Kind) -> bool:
        """Say whether a piece of one of some kinds comes next."""
        return self.next is not None and self.next.kind in kinds

    def at_operator(self, names: frozenset[str]) -> bool:
        """Say whether one of some operators comes next."""
        return self.next is not None and self.next.kind is Kind.OPERATOR and self.next.text in names

    def accept(self, names: frozenset[str]) -> Piece | None:
        """Take the next piece if it is one of some operators."""
        return self.take() if self.at_operator(names) else None

    def words_ahead(self, most: int) -> list[Piece]:
        """Return up to so many words that come next, before anything else."""
        ahead: list[Piece] = []
        for piece in self._pieces[self._at : self._at + most]:
            if piece.kind is not Kind.CHUNK:
                break
            ahead.append(piece)
        return ahead

    def skip(self, count: int) -> None:
        """Go past so many pieces."""
        self._at += count

    def ends_with(self, piece: Piece) -> bool:
        """Say whether nothing at all follows a piece, not even a space."""
        return piece.end == len(self.text)

    def with_instead(self, piece: Piece, text: str) -> str:
        """Return the query with something else in place of a piece."""
        return self.text[: piece.column] + text + self.text[piece.end :]
