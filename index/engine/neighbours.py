"""Words that stand side by side in a text as they were typed: never asked for, but worth more.

The sequential dependence of D. Metzler and W. B. Croft (A Markov random field model for term
dependencies, SIGIR 2005), with ordered pairs of forms only. Stop words take part: what is
typed as `camp de gendarmerie` is more than a camp and a gendarmerie.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from whoosh import query as wq

from index.engine import ranking
from index.engine.stems import is_idle
from index.engine.untyped import Whoosh
from index.language import folded, words
from index.query.tree import Node, Typing, Word


def dearer_together(
    found: wq.Query, parts: Iterable[Node], fields: Iterable[str], reader: Whoosh
) -> wq.Query:
    """Return a query for the same articles, in which neighbours among its parts add to the score."""
    together = [
        wq.Phrase(field, list(pair), boost=ranking.NEIGHBOUR_WEIGHT)
        for pair in dict.fromkeys(_pairs(parts))
        for field in fields
        if 0 < min(reader.doc_frequency(field, word) for word in pair) <= ranking.COMMON
    ]
    return wq.AndMaybe(found, wq.Or(together)) if together else found


def _pairs(parts: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yield the folded forms of words that were typed side by side, two stop words aside."""
    for typed, run in groupby(parts, lambda part: isinstance(part, Word | Typing)):
        if typed:
            row = [word for part in run if isinstance(part, Word | Typing) for word in words(part.text)]
            for pair in pairwise(row):
                if not all(map(is_idle, pair)) and folded(pair[0]) != folded(pair[1]):
                    yield folded(pair[0]), folded(pair[1])
