"""Facets: for some fields, the values the hits have, and how many hits have each."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from index.article import EntityType
from index.engine.columns import Column
from index.engine.expand import Cancelled, patiently
from index.engine.results import FacetCount
from index.engine.schema import SEPARATOR
from index.engine.untyped import Whoosh

_NAMES: Final = tuple(kind.value for kind in EntityType if kind is not EntityType.OTHER)
FACETS: Final = (*_NAMES, "source", "lang", "month")
_MOST: Final = 100
"""Values of one facet that are told."""


Groups = Mapping[str, Mapping[str, Collection[str]]]
"""Facets that the index does not know: for each, its values and the ids of the articles that have them."""


def count_facets(
    reader: Whoosh, documents: Iterable[int], groups: Groups, cancelled: Cancelled
) -> dict[str, list[FacetCount]]:
    """Return the commonest values of each facet, commonest first. Raises SearchCancelled."""
    documents = list(documents)
    known = {name: _count(Column(reader, name), documents, cancelled) for name in FACETS}
    hits = set(documents)
    return known | {name: _ranked(_held(reader, hits, values, cancelled)) for name, values in groups.items()}


def _held(
    reader: Whoosh, hits: set[int], values: Mapping[str, Collection[str]], cancelled: Cancelled
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value, articles in values.items():
        for article in patiently(articles, cancelled):
            term = ("id", article.encode())
            counts[value] += term in reader and bool(hits.intersection(reader.postings(*term).all_ids()))
    return counts


def _count(column: Column, documents: list[int], cancelled: Cancelled) -> list[FacetCount]:
    joined = Counter(column[number] for number in patiently(documents, cancelled))
    counts: Counter[str] = Counter()
    for values, times in joined.items():
        for value in filter(None, values.split(SEPARATOR)):
            counts[value] += times
    return _ranked(counts)


def _ranked(counts: Counter[str]) -> list[FacetCount]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [FacetCount(value, times) for value, times in ranked[:_MOST] if times]
