"""`make bench-engine SIZE=10000`: our index beside stock Whoosh, SQLite FTS5 and tantivy, on one core.

Each engine indexes the same articles and answers the same questions, twenty hits a page,
warm, in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import articles
from engines import ASK, ENGINES, INDEX, LACKS, Ask
from run import QUERIES, ROOT, SHARED, Report, percentiles, timed

from index.engine import SearchIndex


def _mib() -> float:
    """Return the most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


# In a process of its own


def do_index(engine: str, size: int, folder: Path) -> dict[str, float]:
    """Index, and return the seconds and the memory it took beside making the articles."""
    found = list(articles(SHARED, size))
    before = _now_mib()
    cpu, wall = time.process_time(), time.perf_counter()
    INDEX[engine](iter(found), folder)
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "mib": _mib() - before}


def do_ask(engine: str, _size: int, folder: Path) -> dict[str, Any]:
    """Open and ask, and return the times by way and kind."""
    before, begun = _now_mib(), time.perf_counter()
    if engine == "liseuse":
        SearchIndex.open(folder / "ours").count()
    opened, memory = time.perf_counter() - begun, _now_mib() - before
    times = {
        way + "|" + kind: [t for query in queries for t in _warm(ask, query)]
        for way, ask in ASK[engine](folder).items()
        for kind, queries in QUERIES.items()
        if kind not in LACKS.get(engine, ())
    }
    return {"opened": opened, "memory": memory, "times": times}


def _warm(ask: Ask, query: str) -> Sequence[float]:
    ask(query)
    return [timed(lambda: ask(query)) for _ in range(5)]


def do_change(_engine: str, size: int, folder: Path) -> dict[str, Any]:
    """Change one article after another, and return the processor's seconds for each."""
    index = SearchIndex.open(folder / "ours")
    changed = list(articles(SHARED, 100))
    seconds = []
    for article in changed:
        begun = time.process_time()
        index.add([article])
        seconds.append(time.process_time() - begun)
    index.close()
    return {"seconds": seconds, "count": size}


WORK = {"index": do_index, "ask": do_ask, "change": do_change}


def apart(what: str, engine: str, size: int, folder: Path) -> dict[str, Any]:
    """Do a piece of work in a process of its own, on one core."""
    program = [sys.executable, __file__, "--size", str(size), "--do", what, engine, str(folder)]
    pinned = ["taskset", "-c", "1", *program] if Path("/usr/bin/taskset").exists() else program
    done = subprocess.run(pinned, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(report: Report, size: int, folder: Path) -> None:
    """Run every engine and fill the tables."""
    report.head(
        f"Indexing {size} articles, one core",
        "engine",
        "articles per CPU second",
        "wall s",
        "MiB more",
        "ours to it",
    )
    built = {engine: apart("index", engine, size, folder) for engine in ENGINES}
    ours = built["liseuse"]["cpu"]
    for engine, took in built.items():
        report.row(engine, size / took["cpu"], took["wall"], took["mib"], f"{took['cpu'] / ours:.2f}")
    asked = {engine: apart("ask", engine, size, folder) for engine in ENGINES}
    report.head(
        f"Asking, {size} articles, page of 20, warm (ms, p50 / p95)",
        "kind",
        *ENGINES,
        "stock to ours, p95",
    )
    for kind in (*QUERIES, "all"):
        _row(report, kind, asked)
    for way in (", with excerpts", ", with facets"):
        times = [
            t for key, some in asked["liseuse"]["times"].items() if key.startswith(way + "|") for t in some
        ]
        report.row(f"all{way}", _both(percentiles(times)), "", "", "", "")
    report.head("One index", "what", "figure")
    changed = apart("change", "liseuse", size, folder)["seconds"]
    report.row(
        "one article added or changed, CPU ms p50 / p95 / most",
        " / ".join(f"{ms:.1f}" for ms in (*percentiles(changed), max(changed) * 1000)),
    )
    report.row("opening, ms", 1000 * asked["liseuse"]["opened"])
    report.row("opening, MiB", asked["liseuse"]["memory"])
    report.row("on the disk, MiB", sum(f.stat().st_size for f in (folder / "ours").iterdir()) / 2**20)


def _row(report: Report, kind: str, asked: dict[str, dict[str, Any]]) -> None:
    found = {engine: _times(asked[engine]["times"], kind) for engine in ENGINES}
    each = {engine: percentiles(times) if times else None for engine, times in found.items()}
    ours, stock = each["liseuse"], each["stock Whoosh"]
    ratio = f"{stock[1] / ours[1]:.1f}" if ours and stock else ""
    report.row(kind, *map(_both, each.values()), ratio)


def _both(times: tuple[float, float] | None) -> str:
    return f"{times[0]:.1f} / {times[1]:.1f}" if times else "has none"


def _times(times: dict[str, list[float]], kind: str) -> list[float]:
    return [
        t for key, some in times.items() if key.startswith("|") and kind in ("all", key[1:]) for t in some
    ]


def main() -> None:
    """Run everything and write docs/benchmarks-engine.md; or, in a child, one piece of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--do", nargs=3, metavar=("WHAT", "ENGINE", "FOLDER"))
    asked = parser.parse_args()
    if asked.do:
        what, engine, folder = asked.do
        print(json.dumps(WORK[what](engine, asked.size, Path(folder))))  # noqa: T201
        return
    report = Report()
    with tempfile.TemporaryDirectory() as here:
        measure(report, asked.size, Path(here))
    about = (
        f"# The index beside its peers\n\nMade by `make bench-engine SIZE={asked.size}` on {datetime.now(UTC):%Y-%m-%d}:"
        f" Python {platform.python_version()}, one core of {os.cpu_count()}. Real articles of the French press, and more made"
        " of their sentences. Stock Whoosh has its fastest analyzer, half a gigabyte of memory and one commit; tantivy one"
        " thread. Ours stems, folds accents, keeps positions and columns for facets.\n"
    )
    target = ROOT / "docs" / f"benchmarks-engine-{asked.size}.md"
    target.write_text(about + "\n".join(report.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
