"""What a killed program leaves behind; `make kill-notes` kills 10,000 times."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def killed(*options: str) -> tuple[int, str]:
    # In a process of its own: a fork of a test runner would take its threads' locks along.
    program = [
        sys.executable,
        str(ROOT / "tests/faults/kill_notes.py"),
        "--kills",
        "200",
        "--seed",
        "3",
        *options,
    ]
    done = subprocess.run(
        program, cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)}
    )
    last = done.stdout.strip().rpartition("\r")[2]
    assert "kills=200" in last, done.stdout[-300:] + done.stderr
    return done.returncode, last


def test_no_acknowledged_note_is_lost_when_the_program_is_killed() -> None:
    code, last = killed()
    assert code == 0, last
    assert "lost=0, unsound=0" in last
    assert "acknowledged=0" not in last


def test_what_is_acknowledged_before_it_is_committed_is_seen_to_be_lost() -> None:
    code, last = killed("--hasty")
    assert code == 1, last
    assert "lost=0" not in last
