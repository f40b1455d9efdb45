"""No acknowledged note is lost at a power cut; `make power-cuts` makes 3,000 of them."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.power import Call, cuts, recorded

from notes import Notebook

CUTS = int(os.environ.get("LISEUSE_CUTS", "300"))
WRITER = """
import os, sys
from pathlib import Path
import notes.store
if len(sys.argv) > 2:
    notes.store._HARDENING = tuple(s.replace("EXTRA", sys.argv[2]) for s in notes.store._HARDENING)
from notes import Notebook, Source
with Notebook.open(Path(sys.argv[1])) as notebook:
    for number in range(20):
        note = notebook.add("af133a31c0de", "r1", Source(), None, f"{number} " * 60, ["a/b", f"t{number}"])
        os.write(1, f"{note.id} {number}\\n".encode())
        if number % 7 == 3:
            notebook.back_up()
"""


def calls_of(tmp_path: Path, *synchronous: str) -> tuple[Path, list[Call]]:
    home = tmp_path / "home"
    home.mkdir()
    program = [sys.executable, "-c", WRITER, str(home / "notes.sqlite"), *synchronous]
    return home, recorded(program, home, tmp_path / "log")


def losses(home: Path, calls: list[Call], count: int, place: Path) -> Iterator[str]:
    """Yield what was lost at each cut."""
    for number, (model, files, said) in enumerate(cuts(calls, count, seed=7)):
        here = place / str(number)
        for path, content in files.items():
            target = here / Path(path).relative_to(home)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        with Notebook.open(here / "notes.sqlite") as notebook:
            kept = {note.id: note.comment.split()[0] for note in notebook.notes()}
            with notebook._store.read() as db:
                assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", (model, number)
        for copy in here.glob("backups/notes-*.sqlite"):
            Notebook.open(copy).close()
        for line in said.decode().splitlines():
            note, comment = line.split(" ")
            if kept.get(note) != comment:
                yield f"{model} {number}: {line}"


def test_no_acknowledged_note_is_lost_at_a_power_cut(tmp_path: Path) -> None:
    home, calls = calls_of(tmp_path)
    assert sum(call.kind == "said" for call in calls) == 20
    assert not list(losses(home, calls, CUTS, tmp_path / "cuts"))


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_cuts_find_what_a_weaker_setting_loses(tmp_path: Path, synchronous: str) -> None:
    home, calls = calls_of(tmp_path, synchronous)
    try:
        lost = list(losses(home, calls, 60, tmp_path / "cuts"))
    except Exception as error:  # noqa: BLE001 - a torn database fails in many ways: that is what is to be seen
        lost = [str(error)]
    assert lost
