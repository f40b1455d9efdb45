"""How the C library keeps memory, seen in its own account of its heaps."""

import subprocess
import sys

import pytest

_HEAPS = """
import ctypes, sys, threading
from reader.heap import share_one_heap

if sys.argv[1:] == ["share"]:
    share_one_heap()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
there = threading.Barrier(4)

def take() -> None:
    there.wait()
    library.malloc(1000)
    there.wait()

threads = [threading.Thread(target=take) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the GNU C library's heaps")
@pytest.mark.parametrize(("arguments", "shared"), [([], False), (["share"], True)])
def test_threads_share_one_heap_when_told_to(arguments, shared):
    told = subprocess.run([sys.executable, "-c", _HEAPS, *arguments], capture_output=True, check=True).stdout
    assert (told.count(b"<heap nr=") == 1) is shared
