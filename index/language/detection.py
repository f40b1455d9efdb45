"""Which language a text is in, by counting its stop words."""

from collections import Counter
from itertools import islice
from typing import Final

from index.language.folding import folded
from index.language.stopwords import ENGLISH, FRENCH, word_set
from index.language.words import tokens

_SAMPLE: Final = 1_000
"""Words looked at: more change no answer."""
_SHARE: Final = 0.1
"""How many of the words must be stop words of the language: news has 0.3 to 0.5, tables of figures less."""
_MARGIN: Final = 1.5
"""How many times the runner-up's count the winner's must be."""
_MIN_HITS: Final = 2

# Neighbours that share words with ours (la, que, in, was) are known by those they do not share.
_NEIGHBOURS: Final = word_set(
    """
    el los las del una unas unos con para por pero como esta este fue muy ha han hay sus desde sobre il
    di che non per della delle degli gli nel nella sono anche piu alla questo stato dal dei os nao uma
    um ao aos dos das pelo pela mais foi sao em der die und das ist nicht ein eine einen mit von zu den
    dem auf fur im auch sich werden wird dass zum zur bei nach het een van niet zijn voor met door maar
    ook naar wordt bij op
    """
) - (FRENCH | ENGLISH)
_VOICES: Final = {"fr": FRENCH - ENGLISH, "en": ENGLISH - FRENCH, "other": _NEIGHBOURS}


# Measured on the first 1,500 characters: 99 in 100 French articles are over the first two and
# under the third, no text in Spanish, Bambara, Mooré, Wolof or Nigerian Pidgin is.
_SURE_SHARE: Final = 0.25
_SURE_KINDS: Final = 13
_SURE_NEIGHBOURS: Final = 0.05


def detect(text: str) -> str:
    """Return the language of a text: `fr`, `en`, or `other` where neither is clear."""
    heard, counts = _heard(text)
    (runner_up, _), (most, lang) = sorted((count, lang) for lang, count in heard.items())[-2:]
    clear = most >= max(_MIN_HITS, _SHARE * counts.total(), _MARGIN * runner_up)
    return lang if clear else "other"


def surely(text: str) -> str:
    """Return `fr` or `en` where the stop words of a text are too many and various for any other."""
    heard, counts = _heard(text)
    most, lang = max((heard[lang], lang) for lang in ("fr", "en"))
    total = counts.total()
    sure = (
        most >= _SURE_SHARE * total
        and heard["other"] <= _SURE_NEIGHBOURS * total
        and len(counts.keys() & _VOICES[lang]) >= _SURE_KINDS
    )
    return lang if sure else ""


def _heard(text: str) -> tuple[dict[str, int], Counter[str]]:
    """Return how many words of each voice are in a text, and how many of each word."""
    counts = Counter(folded(token.word) for token in islice(tokens(text), _SAMPLE))
    return {lang: sum(counts[word] for word in voice) for lang, voice in _VOICES.items()}, counts
