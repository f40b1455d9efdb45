"""The query line: every change is a question, and Enter leads to the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message
from textual.widgets import Input

from reader.widgets.keyed import Keyed


class QueryBar(Keyed, Input):
    """A text field in the `query` context; remembers the queries that were followed."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("query",)

    @dataclass
    class Left(Message):
        """The user is done with the query: to the results, if `to_results`."""

        to_results: bool

    def __init__(self, *, placeholder: str, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.cursor_blink = False
        self.history: list[str] = []
        self._back = 0

    def remember(self) -> None:
        """Put the query that was just followed into the history."""
        query = self.value.strip()
        if query and self.history[-1:] != [query]:
            self.history.append(query)
        self._back = 0

    def do_to_results(self) -> None:
        """Go to the results."""
        self.remember()
        self.post_message(self.Left(to_results=True))

    def do_clear(self) -> None:
        """Clear the query; leave it if it is clear."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left(to_results=False))

    def do_older_query(self) -> None:
        """Bring back the query before."""
        if self._back < len(self.history):
            self._back += 1
            self.value = self.history[-self._back]
            self.cursor_position = len(self.value)
