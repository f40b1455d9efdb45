"""Words of a typed word's family: never asked for, but worth more where any of the words will do.

An article that lacks `pollution` and holds `polluante` answers better than one that lacks both.
A family is told by its first letters: truncation, which does for French what stemming leaves
undone (P. McNamee and J. Mayfield, Character n-gram tokenization for European language text
retrieval, Information Retrieval 7, 2004).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from whoosh import query as wq

from index.engine import ranking
from index.engine.expand import Cancelled, OneOf, beginning
from index.engine.stems import is_idle, wanted_stems
from index.engine.untyped import Whoosh
from index.language import words
from index.query.tree import Node, Typing, Word

_ROOT: Final = 5
"""Letters that make a family; a shorter stem has none."""


def relatives(parts: Iterable[Node], field: str, reader: Whoosh, cancelled: Cancelled) -> Iterator[wq.Query]:
    """Yield for each word among the parts a query for its relatives, worth half of what they tell apart."""
    for word in dict.fromkeys(_words(parts)):
        own = wanted_stems(word)
        family = {
            stem
            for root in {stem[:_ROOT] for stem in own if len(stem) >= _ROOT and stem.isalpha()}
            for stem in beginning(reader, field, root, cancelled)
            if stem.isalpha()
        }
        having = sum(reader.doc_frequency(field, stem) for stem in family | own)
        if having <= ranking.COMMON and family - own:
            worth = ranking.RELATIVE_WEIGHT * ranking.rarity(reader.doc_count_all(), having)
            yield OneOf(field, family - own, cancelled, boost=worth)


def _words(parts: Iterable[Node]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Word | Typing):
            yield from (word for word in words(part.text) if not is_idle(word))
