"""What may have been meant otherwise: operators typed in lower case are words."""

from typing import Final

from index.query.lexer import Kind, pieces

_OPERATORS: Final = {"or": "OR", "ou": "OU", "not": "NOT", "sauf": "SAUF"}
"""Not `and`, `et`: all words are asked for anyway."""


def operators_meant(text: str) -> str:
    """Return a query with its `or`, `ou`, `not`, `sauf` in capitals; empty if there is none between words."""
    found = [*pieces(text)]
    said = text
    for before, piece, after in zip(found, found[1:], found[2:], strict=False):
        between = {before.kind, after.kind} <= {Kind.CHUNK, Kind.PHRASE, Kind.OPEN, Kind.CLOSE, Kind.FIELD}
        if piece.kind is Kind.CHUNK and piece.text in _OPERATORS and between:
            said = said[: piece.column] + _OPERATORS[piece.text] + said[piece.end :]
    return said if said != text else ""
