"""The search index: the only place that knows Whoosh. Importing it costs what importing Whoosh costs."""

from index.engine.index import SearchIndex
from index.engine.marks import matches_in
from index.engine.results import Excerpt, FacetCount, Hit, Reason, Results
from index.engine.schema import SCHEMA_VERSION
from index.errors import IndexBusy, IndexFull, IndexStale, SearchCancelled, SearchError

__all__ = [
    "SCHEMA_VERSION",
    "Excerpt",
    "FacetCount",
    "Hit",
    "IndexBusy",
    "IndexFull",
    "IndexStale",
    "Reason",
    "Results",
    "SearchCancelled",
    "SearchError",
    "SearchIndex",
    "matches_in",
]
