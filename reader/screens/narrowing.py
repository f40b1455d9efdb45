"""What is done with a search beyond reading on: narrow it and widen it, ask why, save it, mark hits read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import LibraryError, SearchError
from notes import NotebookError
from reader.i18n import _
from reader.messages import Reasoned
from reader.query_words import misunderstanding
from reader.screens.overtaking import unless_overtaken
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from reader.messages import Counted
    from reader.screens.main import MainScreen


class Narrowing(Obeys):
    """The dialogues about a search and its hits."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._wider: list[tuple[str, str]] = []
        """Queries before each narrowing, with what they were narrowed to."""

    # Facets

    def do_facets(self) -> None:
        """Count the hits by who and what they name, source, language, month and tag."""
        self.screen.searching.ask_facets()
        self.screen.wait_for(self.screen.searching.is_done)

    def counted(self, message: Counted) -> None:
        """Offer the facets of the search as it stands."""
        if message.question.query == self.screen.searching.query:
            self.screen.ask(self._narrow(message))

    async def _narrow(self, message: Counted) -> None:
        from index.query import QueryError, clause_of, narrowed  # noqa: PLC0415 - after the first frame
        from reader.screens.facets import Facets  # noqa: PLC0415 - when first asked for

        before = self.screen.query_bar.value  # that was answered: it can be narrowed
        chosen = await self.screen.app.push_screen_wait(Facets(message.facets))
        if chosen:
            field, value, keep = chosen
            clause = ("" if keep else "-") + clause_of(field, value)
            try:
                after = narrowed(before, clause) if before.strip() not in {"", "*"} else clause
            except QueryError as error:  # a name of signs alone
                self.screen.say(misunderstanding(error))
                return
            self._wider.append((before, after))
            self.screen.query_bar.replace_with(after)

    def do_widen(self) -> None:
        """Go back to the query before it was narrowed."""
        while self._wider:
            before, after = self._wider.pop()
            if self.screen.query_bar.value == after:
                self.screen.query_bar.replace_with(before)
                return

    # One hit

    def do_why(self) -> None:
        """Ask why the current hit is one."""
        query = self.screen.searching.query
        if query == "*":
            self.screen.say(_("Without a query every article is here: s searches"))
        elif hit := self.screen.results.chosen:
            self.screen.run_worker(
                lambda: self._explain(query, hit.id, hit.title), thread=True, exclusive=True, group="why"
            )

    def _explain(self, query: str, article: str, title: str) -> None:
        from index.query import QueryError  # noqa: PLC0415 - after the first frame

        try:
            reasons = self.screen.workspace.finder.reasons(query, article, typing=True)
        except (QueryError, LibraryError, NotebookError, SearchError, OSError):
            return
        unless_overtaken(self.screen.app, self.screen.post_message, Reasoned(title, reasons))

    def reasoned(self, message: Reasoned) -> None:
        """Show the reasons."""
        from reader.screens.why import Why  # noqa: PLC0415 - when first asked for

        self.screen.app.push_screen(Why(message.title, message.reasons))

    def do_toggle_read(self) -> None:
        """Mark the current hit as read, or as unread again."""
        if hit := self.screen.results.chosen:
            self.mark(hit.id, read=not hit.read)

    def mark(self, article: str, *, read: bool) -> None:
        """Remember that an article was read, or not, and show it."""
        self.screen.results.mark(article, read=read)
        memory = self.screen.workspace.memory
        self.screen.run_worker(lambda: memory.mark(article, read=read), thread=True)

    # Queries of before

    def know_queries(self) -> None:
        """Give the query line its history."""
        self.screen.query_bar.know(self.screen.workspace.memory.queries())

    def followed(self, query: str) -> None:
        """Remember a query that led somewhere."""
        memory = self.screen.workspace.memory
        self.screen.run_worker(lambda: memory.remember(query), thread=True)

    def do_saved_searches(self) -> None:
        """Show the saved searches."""
        if self.screen.workspace.is_open:
            self.screen.ask(self._saved())

    async def _saved(self) -> None:
        from reader.screens.saved import SavedSearches  # noqa: PLC0415 - when first asked for

        workspace = self.screen.workspace
        dialogue = SavedSearches(workspace.memory, workspace.finder, self.screen.query_bar.value.strip())
        chosen = await self.screen.app.push_screen_wait(dialogue)
        if chosen:
            self.screen.query_bar.replace_with(chosen)
            self.screen.panes.go(self.screen.results)
