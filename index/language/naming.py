"""Names in texts, as words: case, accents and the signs between the words do not count."""

from collections.abc import Iterable
from functools import lru_cache

from index.language.folding import folded
from index.language.words import words


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand in a text as whole words; one of signs alone stands nowhere."""
    said = _row(text)
    return [name for name in names if (row := _row(name)).strip() and row in said]


@lru_cache(1_000)
def _row(text: str) -> str:
    return f" {' '.join(map(folded, words(text)))} "
