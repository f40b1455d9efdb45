"""The interface on 100,000 short articles: its list of results, and keys while it searches."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from corpus import articles
from interface import Rows, interface, leave, p50_p95
from terminal import Terminal

from index.collection import Collection

LENGTH = 300
"""Characters of each article: the list is as long as with whole ones, and made in a minute."""
LETTERS = "gouvernement president europe* "


def write_records(corpora: Path, count: int, path: Path, length: int | None = LENGTH) -> Path:
    """Write so many articles, one a line: so many characters of each, or whole ones."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(islice(articles(corpora, count), count)):
            record = {
                "title": article.title,
                "date": article.date,
                "text": f"{number}. {article.text[:length]}",
            }
            file.write(json.dumps(record) + "\n")
    return path


def crowd(report: Rows, corpora: Path, folder: Path, count: int = 100_000) -> None:
    """Measure moving in the list of all articles, and typing a query over them."""
    home = folder / "crowd"
    with Collection(home / "library" / "library.sqlite", home / "cache" / "index") as collection:
        list(collection.add([write_records(corpora, count, folder / "crowd.jsonl")]))
        list(collection.settle())
    terminal = interface(home)
    time.sleep(4)  # until the annotator is at work
    terminal.settle()
    typed = [terminal.press(letter.encode())[0] for letter in LETTERS]
    terminal.settle(0.5)
    terminal.press(b"\x15", quiet=0.5)
    terminal.press(b"\r", quiet=0.5)
    rows, pages, ends = (
        first_bytes(terminal, keys) for keys in ([b"j"] * 60, [b" "] * 30, [b"G", b"\x1b[H"] * 5)
    )
    leave(terminal)
    report.head(
        f"{count} articles in the interface (ms, to the first byte painted), entities being found",
        "what",
        "p50",
        "p95",
    )
    report.row("letter in the query", *p50_p95(typed))
    report.row("a row of the list", *p50_p95(rows))
    report.row("a page of the list", *p50_p95(pages))
    report.row("to the end of the list and back", *p50_p95(ends))


def first_bytes(terminal: Terminal, keys: list[bytes]) -> list[float]:
    """Press keys one after the other; return for each the seconds to the first byte, of the one frame it paints."""
    times = []
    for key in keys:
        terminal.settle(0.05)
        times.append(terminal.press(key, quiet=0.05, patience=0.4)[0])
    return [took for took in times if took]


if __name__ == "__main__":
    from run import SHARED, Report

    with tempfile.TemporaryDirectory() as here:
        crowd(Report(), SHARED, Path(here), int(sys.argv[1]))
