"""The rules in their order: what a model found in a text becomes the text's mentions."""

from collections.abc import Iterable
from typing import Final

from index.article import Mention
from index.entities.clean import clean
from index.entities.cues import cues, merged
from index.entities.gazetteer import Gazetteer
from index.entities.known import with_known
from index.entities.names import gather
from index.entities.pairs import pairs
from index.entities.spans import Found, overlay, settle
from index.entities.vote import agreed
from index.entities.words import words_of

RULES_VERSION: Final = 2
"""To be raised by whoever changes what the rules find; the data files are hashed."""


def mentions(
    text: str, normal: str, found: Iterable[Found], lang: str, gazetteer: Gazetteer
) -> list[Mention]:
    """Return the mentions of `text`, sorted and without overlaps, from what a model found in it."""
    words = words_of(lang)
    spans = settle(clean(normal, found, words))
    spans = cues(normal, spans, words)
    explained = list(pairs(normal))
    spans = overlay(spans, [span for pair in explained for span in (pair.acronym, pair.long)])
    spans = with_known(normal, spans, gazetteer.matches(normal))
    spans = agreed(normal, merged(normal, spans, words))
    return gather(text, spans, explained)
