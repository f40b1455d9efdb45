"""What can go wrong with the search index.

SearchError
├── IndexStale        missing, damaged, not ours or of another version: make it again
├── IndexBusy         another process is writing and did not finish in time
├── IndexFull         no room on the disk; what was committed before is still there
└── SearchCancelled   the search was told to give up

A query that cannot be answered is an `index.query.errors.QueryError`.
"""


class SearchError(Exception):
    """The search index cannot do what was asked."""


class IndexStale(SearchError):
    """The index on the disk cannot be used and is to be made again from the library; the message says why."""


class IndexBusy(SearchError):
    """Another process is writing to the index."""


class IndexFull(SearchError):
    """The disk is full."""


class SearchCancelled(SearchError):
    """The search was told to give up before it was done."""
