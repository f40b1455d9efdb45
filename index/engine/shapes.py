"""Words of a shape (`Go?ta`) and near words (`Goita~1`), told one by one as the index finds them."""

import re
from functools import lru_cache

from index.language import folded


@lru_cache(100)
def regex_of(text: str) -> re.Pattern[str]:
    """Return what matches the folded words of a shape: `?` one character, `*` any number."""
    pieces = (
        re.escape(folded(piece)) if piece not in {"*", "?"} else piece for piece in re.split(r"([*?])", text)
    )
    return re.compile("".join({"*": ".*", "?": "."}.get(piece, piece) for piece in pieces), re.DOTALL)


def beginning_of(text: str) -> str:
    """Return the folded letters before a shape's first `*` or `?`."""
    return folded(re.split(r"[*?]", text, maxsplit=1)[0])


def within(word: str, other: str, edits: int) -> bool:
    """Say whether words differ by at most so many letters put in, left out or changed."""
    if abs(len(word) - len(other)) > edits:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        before, row = row, [number]
        for place, candidate in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != candidate)))
        if min(row) > edits:
            return False
    return row[-1] <= edits
