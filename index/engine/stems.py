"""Stems: the form under which the inflections of a word are found as one.

Words are folded before they are stemmed, so that `evenements` and `événements` meet.
Acronyms and figures are not stemmed. With the memo only a word never seen before costs anything.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from whoosh.lang.snowball.english import EnglishStemmer

from index.engine.french import stem_in_french
from index.language import ENGLISH, FRENCH, folded, is_stop_word, words
from index.language.folding import Memo

_ACRONYM: Final = 5
"""Letters: a longer word in capitals is shouted (ATTAQUE), or its stem meets no other word's."""
_MIN: Final = 3
_WANTED: Final = 1_000
"""Words of queries whose stems are remembered."""

_english: Final = EnglishStemmer()


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word.replace(".", "")) <= _ACRONYM


def _english_stem(word: str) -> str:
    found: str = _english.stem(word)
    return found if len(found) >= _MIN else word


_FRENCH: Final = Memo(stem_in_french)
_ENGLISH: Final = Memo(_english_stem)
"""Of folded words: what is written `Attaque`, `ATTAQUE` and `attaqué` is stemmed once."""


def _stem_in_french(word: str) -> str:
    plain = folded(word)
    return plain if _is_acronym(word) or _has_figure(plain) else _FRENCH[plain]


def _stem_in_english(word: str) -> str:
    plain = folded(word)
    return plain if _is_acronym(word) or _has_figure(plain) else _ENGLISH[plain]


def _has_figure(word: str) -> bool:
    return any(char.isdigit() for char in word)


_STEMS: Final = {"en": Memo(_stem_in_english)}
_STEMS_ELSEWHERE: Final = Memo(_stem_in_french)


def stem(word: str, lang: str) -> str:
    """Return the stem of a word as it stands in a text; English for `en`, French for any other language."""
    return _STEMS.get(lang, _STEMS_ELSEWHERE)[word]


def _kept(word: str, stem_of: Callable[[str], str], stop_words: frozenset[str]) -> str:
    return "" if folded(word) in stop_words and not _is_acronym(word) else stem_of(word)


_KEPT: Final = {"en": Memo(lambda word: _kept(word, _stem_in_english, ENGLISH))}
_KEPT_ELSEWHERE: Final = Memo(lambda word: _kept(word, _stem_in_french, FRENCH))


def indexed_stems(lang: str) -> Memo:
    """Return the memo that gives the stem a word is indexed under; empty for a stop word of the language."""
    return _KEPT.get(lang, _KEPT_ELSEWHERE)


@lru_cache(_WANTED)
def wanted_stems(word: str) -> frozenset[str]:
    """Return the stems a word of a query may have been indexed under, whatever the language and the case."""
    plain = folded(word)
    as_acronym = {plain} if len(plain) <= _ACRONYM else set()
    return frozenset({_stem_in_french(plain), _stem_in_english(plain)} | as_acronym)


def is_idle(text: str) -> bool:
    """Say whether a query's word is a mere stop word, which the stemmed fields do not hold."""
    return all(is_stop_word(folded(word)) and not _is_acronym(word) for word in words(text))
