"""French and English as text: which of the two, its words, their folded forms. The standard library only."""

from index.language.detection import detect
from index.language.folding import folded
from index.language.naming import names_in
from index.language.stopwords import ENGLISH, FRENCH, is_stop_word
from index.language.words import Token, tokens, words

__all__ = ["ENGLISH", "FRENCH", "Token", "detect", "folded", "is_stop_word", "names_in", "tokens", "words"]
