"""Folding: the one form in which words are compared."""

from collections.abc import Callable
from typing import Final

from index.article import fold

_LIMIT: Final = 100_000

# What NFKD leaves alone though a reader takes it for the plain letter, and what words may
# hold that is not part of their spelling: soft hyphens, the spaces inside 12 000.
_SAME: Final = str.maketrans(
    {
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
        "\u00ad": None, "\u00a0": None, "\u202f": None, "\u2009": None,
        "ʼ": "'", "′": "'", "‘": "'", "´": "'", "＇": "'", "’": "'",
    }
)  # fmt: skip


class Memo(dict[str, str]):
    """The answers of a function of one word, asked for with `memo[word]`; emptied when it is full.

    A cache without a limit would grow with every misspelling ever read; after it is
    emptied the common words are back within a few articles.
    """

    def __init__(self, answer: Callable[[str], str], limit: int = _LIMIT) -> None:
        super().__init__()
        self._answer = answer
        self._limit = limit

    def __missing__(self, word: str) -> str:
        if len(self) >= self._limit:
            self.clear()
        self[word] = answer = self._answer(word)
        return answer


def _fold(word: str) -> str:
    if not word.isascii():
        # Twice: NFKD makes some characters into ones that are still to be folded.
        word = fold(fold(word.translate(_SAME)).translate(_SAME))
    word = word.lower()
    bare = word.replace(".", "")
    return bare if bare.isalpha() else word


FOLDED: Final = Memo(_fold)


def folded(word: str) -> str:
    """Return a word in lower case, without accents or ligatures, its apostrophes straight.

    The dots of `O.N.U.` go, those of `3.5` stay. Idempotent.
    """
    return FOLDED[word]
