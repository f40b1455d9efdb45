"""Several of the program on one home at once: nothing is lost, nobody hangs, who cannot go on says why."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from terminal import Terminal

from index.collection import Collection
from reader.cli import run
from reader.doctor import Level, examined
from reader.paths import places
from reader.workspace import Workspace

TEXT = "Titre {0}\n\nBamako, 19 septembre 2024 – Le JNIM a revendiqué l’attaque numéro {0} de l’aéroport."


class Home:
    """A home, its sources, and ways to use it."""

    def __init__(self, here: Path) -> None:
        self.path, self.sources = here / "home", here / "articles"
        self.sources.mkdir()
        self.write(0, 3)
        assert run(["--home", str(self.path), "add", str(self.sources)]) == 0
        with Workspace(places(str(self.path))) as space:
            self.ids = space.collection.library.ids()

    def write(self, first: int, last: int) -> None:
        for number in range(first, last):
            (self.sources / f"{number}.txt").write_text(TEXT.format(number))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "reader", "--home", str(self.path), "--lang", "en", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), capture_output=True, text=True, check=False, timeout=120
        )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def interfaces(home: Home) -> Iterator[list[Terminal]]:
    opened = []
    for _ in range(2):
        opened.append(Terminal(home.command(), {"LC_ALL": "en_US.UTF-8"}))
        opened[-1].wait_until(lambda: b"Titre" in opened[-1].seen, 90)
    yield opened
    for terminal in opened:
        terminal.close()


def note_on_screen(terminal: Terminal, comment: str) -> None:
    """Open the first article and write a note on the sentence at the caret."""
    terminal.send(b"\r")
    terminal.settle()
    terminal.send(b"\r")
    terminal.wait_until(lambda: b"a notes, t tags" in terminal.seen or b"Notes" in terminal.seen, 90)
    terminal.settle()
    terminal.send(b"a")
    terminal.wait_until(lambda: b"tags, separated by commas" in terminal.seen, 90)
    terminal.send(comment.encode())
    terminal.settle()
    terminal.send(b"\x13")
    terminal.wait_until(lambda: f"▎{comment}".encode() in terminal.seen, 90)


def notes_by_command(home: Home, hand: str) -> list[str]:
    made = [home.run("note", home.ids[n % 3], "--whole", "--comment", f"{hand} {n}") for n in range(5)]
    assert [done.returncode for done in made] == [0] * 5, [done.stderr for done in made]
    return [done.stdout.strip() for done in made]


def synced(home: Home) -> int:
    """Add files and look again, several times; return how many were added."""
    added = 0
    for first in (3, 5, 7):
        home.write(first, first + 2)
        done = home.run("sync", "--json")
        assert done.returncode == 0, done.stderr
        added += json.loads(done.stdout)["added"]
    return added


def test_two_interfaces_two_hands_and_a_sync_lose_nothing(home: Home, interfaces: list[Terminal]) -> None:
    with ThreadPoolExecutor() as others:
        hands = [others.submit(notes_by_command, home, hand) for hand in ("gauche", "droite")]
        sync = others.submit(synced, home)
        first, second = interfaces
        second.wait_until(lambda: b"Another Liseuse" in second.seen, 90)
        note_on_screen(first, "ecran 0")
        kept = [id for hand in hands for id in hand.result()]
        sync.result()
    for terminal in interfaces:
        assert terminal.is_running
        terminal.send(b"\x1b")
        terminal.settle(0.3)
        terminal.send(b"Q")
        assert terminal.end(60) == 0
        assert b"Traceback" not in terminal.seen
    with Workspace(places(str(home.path))) as space:
        space.prepare()
        notes = {note.id: note.comment for note in space.notebook.notes()}
        assert set(kept) <= notes.keys()
        assert "ecran 0" in notes.values()
        assert len(notes) == 11
        library = space.collection.library
        assert library.count() == 9
        assert space.collection.index.ids() == frozenset(library.ids())
    assert not [one for one in examined(places(str(home.path))) if one.level is Level.BAD]


@pytest.mark.parametrize(
    ("store", "arguments"),
    [("notes/notes.sqlite", ("note", "ID", "--whole", "--tag", "a")), ("library/library.sqlite", ("sync",))],
)
def test_who_cannot_write_says_so_and_does_not_wait_for_ever(
    home: Home,
    store: str,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("notes.store._WAIT_SECONDS", 0.2)
    monkeypatch.setattr(Collection.__init__, "__defaults__", (0.2,))
    line = ["--home", str(home.path), "--lang", "en", *arguments]
    line = [home.ids[0] if word == "ID" else word for word in line]
    with closing(sqlite3.connect(home.path / store, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        assert run(line) == 4
    said = capsys.readouterr().err
    assert "another Liseuse" in said
    assert "try again" in said
    assert run(line) == 0
