"""Evaluates Whoosh's queries on arrays of postings, a segment at a time: see docs/engine.md."""

from index.engine.executor.evaluate import Evaluation
from index.engine.executor.facets import most_common, numbers_of
from index.engine.executor.scoring import Scoring

__all__ = ["Evaluation", "Scoring", "most_common", "numbers_of"]
