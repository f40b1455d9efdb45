"""Killed at random moments and run again each time, adding must end as if undisturbed: `make kill-add`.

    python tests/faults/kill_add.py FILE_OR_FOLDER [KILLS] [SEED]

Adds it once undisturbed and once under SIGKILL, and compares every row of the two libraries but
the time of addition, the ids in the index, and the hits of some searches. Says how long and how much
memory an addition, a second one, and one of a touched file take.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.collection import Collection
from index.library import Library
from index.query import parse
from reader.paths import places

QUERIES = ("Macron", "armée Sahel", '"gilets jaunes"', "djihad*", "coronavirus -masque", "title:grève", "lang:fr 2019", "Bamako~1")  # fmt: skip


def contents(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that matters, by table, in an order of its own."""
    store = library._store
    tables = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in tables:
        columns = [
            row[1] for row in store.rows(f"PRAGMA table_info({table})") if row[1] not in ("added", "change")
        ]
        names = ", ".join(f'"{column}"' for column in columns)
        found[table] = sorted(store.rows(f'SELECT {names} FROM "{table}"'), key=repr)
    return found


def searches(collection: Collection) -> list[object]:
    """Return the ids that are indexed and the hits of the queries, each with its score."""
    found: list[object] = [sorted(collection.index.ids())]
    for query in QUERIES:
        results = collection.index.search(parse(query), text_of=lambda _id: "", limit=50)
        found.append((query, results.total, [(round(hit.score, 6), hit.id) for hit in results.hits]))
    return found


def command(home: Path, path: Path) -> list[str]:
    return [sys.executable, "-m", "reader", "--home", str(home), "add", str(path)]


def add(home: Path, path: Path) -> float:
    """Add to the end; return the seconds it took."""
    started = time.perf_counter()
    subprocess.run(command(home, path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def kill_once(home: Path, path: Path, after: float) -> bool:
    """Begin to add and kill the process after so many seconds; return whether it was still at it."""
    process = subprocess.Popen(command(home, path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def differences(one: Path, other: Path) -> list[str]:
    """Return what differs between the libraries and indexes of two homes."""
    found = []
    opened = [Collection(places(str(home)).library, places(str(home)).index) for home in (one, other)]
    with opened[0] as here, opened[1] as there:
        rows, others = contents(here.library), contents(there.library)
        found += [f"table {name}" for name in rows if rows[name] != others[name]]
        hits = zip(searches(here), searches(there), strict=True)
        found += [f"search {a[0] if isinstance(a, tuple) else 'ids'}" for a, b in hits if a != b]
    return found


def main(path: Path, kills: int, seed: int) -> int:
    """Measure, kill, compare; return 1 if anything differs."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as here:
        calm, troubled = Path(here) / "calm", Path(here) / "troubled"
        whole = add(calm, path)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        again = add(calm, path)
        os.utime(path)
        touched = add(calm, path)
        print(
            f"added in {whole:.1f} s, {peak} MiB at most; again {again:.2f} s, touched {touched:.2f} s",
            flush=True,
        )
        done = 0
        for _ in range(20 * kills):
            done += kill_once(troubled, path, chance.uniform(0.3, max(whole / 6, 0.6)))
            if done == kills:
                break
        add(troubled, path)
        found = differences(calm, troubled)
    print(f"{done} kills; " + ("differs: " + ", ".join(found) if found else "library and index are the same"))
    return int(bool(found) or not done)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[2:]]
    sys.exit(main(Path(sys.argv[1]), *(numbers + [20, 7][len(numbers) :])))
