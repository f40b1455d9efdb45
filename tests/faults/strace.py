"""A program run under strace: its system calls counted, failed or turned into its death."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_CALL = re.compile(r"^(\d+ +)?(\w+)\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Traced:
    """How a traced program ended: its exit code (negative for a signal), what it said, what it called."""

    code: int
    out: str
    err: str
    log: str

    @property
    def calls(self) -> Counter[str]:
        """How often each system call was made, by the process that made it most: points are counted by process."""
        by_process = Counter(_CALL.findall(self.log))
        most: Counter[str] = Counter()
        for (_process, call), count in by_process.items():
            most[call] = max(most[call], count)
        return most

    @property
    def was_hit(self) -> bool:
        """Whether the fault asked for was met."""
        return "(INJECTED)" in self.log or "killed by SIGKILL" in self.log


def traced(
    command: Sequence[str], log: Path, trace: str, inject: str = "", only: Sequence[Path] = ()
) -> Traced:
    """Run a command to its end, with `inject` (see strace(1), "Tampering") done to its system calls.

    Its children are traced too; a point is counted in each process by itself. With
    `only`, just calls that concern these files count.
    """
    tamper = ["-e", f"inject={inject}"] if inject else []
    paths = [f"--trace-path={path}" for path in only]
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={trace}", *tamper, *paths, *command],
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "LC_ALL": "en_US.UTF-8"},
    )
    text = log.read_text(errors="replace")
    return Traced(done.returncode, done.stdout.decode(), done.stderr.decode(), text)
