"""Children give way to the interface, also where the system weighs sessions before processes."""

import subprocess
import sys
from pathlib import Path

import pytest

TOLD = """
import os
from pathlib import Path
from index.priority import give_way
give_way(7)
group = Path("/proc/self/autogroup")
print(os.nice(0), group.read_text().split()[-1] if group.exists() else "none")
"""
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {TOLD!r}], check=True)"
HAS_GROUPS = Path("/proc/self/autogroup").exists()


@pytest.mark.parametrize(
    ("program", "group"),
    [(TOLD, "7"), (CHILD, "0")],
    ids=["a session of its own is made nice", "another's session is left as it is"],
)
def test_a_child_gives_way(program: str, group: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, start_new_session=True
    )
    assert told.stdout.split() == ["7", group if HAS_GROUPS else "none"]
