"""Killed at a system call, or failed by one: what was acknowledged is there, and the next run puts the rest right.

`make test` takes two points of each kind of call, make faults forty.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from faults.strace import Traced, traced

from index.entities.corrections import Correction, Kind
from notes import Notebook
from reader.cli import run
from reader.paths import places
from reader.workspace import Workspace

SAMPLE = int(os.environ.get("LISEUSE_FAULTS", "2"))

TEXT = "Un titre\n\nBamako, 19 septembre 2024 – Le JNIM a revendiqué l’attaque de l’aéroport de Bamako."
SECRET = b"76 12 34 56"
DOES = ("note", "export", "add", *(("correct", "purge", "restore") if SAMPLE > 2 else ()))
"""What is done; `make faults` does all."""
READING = ("read", "pread64", "openat")
CHANGES = ("pwrite64", "write", "fdatasync", "fsync", "rename", "link", "unlink", "ftruncate", "mkdir")
ERRORS = {
    "EIO": ("read", "pread64", "pwrite64", "write", "fdatasync", "fsync", "rename", "link", "openat"),
    "ENOSPC": ("pwrite64", "write", "fdatasync", "fsync", "rename", "link", "openat", "mkdir"),
    "EINTR": ("read", "pread64", "pwrite64", "write", "fdatasync", "fsync", "openat"),
}


class Scene:
    """A home with an article, a note on it, and an export of the note; and what is to be done there."""

    def __init__(self, prepared: Path, here: Path, does: str) -> None:
        shutil.copytree(prepared, here, symlinks=True)
        self.here, self.home, self.does = here, here / "home", does
        self.id = (here / "id").read_text()
        self.command = {
            "note": ["note", self.id, "--quote", "l’aéroport", "--comment", "nouvelle"],
            "export": ["export", "-o", str(here / "out.md")],
            "add": ["add", str(here / "new")],
            "correct": ["corrections", "merge", str(here / "theirs.jsonl")],
            "purge": ["purge", "--yes"],
            "restore": ["restore", (here / "oldest").read_text()],
        }[does]

    def play(self, trace: str, inject: str = "") -> Traced:
        """Do it under strace. Of what Python itself opens and reads when it starts, nothing is touched."""
        only = list(self._files()) if trace in READING else []
        return traced(self._program(), self.here / "log", trace, inject, only)

    def again(self) -> None:
        """Do it undisturbed; with another copy of the same where the one to bring back has had its time."""
        if self.does == "restore" and not self._oldest.exists():
            assert self._said(self._notes) == {"ancienne"}
            self.command = ["restore", (self.here / "newest").read_text()]
        done = subprocess.run(self._program(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr

    def _program(self) -> list[str]:
        return [sys.executable, "-m", "reader", "--home", str(self.home), *self.command]

    def _files(self) -> Iterator[Path]:
        yield from (self.here, *self.here.rglob("*"))

    @property
    def _notes(self) -> Path:
        return self.home / "notes" / "notes.sqlite"

    @property
    def _oldest(self) -> Path:
        return self._notes.parent / "backups" / (self.here / "oldest").read_text()

    def _said(self, path: Path) -> set[str]:
        with Notebook.open(path) as notebook:
            return {note.comment for note in notebook.notes()}

    # What must be so, whatever happened

    def check(self, said: str) -> None:
        """The old note is there, what was acknowledged is there, every store is sound, and no copy is lost."""
        # What is put aside is beside the notebook: a copy that cannot be read may mean damage.
        notes = self._notes.parent
        copies = [self._notes, *notes.glob("notes-*.sqlite"), *notes.glob("backups/notes-*.sqlite")]
        assert any("plus tard" in self._said(copy) for copy in copies)
        with Workspace(places(str(self.home))) as space:
            comments = {note.id: note.comment for note in space.notebook.notes()}
            assert "ancienne" in comments.values()
            if self.does == "note" and said:
                assert comments[said.strip()] == "nouvelle"
            assert space.collection.library.count() >= 1
        for store in ("notes/notes.sqlite", "library/library.sqlite"):
            with closing(sqlite3.connect(self.home / store)) as db:
                assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert (self.here / "out.md").read_text().count("\n> [!quote]") == 1

    def check_done(self) -> None:
        """After another run, it is as if nothing had happened."""
        with Workspace(places(str(self.home))) as space:
            space.prepare()
            expected = 4 if self.does == "add" else 1
            library, index = space.collection.library, space.collection.index
            assert library.count() == expected
            assert index.ids() == frozenset(library.ids())
            if self.does == "correct":
                assert [one.name for one in space.corrector.log.in_force()] == ["Bamako", "Gao"]
        if self.does == "purge":
            assert SECRET not in (self.home / "notes" / "notes.sqlite").read_bytes()
        if self.does == "restore":
            assert self._said(self._notes) == {"ancienne"}
        # A backup cut short goes an hour later: until then its maker may be at it.
        at_work = [path for path in self.home.rglob("*") if path.parent.name != "backups"]
        left = [path.name for path in at_work if path.suffix in {".tmp", ".sqlite-journal"}]
        assert not left


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("prepared")
    (here / "new").mkdir()
    (here / "old.txt").write_text(TEXT)
    for number in range(3):
        (here / "new" / f"{number}.txt").write_text(
            f"Titre {number}\n\nUn texte numéro {number} sur le Niger."
        )
    home = here / "home"
    run(["--home", str(home), "add", str(here / "old.txt")])
    with Workspace(places(str(home))) as space:
        (id,) = space.collection.library.ids()
        article = space.collection.article(id)
        space.note(article, space.quoted(article, "Le JNIM"), "ancienne", ["groupe/jnim"])
        space.notebook.remove(space.note(article, None, SECRET.decode()).id)
        copies = [space.notebook.back_up() for _ in range(10)]
        space.note(article, None, "plus tard")
    said = [Correction.of(Kind.WRONG, name, article=id) for name in ("Bamako", "Gao")]
    (here / "theirs.jsonl").write_text("".join(json.dumps(one.to_json()) + "\n" for one in said))
    run(["--home", str(home), "export", "-o", str(here / "out.md")])
    (here / "id").write_text(id)
    for name, copy in (("oldest", copies[0]), ("newest", copies[-1])):
        (here / name).write_text(copy.name if copy else "")
    return here


def points(count: int) -> list[int]:
    """Choose among the times a call is made: the first, the last, and some between."""
    return sorted({1 + (count - 1) * step // (SAMPLE - 1) for step in range(SAMPLE)} if count else ())


@pytest.mark.parametrize("call", CHANGES)
@pytest.mark.parametrize("does", DOES)
def test_killed_at_a_change_of_a_file(does: str, call: str, prepared: Path, tmp_path: Path) -> None:
    count = Scene(prepared, tmp_path / "counted", does).play(call).calls[call]
    for point in points(count):
        scene = Scene(prepared, tmp_path / f"{point}", does)
        ended = scene.play(call, f"{call}:signal=KILL:when={point}")
        assert ended.was_hit, (call, point)
        scene.check(ended.out)
        scene.again()
        scene.check("")
        scene.check_done()


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("does", DOES)
def test_failed_by_the_system(does: str, error: str, prepared: Path, tmp_path: Path) -> None:
    for call in ERRORS[error]:
        count = Scene(prepared, tmp_path / f"counted-{call}", does).play(call).calls[call]
        for point in points(count):
            scene = Scene(prepared, tmp_path / f"{call}-{point}", does)
            ended = scene.play(call, f"{call}:error={error}:when={point}")
            assert ended.was_hit, (call, point)
            assert "Traceback" not in ended.err, (call, point, ended.err)
            assert ended.code in {0, 3, 4}, (call, point, ended.err)
            assert ended.code == 0 or ended.err.startswith("liseuse: "), (call, point)
            scene.check(ended.out if ended.code == 0 else "")
            scene.again()
            scene.check_done()
