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
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from corpus import articles
from run import QUERIES, ROOT, SHARED, Report, percentiles, timed
from whoosh import fields, qparser
from whoosh import index as windex
from whoosh.analysis import LowercaseFilter, RegexTokenizer

from index.article import Article
from index.engine import SearchIndex
from index.query import parse

BATCH = 2000
ENGINES = ("liseuse", "stock Whoosh", "SQLite FTS5", "tantivy")
Ask = Callable[[str], object]


def _batches(found: Iterator[Article]) -> Iterator[list[Article]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _mib() -> float:
    """Return the most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


# Indexing


def index_liseuse(found: Iterator[Article], folder: Path) -> None:
    """Index with ours, a commit for each 2,000 articles, as adding does."""
    index = SearchIndex.create(folder / "ours")
    for batch in _batches(found):
        index.add(batch)
    index.close()


def index_stock(found: Iterator[Article], folder: Path) -> None:
    """Index with stock Whoosh: its fastest analyzer, half a gigabyte, one commit."""
    fast = RegexTokenizer(r"\w+") | LowercaseFilter()
    schema = fields.Schema(
        id=fields.ID(stored=True), title=fields.TEXT(analyzer=fast), body=fields.TEXT(analyzer=fast),
        date=fields.NUMERIC(int, sortable=True), source=fields.ID(sortable=True),
    )  # fmt: skip
    (folder / "stock").mkdir()
    writer = windex.create_in(folder / "stock", schema).writer(limitmb=512)
    for a in found:
        date = int(a.date.replace("-", "")[:8] or 0)
        writer.add_document(id=a.id, title=a.title, body=a.text, date=date, source=a.source)
    writer.commit()


def index_fts5(found: Iterator[Article], folder: Path) -> None:
    """Index with FTS5, the texts in it."""
    db = sqlite3.connect(folder / "fts5.sqlite")
    db.execute(
        "CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, body, date UNINDEXED, source UNINDEXED,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    for batch in _batches(found):
        db.executemany(
            "INSERT INTO a VALUES (?, ?, ?, ?, ?)", [(a.id, a.title, a.text, a.date, a.source) for a in batch]
        )
    db.commit()


def _tantivy(folder: Path) -> Any:
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    schema = schema.add_text_field("title", tokenizer_name="fr_stem").add_text_field(
        "body", tokenizer_name="fr_stem"
    )
    (folder / "tantivy").mkdir(exist_ok=True)
    return tantivy.Index(schema.build(), path=str(folder / "tantivy"))


def index_tantivy(found: Iterator[Article], folder: Path) -> None:
    """Index with tantivy, one thread."""
    writer = _tantivy(folder).writer(200_000_000, 1)
    for a in found:
        writer.add_document(tantivy.Document(id=a.id, title=a.title, body=a.text))
    writer.commit()
    writer.wait_merging_threads()


# Asking


def ask_liseuse(folder: Path) -> dict[str, Ask]:
    """Return ours: hits alone, with excerpts from the stored text, with facets."""
    index = SearchIndex.open(folder / "ours")
    texts = sqlite3.connect(folder / "fts5.sqlite")
    rows = dict(texts.execute("SELECT id, rowid FROM a"))

    def text_of(identity: str) -> str:
        return str(texts.execute("SELECT body FROM a WHERE rowid = ?", (rows[identity],)).fetchone()[0])

    def bare(query: str) -> object:
        return index.search(parse(query), text_of=lambda _id: "", limit=20)

    def shown(query: str) -> object:
        return index.search(parse(query), text_of=text_of, limit=20)

    def facets(query: str) -> object:
        return index.search(parse(query), text_of=lambda _id: "", limit=20, facets=True)

    return {"": bare, ", with excerpts": shown, ", with facets": facets}


def ask_stock(folder: Path) -> dict[str, Ask]:
    """Return stock Whoosh, the query in its own words."""
    searcher = windex.open_dir(folder / "stock").searcher()
    parser = qparser.MultifieldParser(["title", "body"], searcher.schema, fieldboosts={"title": 2.0})
    parser.add_plugin(qparser.FuzzyTermPlugin())
    return {"": lambda query: list(searcher.search(parser.parse(_plain(query)), limit=20))}


def ask_fts5(folder: Path) -> dict[str, Ask]:
    """Return FTS5."""
    db = sqlite3.connect(folder / "fts5.sqlite")
    sql = "SELECT id FROM a WHERE a MATCH ? ORDER BY rank LIMIT 20"
    return {"": lambda query: db.execute(sql, [_fts(query)]).fetchall()}


def ask_tantivy(folder: Path) -> dict[str, Ask]:
    """Return tantivy."""
    found = _tantivy(folder)
    found.reload()
    searcher = found.searcher()

    def ask(query: str) -> object:
        parsed, _wrong = found.parse_query_lenient(
            _plain(query), ["title", "body"], conjunction_by_default=True
        )
        return [searcher.doc(at)["id"] for _score, at in searcher.search(parsed, 20).hits]

    return {"": ask}


def _plain(query: str) -> str:
    query = re.sub(r"date:(\d{4})\.\.?\S*|date:(\d{4})\S*", "", query) if "date:" in query else query
    return query.replace(" ET ", " AND ").replace(" OU ", " OR ").replace("l'Etat", "Etat")


def _fts(query: str) -> str:
    return re.sub(r"'", " ", _plain(query))


LACKS = {"SQLite FTS5": ("fuzzy", "date"), "tantivy": ("prefix", "fuzzy", "date"), "stock Whoosh": ("date",)}
"""Kinds of question that are not asked of an engine: it has none, or it would be another question."""
INDEX = dict(zip(ENGINES, (index_liseuse, index_stock, index_fts5, index_tantivy), strict=True))
ASK = dict(zip(ENGINES, (ask_liseuse, ask_stock, ask_fts5, ask_tantivy), strict=True))


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
