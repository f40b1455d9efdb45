"""What can go wrong with a collection, named for the user's situation.

LibraryError
├── LibraryDamaged     the file cannot be read as a database
├── LibraryTooNew      made by a later Liseuse
├── LibraryNotOurs     a database, but not a library
├── LibraryBusy        another process is writing and did not finish in time
├── LibraryFull        no room on the disk
├── CorrectionsLocked  the log of corrections cannot be read or written
└── UnknownArticle     no such id, or a prefix of several

SearchError
├── IndexStale         missing, damaged, not ours or of another version: make it again
├── IndexBusy          another process is writing and did not finish in time
├── IndexFull          no room on the disk; what was committed before is still there
└── SearchCancelled    the search was told to give up

A query that cannot be answered is an `index.query.errors.QueryError`. Both trees are
here so that they can be caught without importing Whoosh.
"""


class LibraryError(Exception):
    """The library cannot do what was asked; the message says what to do."""


class LibraryDamaged(LibraryError):
    """The file is not a readable database."""


class LibraryTooNew(LibraryError):
    """The file was made by a later version of Liseuse."""


class LibraryNotOurs(LibraryError):
    """The file is a database of another program."""


class LibraryBusy(LibraryError):
    """Another process holds the library."""


class LibraryFull(LibraryError):
    """The disk is full."""


class CorrectionsLocked(LibraryError):
    """The log of corrections cannot be read or written."""


class UnknownArticle(LibraryError):
    """No article, or more than one, answers to an id."""


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
