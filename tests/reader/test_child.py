"""Children: they are told to end, seen to end, and killed if they stay."""

import queue
import signal
from pathlib import Path

import pytest

from reader.child import Child

DEAF = "import signal, sys\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('{}', flush=True)\nsys.stdin.read()\n"


def started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> tuple[Child, queue.Queue[object]]:
    """Start a child that says when it is there; what it says, and its exit code."""
    (tmp_path / "deaf.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said: queue.Queue[object] = queue.Queue()
    child = Child("deaf", [], said.put, said.put)
    assert said.get(timeout=60) == {}
    return child, said


def test_a_child_that_ends_when_told_is_seen_to_end(tmp_path: Path, monkeypatch) -> None:
    child, said = started(tmp_path, monkeypatch, "print('{}', flush=True)\ninput()\n")
    child.stop()
    child.see_end(60)
    assert said.get(timeout=60) == -signal.SIGTERM


def test_a_child_that_stays_is_killed(tmp_path: Path, monkeypatch) -> None:
    child, said = started(tmp_path, monkeypatch, DEAF)
    child.stop()
    child.see_end(0.1)
    assert said.get(timeout=60) == -signal.SIGKILL
