"""Facets: for some fields, the values the hits have, and how many hits have each."""

from collections import Counter
from collections.abc import Iterable
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


def count_facets(
    reader: Whoosh, documents: Iterable[int], cancelled: Cancelled
) -> dict[str, list[FacetCount]]:
    """Return the commonest values of each facet, commonest first. Raises SearchCancelled."""
    documents = list(documents)
    return {name: _count(Column(reader, name), documents, cancelled) for name in FACETS}


def _count(column: Column, documents: list[int], cancelled: Cancelled) -> list[FacetCount]:
    joined = Counter(column[number] for number in patiently(documents, cancelled))
    counts: Counter[str] = Counter()
    for values, times in joined.items():
        for value in filter(None, values.split(SEPARATOR)):
            counts[value] += times
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [FacetCount(value, times) for value, times in ranked[:_MOST]]
