"""What can go wrong with the collection, named for the user's situation.

LibraryError
├── LibraryDamaged     the file cannot be read as a database
├── LibraryTooNew      made by a later Liseuse
├── LibraryNotOurs     a database, but not a library
├── LibraryBusy        another process is writing and did not finish in time
├── LibraryFull        no room on the disk
└── UnknownArticle     no such id, or a prefix of several

Errors of the search index and of queries live with them, in `index.engine.errors`
and `index.query.errors`.
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


class UnknownArticle(LibraryError):
    """No article, or more than one, answers to an id."""
