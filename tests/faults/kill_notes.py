"""A program that writes notes, killed again and again: what it has acknowledged is there.

`make kill-notes` kills 10,000 times and prints what was lost. With `--hasty` the program acknowledges
what it has not committed yet, and it must be seen that some of that is lost.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from notes import Notebook, Source

_AFTER_SO_MANY = 100


@dataclass(slots=True)
class Killed:
    """How many kills, notes acknowledged before them, and what was wrong afterwards."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsound: int = 0


def kill(notebook: Path, kills: int, seed: int, *, hasty: bool = False) -> Iterator[Killed]:
    """Kill a writer so many times at random moments; yield what was seen after every hundred and at the end."""
    chance, seen, said = random.Random(seed), Killed(), dict[str, str]()
    while seen.kills < kills:
        said |= _one(notebook, chance.uniform(0, 0.03), hasty=hasty)
        seen.kills += 1
        if seen.kills % _AFTER_SO_MANY == 0 or seen.kills == kills:
            _check(notebook, said, seen)
            yield seen


def _one(notebook: Path, seconds: float, *, hasty: bool) -> dict[str, str]:
    """Have a child write until it is killed; return the last comment it acknowledged of each note."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _write(notebook, writes, hasty=hasty)
    os.close(writes)
    os.set_blocking(reads, True)
    heard = os.read(reads, 1)  # the notebook is open
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reads, "rb") as pipe:
        heard += pipe.read()
    os.waitpid(child, 0)
    whole = heard.decode().rpartition("\n")[0].splitlines()[1:]
    return dict(line.split(" ", 1) for line in whole)


def _write(path: Path, pipe: int, *, hasty: bool) -> None:
    try:
        with Notebook.open(path) as notebook:
            os.write(pipe, b"\n")
            for number in range(1_000_000):
                note = notebook.add("af133a31c0de", "r1", Source(), None, f"{number} " * 30, ["a/b", "c"])
                os.write(pipe, f"{note.id} {note.comment}\n".encode())
                said = f"{note.id} {f'+{number} ' * 30}\n".encode()
                if hasty:
                    os.write(pipe, said)
                notebook.revise(note.id, comment=f"+{number} " * 30)
                os.write(pipe, said)
    finally:
        os._exit(1)


def _check(path: Path, said: dict[str, str], seen: Killed) -> None:
    with Notebook.open(path) as notebook:
        kept = {note.id: note.comment for note in notebook.notes()}
    with closing(sqlite3.connect(path)) as db:
        sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        seen.unsound += not sound or bool(db.execute("PRAGMA foreign_key_check").fetchall())
    seen.acknowledged = len(said)
    seen.lost = sum(not _is_kept(kept.get(note, ""), comment) for note, comment in said.items())


def _is_kept(kept: str, said: str) -> bool:
    """Tell whether a note is as it was acknowledged, or as it was about to be: written, not yet acknowledged."""
    return kept.strip() == said.strip() or kept.startswith(f"+{said.split(maxsplit=1)[0]} ")


def main() -> None:
    """Kill, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hasty", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as here:
        for seen in kill(Path(here) / "notes" / "notes.sqlite", asked.kills, asked.seed, hasty=asked.hasty):
            print(f"\r{seen}", end="", flush=True)
    print()
    sys.exit(bool(seen.lost or seen.unsound))


if __name__ == "__main__":
    main()
