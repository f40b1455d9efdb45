"""Random keys through the interface while articles are added, annotated and exported.

`make soak` runs this for an hour and prints, minute by minute, what must stay flat:
memory, open files, and the time from a key to the last byte it paints.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from terminal import Terminal

_SPECIAL = [
    b"\x1b", b"\r", b"\t", b"\x1b[Z", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~",
    b"\x04", b"\x15", b"\x02", b"\x12", b"\x13", b"\x7f", b"\x10",
]  # fmt: skip
_SELDOM = [
    *(bytes([code]) for code in range(1, 0x20) if code not in b"\x03\x11\x1a\x1b"),  # those that leave
    b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1b[H", b"\x1b[F", b"\x1b[3~", b"\x1b[1;2A", b"\x1b[1;2B", b"\x1b[1;2C",
    b"\x1b[1;5D", b"\x1b[I", b"\x1b[O", b"\x1b[200~\xc3\xa0 Bamako\nle (19 septembre\x1b[201~",
]  # fmt: skip
_LETTERS = [bytes([code]) for code in range(0x20, 0x7F) if chr(code) != "Q"]
_WORDS = [
    word.encode() for word in ("mali", '"armée française"', "date:2019", "-paris", "é", "t", "as", "vsa")
]
_SIZES = [(40, 120), (40, 120), (24, 80), (60, 200), (12, 40), (3, 10)]


@dataclass(slots=True)
class Report:
    """What was seen: keys sent, runs of the program, seconds of each key, samples of memory and files."""

    keys: int = 0
    last: deque[bytes] = field(default_factory=lambda: deque(maxlen=40))
    """The keys sent last."""
    runs: int = 0
    seconds: list[float] = field(default_factory=list)
    samples: list[tuple[float, int, int]] = field(default_factory=list)
    """Minutes since the start, KiB resident, open descriptors; of the interface's process."""
    ended: list[list[bytes]] = field(default_factory=list)
    """For each run that keys have ended, the last of them."""


def resident(pid: int) -> int:
    """Return a process's resident memory in KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def descriptors(pid: int) -> int:
    """Return how many descriptors a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def soak(
    here: Path, articles: Path, seed: int, *, seconds: float = math.inf, keys: float = math.inf
) -> Iterator[Report]:
    """Press keys for some seconds or some keys, yielding the report so far about four times a minute.

    Raises AssertionError when the program ends otherwise than by being told to.
    """
    chance, report = random.Random(seed), Report()
    watched = here / "watched"
    watched.mkdir()
    end, shown = time.monotonic() + seconds, time.monotonic()
    began = time.monotonic()
    while time.monotonic() < end and report.keys < keys:
        report.runs += 1
        terminal = _start(here, [str(articles), str(watched)])
        try:
            while terminal.is_running and time.monotonic() < end and report.keys < keys:
                _press(terminal, chance, report, here / "home" / "state")
                if time.monotonic() - shown > 15:
                    shown = time.monotonic()
                    _write_article(watched, chance)
                    minutes = (shown - began) / 60
                    report.samples.append((minutes, resident(terminal.pid), descriptors(terminal.pid)))
                    yield report
            if not terminal.is_running:
                report.ended.append(list(report.last))
            _leave(terminal)
        finally:
            terminal.close()
    yield report


def _start(here: Path, paths: list[str]) -> Terminal:
    program = [sys.executable, "-m", "reader", "--home", str(here / "home"), "open", *paths]
    # A run is to last: what the mouse can press cannot be to quit.
    (here / "home").mkdir(mode=0o700, exist_ok=True)
    (here / "home" / "config.toml").write_text("[keys.anywhere]\nquit = []\n[keys.page]\nquit = []\n")
    terminal = Terminal(program, {"LC_ALL": "en_US.UTF-8", "HOME": str(here)}, here)  # exports land there
    terminal.wait_until(lambda: b"newest first" in terminal.seen, 120)
    return terminal


def _press(terminal: Terminal, chance: random.Random, report: Report, state: Path) -> None:
    if chance.random() < 0.01:
        terminal.resize(*chance.choice(_SIZES))
    burst = chance.choices([1, 2, 5], [16, 2, 1])[0]  # also faster than they are answered
    keys = b"".join(_keys(chance) for _ in range(burst))
    _first, last = terminal.press(keys, patience=0.3)
    terminal.seen = terminal.seen[-20_000:]
    report.keys += burst
    report.last.append(keys)
    if last and burst == 1:
        report.seconds.append(last)
    for ending in (b"Traceback", b"has stopped because of an error"):
        told = "\n".join(path.read_text() for path in state.glob("crash-*.txt"))
        assert ending not in terminal.seen, f"{told}\nafter {list(report.last)}\n{terminal.seen[-1000:]!r}"


def _keys(chance: random.Random) -> bytes:
    kinds = [_LETTERS, _SPECIAL, _WORDS, _SELDOM, [_mouse(chance)]]
    return chance.choice(chance.choices(kinds, [50, 35, 10, 6, 7])[0])


def _mouse(chance: random.Random) -> bytes:
    """Return a click, a drag or a turn of the wheel, somewhere on the screen."""
    column, row, button = (
        chance.randrange(1, 121),
        chance.randrange(1, 41),
        chance.choice([0, 0, 0, 2, 64, 65]),
    )
    moved = f"\x1b[<32;{chance.randrange(1, 121)};{row}M" if button == 0 and chance.random() < 0.3 else ""
    return f"\x1b[<{button};{column};{row}M{moved}\x1b[<{button};{column};{row}m".encode()


def _write_article(folder: Path, chance: random.Random) -> None:
    name = f"{chance.randrange(50)}.txt"
    text = " ".join(chance.choices(["Mali", "Niger", "attaque", "armée", "Bamako", "le", "général"], k=200))
    (folder / name).write_text(f"Titre {chance.random()}\n\n{text}.")


def _leave(terminal: Terminal) -> None:
    if terminal.is_running:
        os.kill(terminal.pid, 15)
    code = terminal.end(30)
    assert code == 0, (code, terminal.seen[-4000:])


def main() -> None:
    """Soak, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print("| minute | runs | keys | p50 ms | p95 ms | MiB | files |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as here:
        for report in soak(Path(here), asked.articles.resolve(), asked.seed, seconds=asked.minutes * 60):
            recent = sorted(report.seconds[-200:])
            minute, kib, files = report.samples[-1] if report.samples else (0, 0, 0)
            p50, p95 = statistics.median(recent) * 1000, recent[int(len(recent) * 0.95)] * 1000
            row = [f"{minute:.1f}", report.runs, report.keys, f"{p50:.1f}", f"{p95:.1f}", kib // 1024, files]
            print("|", " | ".join(map(str, row)), "|", flush=True)
            for keys in report.ended:
                print("ended, as told, by", keys, flush=True)
            report.ended.clear()
        notes = Path(here) / "home" / "notes" / "notes.sqlite"
        print(json.dumps({"notes.sqlite": notes.stat().st_size}))


if __name__ == "__main__":
    main()
