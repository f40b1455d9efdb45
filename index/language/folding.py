"""Folding: the one form in which words are compared."""

from typing import Final

from index.article import fold

_CACHE_LIMIT: Final = 100_000

# What NFKD leaves alone though a reader takes it for the plain letter, and what words may
# hold that is not part of their spelling: soft hyphens, the spaces inside 12 000.
_SAME: Final = str.maketrans(
    {
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
        "ı": "i", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
        "\u00ad": None, "\u00a0": None, "\u202f": None, "\u2009": None,
        "ʼ": "'", "′": "'", "‘": "'", "´": "'", "＇": "'", "’": "'",
    }
)  # fmt: skip


class Memo(dict[str, str]):
    """Answers of a function of one word, kept up to a limit; emptied when it is reached.

    An unbounded cache would grow with every misspelling ever read; the common words
    are back within a few articles.
    """

    def __init__(self, limit: int = _CACHE_LIMIT) -> None:
        super().__init__()
        self._limit = limit

    def keep(self, word: str, answer: str) -> str:
        """Remember an answer and return it."""
        if len(self) >= self._limit:
            self.clear()
        self[word] = answer
        return answer


_folded: Final = Memo()


def folded(word: str) -> str:
    """Return a word in lower case, without accents or ligatures, its apostrophes straight.

    The dots of `O.N.U.` go, those of `3.5` stay. Idempotent.
    """
    known = _folded.get(word)
    return _folded.keep(word, _fold(word)) if known is None else known


def _fold(word: str) -> str:
    if not word.isascii():
        # Twice: NFKD makes some characters into ones that are still to be folded.
        word = fold(fold(word.translate(_SAME)).translate(_SAME))
    word = word.lower()
    return word if not word.replace(".", "").isalpha() else word.replace(".", "")
