"""Being told to end from outside: by a signal, or by the terminal going away."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

_PATIENCE: Final = 60
"""Seconds for a tidy end; a draft may wait thirty for another that writes."""
_HUNG_UP: Final = 128 + signal.SIGHUP


def when_told_to_end(leave: Callable[[], object]) -> None:
    """Call `leave` in the running event loop on SIGTERM, SIGHUP and SIGINT, and when the terminal hangs up.

    Who runs us may keep SIGHUP to itself (make does), and a program that goes on
    reading from a terminal that is gone takes a whole core to do so. Where the loop does not
    hear, as while the terminal takes nothing, the program ends by itself after a while: what is saved
    is on the disk.
    """
    loop = asyncio.get_running_loop()

    def tell() -> None:
        with suppress(RuntimeError):  # the loop has ended before
            loop.call_soon_threadsafe(leave)

    def told(_number: int, _frame: object) -> None:
        signal.alarm(_PATIENCE)  # which nothing waits for: the system ends the program
        tell()

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        # The loop's own handlers are told of a signal by a byte in its pipe, which has no room for it when as
        # many keys have come as that takes while the loop waits for the terminal. Without that byte, though,
        # a loop that waits goes on waiting when the system gave the signal to another thread.
        loop.add_signal_handler(number, lambda: None)
        signal.signal(number, told)
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)

    def wait_for_hangup() -> None:
        watch = select.poll()
        watch.register(0, 0)  # no events: hangups only
        watch.poll()
        tell()
        time.sleep(_PATIENCE)
        os._exit(_HUNG_UP)

    if os.isatty(0):
        threading.Thread(target=wait_for_hangup, name="hangup", daemon=True).start()
