"""BM25F as Whoosh reckons it, for all postings of a term at once."""

from typing import Final

import numpy as np
from whoosh.scoring import BM25F

from index.engine.codec.files import Array
from index.engine.codec.readers import LENGTHS
from index.engine.untyped import Whoosh


class Scoring:
    """What scores the postings of one query, in every segment with the statistics of the whole index.

    The operations are those of `whoosh.scoring.bm25`, in its order; what they say of a field
    is reckoned once.
    """

    def __init__(self, searcher: Whoosh) -> None:
        self.searcher: Final = searcher
        self._weighting = searcher.weighting
        self._norms: dict[str, Array] = {}

    @property
    def is_known(self) -> bool:
        """Whether the weighting is BM25F; any other is Whoosh's own matchers' to apply."""
        return isinstance(self._weighting, BM25F)

    def scores(self, field: str, key: bytes, freqs: Array, lengths: Array) -> Array:
        """Return the scores of postings of a term: how often it stands in each, and its length as a byte."""
        k1, counts = self._weighting.K1, freqs.astype(np.float64)
        weights = (counts * (k1 + 1)) / (counts + self._norms_of(field)[lengths])
        scored: Array = self.searcher.idf(field, key) * weights
        return scored

    def _norms_of(self, field: str) -> Array:
        if field not in self._norms:
            b = self._weighting._field_B.get(field, self._weighting.B)  # noqa: SLF001 - it tells no other way
            average = self.searcher.avg_field_length(field) or 1
            self._norms[field] = self._weighting.K1 * ((1 - b) + b * LENGTHS / average)
        return self._norms[field]
