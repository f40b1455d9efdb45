"""How the C library keeps memory: one heap for all threads, and what is free of it given back."""

import ctypes
from typing import Final

_ARENA_MAX: Final = -8
"""M_ARENA_MAX of the GNU C library's malloc.h."""


def share_one_heap() -> None:
    """Let the threads started from now on share one heap. Source: mallopt(3).

    The GNU C library gives nearly every thread a heap, which keeps what it once grew to: a table
    sorted in one thread after the other took its memory once in each. Other libraries have no
    such heaps, or no mallopt; there is nothing to do there.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system the pages of the heap that nothing stands on; it takes less than a millisecond.

    The library does so at the end of the heap alone: what a long list took on the way stays below
    whatever was kept since, and too broken up to serve the next one. Source: malloc_trim(3).
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
