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


def write_records(corpora: Path, count: int, path: Path, length: int | None = LENGTH, lang: str = "") -> Path:
    """Write so many articles, one a line: so many characters of each, or whole ones; maybe said to be in a language."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(islice(articles(corpora, count), count)):
            record = {
                "title": article.title,
                "date": article.date,
                "text": f"{number}. {article.text[:length]}",
                "lang": lang,
            }
            file.write(json.dumps(record) + "\n")
    return path


def crowd(report: Rows, corpora: Path, folder: Path, count: int = 100_000) -> None:
    """Measure moving in the list of all articles, and typing a query over them, at rest and at work."""
    at_rest = _measured(corpora, folder / "rest", count, "de")  # there is no annotator for German
    at_work = _measured(corpora, folder / "work", count, "fr")
    report.head(
        f"{count} articles in the interface (ms, to the first byte painted; lists, to the last)",
        "what", "at rest p50", "p95", "entities being found p50", "p95",
    )  # fmt: skip
    for what, times in at_rest.items():
        report.row(what, *p50_p95(times), *p50_p95(at_work[what]))


def _measured(corpora: Path, folder: Path, count: int, lang: str) -> dict[str, list[float]]:
    home = folder / "home"
    home.mkdir(parents=True)
    with Collection(home / "library" / "library.sqlite", home / "cache" / "index") as collection:
        list(collection.add([write_records(corpora, count, folder / "crowd.jsonl", lang=lang)]))
        list(collection.settle())
        list(collection.compare())  # else the interface does it meanwhile
    terminal = interface(home)
    time.sleep(4)  # until the annotator is at work
    terminal.settle()
    found = {"letter in the query": [terminal.press(letter.encode())[0] for letter in LETTERS]}
    found["the list of all articles"] = [_listed(terminal) for _ in range(10)]
    terminal.press(b"\r", quiet=0.5)
    found["a row of the list"] = first_bytes(terminal, [b"j"] * 60)
    found["a page of the list"] = first_bytes(terminal, [b" "] * 30)
    found["to the end of the list and back"] = first_bytes(terminal, [b"G", b"\x1b[H"] * 5)
    leave(terminal)
    return found


def _listed(terminal: Terminal) -> float:
    """Empty the query and return the seconds until the list of all articles has been painted."""
    terminal.press(b"x", quiet=0.5)
    return terminal.press(b"\x15", most=1)[1]


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
