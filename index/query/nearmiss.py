"""Names written almost right: `titel:bilan`, `tags:jnim`."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from index.language import folded
from index.query.errors import QueryError
from index.query.lexer import ALSO, FIELDS, Piece

# The colon must be followed by its value at once: « Bilan : dix morts » is text.
_NAMED: Final = re.compile(r"([A-Za-zÀ-ÿ]{2,}):(?=[^\s/:])")
_LIKENESS: Final = 0.75


def meant(name: str, known: Iterable[str]) -> str:
    """Return the one of `known` that a name is almost, or nothing."""
    return next(iter(get_close_matches(name.lower(), list(known), 1, _LIKENESS)), "")


def refuse_near_miss(text: str, piece: Piece) -> None:
    """Raise QueryError if a piece of a query begins with almost the name of a field."""
    named = _NAMED.match(piece.text)
    if not named:
        return
    name = named[1].lower()
    field = meant(folded(name), (*FIELDS, *ALSO))
    field = ALSO.get(field, field)
    if not field:
        return
    said = text[: piece.column] + field + text[piece.column + len(name) :]
    raise QueryError(
        "there is no field {name}: perhaps {field}:", piece.column, said, name=named[1], field=field
    )
