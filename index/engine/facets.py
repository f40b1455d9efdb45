"""Facets: for some fields, the values the hits have, and how many hits have each."""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from index.article import EntityType
from index.engine.codec.files import Array
from index.engine.executor import most_common, numbers_of
from index.engine.expand import Cancelled, patiently
from index.engine.results import FacetCount
from index.engine.untyped import Whoosh

_NAMES: Final = tuple(kind.value for kind in EntityType if kind is not EntityType.OTHER)
FACETS: Final = (*_NAMES, "source", "lang", "month")
_MOST: Final = 100
"""Values of one facet that are told."""


Groups = Mapping[str, Mapping[str, Collection[str]]]
"""Facets that the index does not know: for each, its values and the ids of the articles that have them."""


def count_facets(
    reader: Whoosh, documents: Array, groups: Groups, cancelled: Cancelled
) -> dict[str, list[FacetCount]]:
    """Return each facet's commonest values, commonest first; `documents` ascend. Raises SearchCancelled."""
    known = {
        name: [FacetCount(*pair) for pair in most_common(reader, name, documents, _MOST)]
        for name in patiently(FACETS, cancelled)
    }
    return known | {name: _held(reader, documents, values, cancelled) for name, values in groups.items()}


def _held(
    reader: Whoosh, documents: Array, values: Mapping[str, Collection[str]], cancelled: Cancelled
) -> list[FacetCount]:
    counts = [
        FacetCount(value, int(np.isin(numbers_of(reader, values[value]), documents).sum()))
        for value in patiently(values, cancelled)
    ]
    ranked = sorted(counts, key=lambda told: (-told.count, told.value))
    return [told for told in ranked[:_MOST] if told.count]
