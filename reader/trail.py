"""The places visited, to go back to and forward again."""

from __future__ import annotations

from typing import Final, NamedTuple

_KEPT: Final = 500


class Place(NamedTuple):
    """A character of an article."""

    article: str
    offset: int


class Trail:
    """What jumps left behind, as a browser keeps it; a place reached and left by jumps is left once."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []
        self._landed: Place | None = None

    def jumped(self, here: Place, there: Place) -> None:
        """Keep the place jumped from; what was ahead is no more."""
        passing = here == self._landed and here.article == there.article
        if not passing and here != there:
            self._behind = [*self._behind[1 - _KEPT :], here]
        self._ahead.clear()
        self._landed = there

    def back(self, here: Place) -> Place | None:
        """Return the place before, or None at the first."""
        return self._step(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """Return the place gone back from, or None at the last."""
        return self._step(self._ahead, self._behind, here)

    def _step(self, source: list[Place], other: list[Place], here: Place) -> Place | None:
        while source and source[-1] == here:
            source.pop()
        if not source:
            return None
        other.append(here)
        self._landed = None
        return source.pop()
