"""The query line: every change is a question, and Enter leads to the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message

from reader.widgets.field import Field


class QueryBar(Field):
    """A text field in the `query` context; remembers the queries that were followed."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("query",)

    @dataclass
    class Left(Message):
        """The user is done with the query: to the results, if `to_results`."""

        to_results: bool

    @dataclass
    class Followed(Message):
        """A query led somewhere: it is worth remembering."""

        query: str

    def __init__(self, *, placeholder: str, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self.history: list[str] = []
        self.suggestion = ""
        """What may have been meant, where the query is wrong."""
        self._back = 0

    def know(self, queries: Iterable[str]) -> None:
        """Take the queries of earlier sessions, the latest first, for the history."""
        self.history[:0] = reversed([*queries])

    def replace_with(self, query: str) -> None:
        """Put another query in the place of the one that is there."""
        self.value = query
        self.cursor_position = len(query)

    def cell_of(self, column: int) -> int:
        """Return the screen column, in cells, of a character of the query."""
        return self.content_region.x + cell_len(self.value[:column]) - round(self.scroll_x)

    def remember(self) -> None:
        """Put the query that was just followed into the history."""
        query = self.value.strip()
        if query and self.history[-1:] != [query]:
            self.history.append(query)
            self.post_message(self.Followed(query))
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
        """Bring back the query before the one that is there."""
        while self._back < len(self.history):
            self._back += 1
            if self.history[-self._back] != self.value.strip():
                self.replace_with(self.history[-self._back])
                return

    def do_take_suggestion(self) -> None:
        """Put what may have been meant in the place of a wrong query."""
        if self.suggestion:
            self.replace_with(self.suggestion)
