"""How fast long work goes, and how long it will still take."""

import time
from collections.abc import Callable
from typing import Final

from reader.i18n import _

_TOO_EARLY: Final = 2.0
"""Seconds before which nothing can be said."""


class Pace:
    """Measures one piece of work, from its making on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()

    def rate(self, count: int) -> float:
        """Return how many a second, `count` having been done."""
        return count / max(self._clock() - self._started, 0.001)

    def left(self, done: int, total: int) -> str:
        """Return the time left in words, as `3:20`; empty as long as it cannot be known."""
        seconds = self._clock() - self._started
        if seconds < _TOO_EARLY or not 0 < done < total:
            return ""
        minutes, rest = divmod(round(seconds * (total - done) / done), 60)
        hours, minutes = divmod(minutes, 60)
        time_left = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
        return _("{time} left", time=time_left)
