"""What a killed program leaves behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from notes import Notebook

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from pathlib import Path
from notes import Notebook, Source
with Notebook.open(Path(sys.argv[1])) as notebook:
    while True:
        note = notebook.add("af133a31c0de", "r1", Source(), None, "words " * 40, ["a/b", "c"], None)
        print(note.id, flush=True)
        notebook.revise(note.id, comment="other words " * 40)
        print(note.id + "+", flush=True)
"""


def test_no_acknowledged_note_is_lost_when_the_program_is_killed(path: Path) -> None:
    acknowledged: list[str] = []
    for kill in range(15):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            acknowledged.append(writer.stdout.readline().strip())
            time.sleep(0.007 * kill)
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    with Notebook.open(path) as notebook:
        kept = {note.id: note.comment for note in notebook.notes()}
        with notebook._store.read() as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(acknowledged) > 15
    for line in acknowledged:
        assert line.rstrip("+") in kept
        if line.endswith("+"):
            assert kept[line[:-1]].startswith("other")
