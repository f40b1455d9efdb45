"""The query language: from what is typed to a tree, and back to words that say what was understood.

Knows nothing of Whoosh or of the index.
"""

from index.query.errors import QueryError
from index.query.hints import operators_meant
from index.query.narrow import clause_of, narrowed
from index.query.parse import live, parse
from index.query.tree import Node
from index.query.understood import understood

__all__ = ["Node", "QueryError", "clause_of", "live", "narrowed", "operators_meant", "parse", "understood"]
