"""Work in a process of its own: what it took of memory goes with it, and not with a whole day of reading."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from types import FrameType

from reader.cli.failures import explained


def apart(work: Callable[[], int]) -> int:
    """Return the exit code of some work, done in a fork of this process; a failure is told there.

    Only before there are threads, connections or files that both would use.
    """
    process = get_context("fork").Process(target=_done, args=[work])
    with _signals_for(process):
        process.start()
        process.join()
    code = process.exitcode or 0
    return 128 - code if code < 0 else code


def _done(work: Callable[[], int]) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with explained() as outcome:
        outcome.code = work()
    sys.exit(outcome.code)


@contextmanager
def _signals_for(process: BaseProcess) -> Iterator[None]:
    """Leave it to another process what a signal means: a terminal sends Ctrl+C to both."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        process.terminate()

    def leave_be(_signal: int, _frame: FrameType | None) -> None:
        """Do nothing: the other has heard it too."""

    before = signal.signal(signal.SIGINT, leave_be), signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
