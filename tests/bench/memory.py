"""`make bench-memory`: how much memory `liseuse add` takes, by how many articles are added at once.

    python tests/bench/memory.py COUNT...

The real articles first, then texts made of their sentences. Prints a table: the largest `ru_maxrss`
of any process, which counts the pages of mapped files too.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def write(count: int, path: Path) -> None:
    """Write so many articles, one a line."""
    from crowd import write_records  # only in the process that writes: see `main`

    write_records(CORPORA, count, path, length=None)


def peak(home: Path, records: Path) -> tuple[float, float]:
    """Add some records to a new home; return how many MiB that took at most, and how many seconds."""
    command = [sys.executable, "-m", "reader", "--home", str(home), "add", str(records)]
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"add left with {child.returncode}")
    return usage.ru_maxrss / 1024, time.perf_counter() - begun


def main(counts: list[int]) -> None:
    """Measure each count in a home of its own."""
    print("| articles | MiB at most | seconds |\n|---|---|---|")  # noqa: T201
    for count in counts:
        with tempfile.TemporaryDirectory() as here:
            records = Path(here) / "articles.jsonl"
            # In a process of its own: a child's ru_maxrss begins at what its parent holds.
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                apart.submit(write, count, records).result()
            print("| {} | {:.0f} | {:.1f} |".format(count, *peak(Path(here) / "home", records)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
