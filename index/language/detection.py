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


def detect(text: str) -> str:
    """Return the language of a text: `fr`, `en`, or `other` where neither is clear."""
    counts = Counter(folded(token.word) for token in islice(tokens(text), _SAMPLE))
    heard = sorted((sum(counts[word] for word in voice), lang) for lang, voice in _VOICES.items())
    (runner_up, _), (most, lang) = heard[-2:]
    clear = most >= max(_MIN_HITS, _SHARE * counts.total(), _MARGIN * runner_up)
    return lang if clear else "other"
