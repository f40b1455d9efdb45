"""From the bytes of a key to the bytes painted, in a pseudo-terminal, ours and plain Textual's widgets."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

from terminal import Terminal

from index.collection import Collection

FRENCH: Final = {"LC_ALL": "fr_FR.UTF-8"}
LENGTHS: Final = (300, 100_000, 1_000_000)
MOTIONS: Final = [b"w"] * 30 + [b"j"] * 20 + [b")"] * 10 + [b"l"] * 20 + [b"k"] * 10
PEERS: Final = """
import sys
from pathlib import Path
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Static, TextArea
text = Path(sys.argv[2]).read_text()
class Peer(App):
    def compose(self):
        yield Static("ready", id="ready")
    async def on_key(self, event):
        if event.key != "o" or self.query("#pane"): return
        if sys.argv[1] == "TextArea":
            pane = TextArea(text, read_only=True, show_line_numbers=False, id="pane")
        else:
            blocks = text.split("\\n\\n")
            pane = VerticalScroll(*(Static(block, markup=False) for block in blocks), id="pane")
        await self.mount(pane)
        pane.focus()
Peer().run()
"""


def opening_word(words: int) -> str:
    """Return the word that begins the article of a length and is found nowhere else."""
    return f"Longueur{words}fois"  # of which none begins another


def write_articles(corpus: Path, folder: Path) -> list[Path]:
    """Write, as plain text, an article of each length, of the corpus's paragraphs in turn."""
    texts = [json.loads(line)["text"] for line in corpus.read_text(encoding="utf-8").splitlines()]
    return [_article(texts, words, folder / f"{words}.txt") for words in LENGTHS]


def _article(texts: list[str], words: int, path: Path) -> Path:
    taken, count = [opening_word(words)], 1
    for text in itertools.cycle(texts):
        taken.append(" ".join(text.split()))
        count += len(text.split())
        if count >= words:
            break
    path.write_text("\n\n".join(taken) + "\n", encoding="utf-8")
    return path


def interface(home: Path) -> Terminal:
    """Return the interface on a home, its collection opened."""
    terminal = Terminal([sys.executable, "-P", "-m", "reader", "--home", str(home)], FRENCH)
    terminal.wait_for("articles")
    return terminal


def leave(terminal: Terminal) -> None:
    """End the program as a user does, so that its children end with it and leave the library to the next."""
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.end(30)
    terminal.close()


