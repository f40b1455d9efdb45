"""What a damaged index gives rise to, told as one error."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from whoosh import index as windex
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import TermNotFound

from index.errors import IndexStale

NONSENSE: Final = (
    ValueError,
    LookupError,
    OverflowError,
    MemoryError,
    AssertionError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What may come of reckoning with damaged arrays, and of faults of ours."""
_DAMAGE: Final = (
    windex.IndexError,
    TermNotFound,
    FileFormatError,
    struct.error,
    zlib.error,
    EOFError,
    FileNotFoundError,
)
UNREADABLE: Final = (*_DAMAGE, *NONSENSE)
"""What may come of reading a table of contents that Whoosh did not write."""


@contextmanager
def damage_told(kinds: tuple[type[Exception], ...] = _DAMAGE) -> Iterator[None]:
    """Raise IndexStale for any of these kinds of error."""
    try:
        yield
    except kinds as error:
        message = f"the index is damaged: {type(error).__name__}: {error}"
        raise IndexStale(message) from error
