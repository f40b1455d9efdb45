"""Work in a process of its own, and what becomes of signals meanwhile."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.apart import apart
from reader.cli.failures import Wrong


def test_the_exit_code_of_the_work_is_returned():
    assert apart(lambda: 3) == 3


def test_a_failure_is_told_there_and_returned(capfd):
    def work() -> int:
        raise Wrong("no such thing")

    assert apart(work) == 2
    assert "no such thing" in capfd.readouterr().err


def test_what_the_work_changes_stays_there():
    changed = []
    assert apart(lambda: changed.append("there") or 0) == 0
    assert changed == []


_WORK = """
import sys, time
from reader.cli.apart import apart

def work():
    print("at work", flush=True)
    time.sleep(60)

sys.exit(apart(work))
"""


@pytest.mark.parametrize(("sent", "code", "told"), [(signal.SIGINT, 130, 1), (signal.SIGTERM, 143, 0)])
def test_a_signal_ends_the_work_and_is_told_once(sent, code, told):
    process = subprocess.Popen(
        [sys.executable, "-c", _WORK],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout
    assert process.stdout.readline() == b"at work\n"
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)  # as a terminal does
    else:
        process.terminate()
    _out, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert err.count(b"interrupted") == told, err
    assert b"Traceback" not in err
