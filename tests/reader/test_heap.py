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


_HOLES = """
import ctypes, os
from reader.heap import give_back

library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
taken = [library.malloc(2000) for _ in range(20_000)]
[ctypes.memset(ctypes.c_void_p(one), 1, 2000) for one in taken]
[library.free(ctypes.c_void_p(one)) for number, one in enumerate(taken) if number % 20]
before = int(open("/proc/self/statm").read().split()[1])
give_back()
print((before - int(open("/proc/self/statm").read().split()[1])) * os.sysconf("SC_PAGE_SIZE"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the GNU C library's heaps")
@pytest.mark.parametrize(("arguments", "shared"), [([], False), (["share"], True)])
def test_threads_share_one_heap_when_told_to(arguments, shared):
    told = subprocess.run([sys.executable, "-c", _HEAPS, *arguments], capture_output=True, check=True).stdout
    assert (told.count(b"<heap nr=") == 1) is shared


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the GNU C library's heaps")
def test_what_is_free_between_what_is_kept_is_given_back():
    told = subprocess.run([sys.executable, "-c", _HOLES], capture_output=True, check=True).stdout
    assert int(told) > 20_000_000  # of 38 million bytes that are free
