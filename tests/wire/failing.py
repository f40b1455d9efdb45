"""Stores that fail now and then, as on a disk that is dying: every way into them, with each kind of error."""

import random
from collections.abc import Callable
from typing import Any

from index.errors import IndexStale, LibraryBusy, LibraryDamaged, SearchError
from notes import NotebookError

_LIBRARY = (LibraryBusy, LibraryDamaged)
_NOTES = (NotebookError,)
_INDEX = (IndexStale, SearchError, OSError)


def fail_now_and_then(seed: int, part: float) -> None:
    """Let a part of the calls of the library, the notebook and the index fail from now on."""
    from index.engine.index import SearchIndex
    from index.store import Store as Library
    from notes.store import Store as Notes

    chance = random.Random(seed)

    def fails(errors: tuple[type[Exception], ...]) -> None:
        if chance.random() < part:
            raise chance.choice(errors)("the disk has failed")

    _prepend(Library, "rows", lambda: fails(_LIBRARY))
    _prepend(Library, "transaction", lambda: fails(_LIBRARY))
    _prepend(Notes, "read", lambda: fails(_NOTES))
    _prepend(Notes, "write", lambda: fails(_NOTES))
    _prepend(SearchIndex, "_asking", lambda: fails(_INDEX))


def _prepend(kind: type, name: str, first: Callable[[], None]) -> None:
    """Have something done before a method."""
    method = getattr(kind, name)

    def replaced(self: Any, *args: Any, **named: Any) -> Any:
        first()
        return method(self, *args, **named)

    setattr(kind, name, replaced)
