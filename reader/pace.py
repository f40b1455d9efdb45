"""How fast long work goes, and how long it will still take."""

import time
from collections.abc import Callable
from typing import Final

from reader.i18n import _

_TOO_EARLY: Final = 2.0
"""Seconds before which nothing can be said."""
_FEW: Final = 10
"""A second, of which a tenth is worth saying."""


class Pace:
    """Measures one piece of work, from its making on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()

    def rate(self, count: int) -> str:
        """Return in words how many articles a second, `count` having been done; empty until it is known."""
        seconds = self._clock() - self._started
        if seconds < _TOO_EARLY or not count:
            return ""
        rate = count / seconds
        return _("{rate} articles/s", rate=round(rate, 1) if rate < _FEW else round(rate))

    def left(self, done: int, total: int) -> str:
        """Return the time left in words, as `3:20`; empty as long as it cannot be known."""
        seconds = self._clock() - self._started
        if seconds < _TOO_EARLY or not 0 < done < total:
            return ""
        minutes, rest = divmod(round(seconds * (total - done) / done), 60)
        hours, minutes = divmod(minutes, 60)
        time_left = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
        return _("{time} left", time=time_left)
