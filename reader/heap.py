"""How the C library keeps memory: one heap for all threads."""

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
