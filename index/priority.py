"""How much of the processor a child takes where others want it too."""

import os
from contextlib import suppress
from pathlib import Path

_GROUP = Path("/proc/self/autogroup")


def give_way(niceness: int) -> None:
    """Let other programs go first, by so much as `nice` counts it.

    Linux shares the processor out among sessions before it looks at niceness (autogroups, sched(7)).
    A child in a session of its own would take as much as the interface, however nice it is: its
    session is made nice too, if it is its own.
    """
    os.nice(niceness)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # another system, or a kernel without
            _GROUP.write_text(str(niceness))
