"""The saved searches, each with how many articles it finds now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical

from index.errors import LibraryError, SearchError
from notes import NotebookError
from reader.i18n import _
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.screens.overtaking import unless_overtaken
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from reader.finder import Finder
    from reader.memory import Memory


class SearchRows(RowList):
    """The searches and their counts, as far as they have been counted."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("searches", "list", "dialogue")

    def __init__(self) -> None:
        super().__init__()
        self.nothing = (_("No search is saved yet: a saves the present one."),)
        self.queries: list[str] = []
        self.counts: Mapping[str, str] = {}

    def count(self) -> int:
        """Return how many searches there are."""
        return len(self.queries)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a search's line."""
        query = self.queries[index]
        number = self.counts.get(query, "…")
        text = Text(painted(query))
        text.truncate(max(width - len(number) - 1, 1), overflow="ellipsis", pad=True)
        return [text.append(f" {number}", self.look("dim"))]


class SavedSearches(Dialogue[str | None]):
    """Asks for one of the saved searches; `present` is the query that can be saved."""

    def __init__(self, memory: Memory, finder: Finder, present: str) -> None:
        super().__init__()
        self._memory, self._finder, self._present = memory, finder, present
        self._left = False

    def compose(self) -> ComposeResult:
        """Lay out the searches and what to press."""
        with Vertical(classes="dialogue"):
            yield line(_("Saved searches"), "dialogue-title")
            yield SearchRows()
            yield line(_("Enter: search   a: save the present one   d: drop   Esc: leave"), "dialogue-keys")

    def on_mount(self) -> None:
        """Show them, and count in the background."""
        self._rows.focus()
        self._show()

    def on_unmount(self) -> None:
        """Count no further."""
        self._left = True

    @property
    def _rows(self) -> SearchRows:
        return self.query_one(SearchRows)

    def _show(self) -> None:
        self._rows.queries = self._memory.kept()
        self._rows.rows_changed(self._rows.current)
        self.run_worker(self._count, thread=True, exclusive=True)

    def _count(self) -> None:
        from index.query import QueryError  # noqa: PLC0415 - after the first frame

        counts: dict[str, str] = {}
        for query in self._rows.queries:
            try:
                counts[query] = str(self._finder.total(query, cancelled=lambda: self._left))
            except (QueryError, SearchError, LibraryError, NotebookError, OSError):
                counts[query] = "?"
            if self._left:
                return
            unless_overtaken(self.app, self._counted, dict(counts))

    def _counted(self, counts: Mapping[str, str]) -> None:
        if not self._left:
            self._rows.counts = counts
            self._rows.refresh()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.dismiss(self._rows.queries[self._rows.current])

    def do_save_search(self) -> None:
        """Save the present search."""
        if self._present:
            self._memory.keep(self._present)
            self._show()

    def do_drop_search(self) -> None:
        """Drop a saved search."""
        if self._rows.queries:
            self._memory.drop(self._rows.queries[self._rows.current])
            self._show()