def p50_p95(seconds: Iterable[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    values = sorted(1000 * second for second in seconds)
    return statistics.median(values), values[min(len(values) - 1, int(0.95 * len(values)))]


class Answerless(RuntimeError):
    """A key that should have painted something painted nothing."""


def to_paint(terminal: Terminal, keys: Iterable[bytes], quiet: float = 0.05) -> list[float]:
    """Press keys one after the other; return for each the seconds to the last byte of what it painted.

    What the background paints meanwhile (its progress) would be taken for an answer, so
    the status line's share is waited out before each key. A key at the end of the text
    paints nothing and is left out; Answerless when most do.
    """
    times = []
    pressed = list(keys)
    for key in pressed:
        terminal.settle(quiet)
        first, last = terminal.press(key, quiet=quiet, patience=0.4)
        if first:
            times.append(last)
    if len(times) < len(pressed) / 2:
        raise Answerless
    return times


def find(terminal: Terminal, word: str) -> None:
    """Search for a word and have its one article as the current result."""
    terminal.send(b"\x1b")  # a letter right after it would be Alt with that letter
    time.sleep(0.3)
    terminal.send(b"s")
    time.sleep(0.3)
    terminal.seen = b""
    terminal.send(b"\x15" + word.encode())
    terminal.wait_until(lambda: re.search(rb"\W1 article\W", terminal.seen), 60)
    terminal.settle(0.1)
    terminal.send(b"\r")
    terminal.settle(0.1)


def opened(terminal: Terminal, words: int) -> float:
    """Open the article of a length that is the current result; return the seconds until it is painted."""
    terminal.seen = b""
    sent = time.perf_counter()
    terminal.send(b"\r")
    # The reading time above the text stands in the article pane alone.
    terminal.wait_until(lambda: re.search(rb"(\d+) min de lecture", terminal.seen), 60)
    took = time.perf_counter() - sent
    minutes = re.search(rb"(\d+) min de lecture", terminal.seen)
    if not minutes or abs(int(minutes[1]) - words / 220) > 1 + words / 2200:
        message = f"another article was opened than the one of {words} words"
        raise AssertionError(message)
    time.sleep(1)
    return took


def lengths(home: Path) -> Iterator[tuple[int, float, list[float], list[float]]]:
    """Yield for each length: seconds to open it, of each caret motion, of each page."""
    for words in LENGTHS:
        terminal = interface(home)
        time.sleep(4)  # until the annotator is at work
        find(terminal, opening_word(words))
        took = opened(terminal, words)
        caret = to_paint(terminal, MOTIONS)
        pages = to_paint(terminal, [b" ", b"\x06", b"\x02"] * 5) if words > LENGTHS[0] else []
        leave(terminal)
        yield words, took, caret, pages


def letters(home: Path) -> list[float]:
    """Return the seconds from each letter typed in the query to the first byte painted."""
    terminal = interface(home)
    time.sleep(4)
    terminal.settle()
    times = [terminal.press(letter.encode())[0] for letter in "gouvernement president"]
    leave(terminal)
    return times


class Rows(Protocol):
    """What takes the rows of a table."""

    def head(self, title: str, *columns: str) -> None:
        """Begin a table."""

    def row(self, *cells: object) -> None:
        """Add a row."""


def reading(report: Rows, home: Path, corpus: Path, folder: Path) -> None:
    """Measure the article pane at three lengths, the query's letters, and the peers on the middle length."""
    paths = write_articles(corpus, folder)
    with Collection(home / "library" / "library.sqlite", home / "cache" / "index") as collection:
        list(collection.add([corpus, *paths]))
        list(collection.settle())
    columns = ("what", "opens", "caret p50", "caret p95", "page p50", "page p95")
    report.head("Reading (ms, from the key's bytes to the last byte painted), entities being found", *columns)
    for words, took, caret, pages in lengths(home):
        report.row(f"{words} words", 1000 * took, *p50_p95(caret), *(p50_p95(pages) if pages else ("", "")))
    for kind in ("TextArea", "one Static a paragraph"):
        took, moves = peer(kind, paths[1])
        report.row(f"{kind}, {LENGTHS[1]} words, nothing else running", 1000 * took, *p50_p95(moves), "", "")
    report.head("Typing (ms, to the first byte painted), entities being found", "key", "p50", "p95")
    report.row("letter in the query", *p50_p95(letters(home)))


def peer(kind: str, path: Path) -> tuple[float, list[float]]:
    """Return the seconds in which a plain Textual widget opens a text, and those of a move in it."""
    terminal = Terminal([sys.executable, "-c", PEERS, kind, str(path)], FRENCH)
    terminal.wait_for("ready")
    terminal.settle(0.3)
    terminal.seen = b""
    sent = time.perf_counter()
    terminal.send(b"o")
    terminal.wait_until(lambda: b"ongueur" in terminal.seen, 300)  # a cursor may stand on the L
    took = time.perf_counter() - sent
    terminal.settle(0.3)  # a cursor blinks twice a second
    moves = to_paint(terminal, [b"\x1b[B"] * 60, quiet=0.04)
    terminal.close()
    return took, moves


def main() -> None:
    """Print what `make bench` writes of reading; the corpus is the first argument."""
    from run import Report

    with tempfile.TemporaryDirectory() as folder:
        reading(Report(), Path(folder) / "home", Path(sys.argv[1]), Path(folder))


if __name__ == "__main__":
    main()
