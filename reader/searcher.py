"""The one long-lived searcher: a thread that always answers the latest question and gives up older ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, NamedTuple

_GRACE_SECONDS: Final = 0.15


class Question(NamedTuple):
    """A query as it stands, the order wanted, and which hits; later questions have higher numbers."""

    number: int
    query: str
    sort: str = "relevance"
    offset: int = 0
    limit: int = 30
    facets: bool = False
    """Whether the hits are to be counted by facet."""


class Searcher:
    """Runs `answer(question, cancelled)` in a daemon thread, one at a time, the latest question first.

    A search that a newer question overtakes is given up while it is young. One that
    has run for 150 ms is let finish: otherwise steady typing over slow searches would
    never show anything.
    """

    def __init__(self, answer: Callable[[Question, Callable[[], bool]], None]) -> None:
        self._answer = answer
        self._latest: Question | None = None
        self._wake = threading.Condition()
        self._closed = False
        self._number = 0
        threading.Thread(target=self._run, name="searcher", daemon=True).start()

    def ask(
        self, query: str, sort: str = "relevance", offset: int = 0, limit: int = 30, *, facets: bool = False
    ) -> Question:
        """Ask, and forget any question not yet begun."""
        with self._wake:
            self._number += 1
            self._latest = Question(self._number, query, sort, offset, limit, facets)
            self._wake.notify()
            return self._latest

    def close(self) -> None:
        """Answer nothing any more."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._latest or self._closed)
                if self._closed or self._latest is None:
                    return
                question, self._latest = self._latest, None
            started = time.monotonic()
            self._answer(question, lambda started=started: self._overtaken(started))  # type: ignore[misc]

    def _overtaken(self, started: float) -> bool:
        young = time.monotonic() - started < _GRACE_SECONDS
        return self._closed or (self._latest is not None and young)
