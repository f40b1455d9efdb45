"""Searching: from the query line to the hits, through the one searcher."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from index.errors import LibraryError, SearchCancelled, SearchError
from notes import NotebookError
from reader.i18n import _, ngettext
from reader.messages import Answered, Counted, Misunderstood
from reader.query_words import misunderstanding
from reader.render import painted
from reader.searcher import Question, Searcher
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from reader.screens.main import MainScreen

_SORTS: Final = ("relevance", "-date", "date")
PAGE: Final = 30


class Searching(Obeys):
    """Asks as the user types and shows each answer that is newer than what is shown."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.sort = "relevance"
        self._shown = 0
        self._shown_list = ("", "")
        """The query and the order of the hits that are shown."""
        self._hint = ""
        self._due = False
        self._asked = 0
        self._searcher = Searcher(self._answer)

    @property
    def query(self) -> str:
        """The query as it stands; everything when there is none."""
        return self.screen.query_bar.value.lstrip() or "*"

    def ask_soon(self) -> None:
        """Ask when the letter that was typed has been painted: a search would hold up its echo."""
        self._due = True
        self.screen.call_after_refresh(self._ask_due)
        # Textual leaves that to the screen in front, and the palette may be gone before it has painted.
        self.screen.set_timer(0.1, self._ask_due)

    def _ask_due(self) -> None:
        if self._due:
            self._due = False
            self.ask()

    def is_done(self) -> bool:
        """Tell whether what was asked last has been answered."""
        return not self._due and self._shown >= self._asked

    def _ask(self, offset: int = 0, limit: int = PAGE, *, facets: bool = False) -> None:
        self._asked = self._searcher.ask(self.query, self._order, offset, limit, facets=facets).number

    def ask(self) -> None:
        """Ask for the first hits of the query as it stands."""
        self._ask()

    def ask_again(self) -> None:
        """Ask for the hits that are shown: what they say of themselves may have changed."""
        self._ask(limit=self._enough)

    @property
    def _order(self) -> str:
        """The order that was chosen; everything has no relevance, so it comes newest first."""
        return "-date" if self.query == "*" and self.sort == "relevance" else self.sort

    def ask_facets(self) -> None:
        """Ask for the hits that are shown, counted by facet."""
        self._ask(limit=self._enough, facets=True)

    @property
    def _enough(self) -> int:
        """Return how many hits hold those shown, and those after the current one if others come first."""
        return max(len(self.screen.results.hits), self.screen.results.current + PAGE)

    def ask_more(self, offset: int) -> None:
        """Ask for the hits that follow."""
        self._ask(offset)

    def close(self) -> None:
        """Stop answering."""
        self._searcher.close()

    def _answer(self, question: Question, cancelled: Callable[[], bool]) -> None:
        """Answer a question, in the searcher's thread."""
        from sqlite3 import ProgrammingError  # noqa: PLC0415 - after the first frame

        from index.query import QueryError  # noqa: PLC0415 - same

        workspace = self.screen.workspace
        try:
            answer = workspace.finder.search(
                question.query, typing=True, limit=question.limit, offset=question.offset, sort=question.sort,
                facets=question.facets, cancelled=cancelled,
            )  # fmt: skip
        except SearchCancelled:
            return
        except ProgrammingError:
            if not cancelled():
                raise
            return  # the library was closed meanwhile: nobody waits any more
        except QueryError as error:
            self.screen.post_message(
                Misunderstood(question, misunderstanding(error), error.column, error.suggestion)
            )
            return
        except (LibraryError, NotebookError, SearchError, OSError) as error:
            self.screen.app.call_from_thread(self._refused, question, str(error))
            return
        self.screen.post_message(Answered(question, answer))
        if question.facets:
            self.screen.post_message(Counted(question, answer.facets))

    def _refused(self, question: Question, why: str) -> None:
        self._shown = question.number
        self.screen.alarm(why)

    def answered(self, message: Answered) -> None:
        """Show an answer, unless a newer one is shown."""
        question, answer = message.question, message.answer
        if question.number < self._shown:
            return
        self._shown = question.number
        asked = question.query, question.sort
        same, self._shown_list = asked == self._shown_list, asked
        results = self.screen.results
        if question.offset:
            results.extend(answer.hits)
        elif answer.hits:
            results.show(answer.hits, answer.total, same=same)
        elif answer.offers:
            results.offer(answer.understood, answer.offers)
        else:
            results.say(*self._nothing(answer.understood))
        count = ngettext("{count} article", "{count} articles", answer.total)
        everything = question.query == "*"
        understood = "" if everything else f"{answer.understood} · "
        self._show_understood(f"{understood}{count} · {self._sort_name(question.sort)}")
        if answer.hint != self._hint:
            self._hint = answer.hint
            self.screen.say(
                _("did you mean: {suggestion}", suggestion=painted(self._hint)) if self._hint else ""
            )

    def misunderstood(self, message: Misunderstood) -> None:
        """Say what is wrong with the query and leave the hits as they are."""
        if message.question.number >= self._shown:
            self._shown = message.question.number
            self._show_wrong(message)

    def _show_understood(self, text: str) -> None:
        """Show beside the query what was understood of it."""
        self.screen.query_mark.hide()
        self.screen.query_bar.suggestion = ""
        self.screen.understood.update(painted(text))

    def _show_wrong(self, wrong: Misunderstood) -> None:
        """Show under the query where and why it is wrong, and what may have been meant."""
        bar = self.screen.query_bar
        bar.suggestion = wrong.suggestion
        reason = _("column {column}: {reason}", column=wrong.column + 1, reason=wrong.reason)
        self.screen.understood.update("")
        self.screen.query_mark.point(bar.cell_of(wrong.column), reason, wrong.suggestion)

    @staticmethod
    def _nothing(understood: str) -> tuple[str, ...]:
        return (
            "",
            _("No article answers to:"),
            understood,
            "",
            _("Try fewer words, the beginning of one (djihad*), or one letter wrong (Goita~1)."),
        )

    @staticmethod
    def _sort_name(sort: str) -> str:
        return {"relevance": _("by relevance"), "-date": _("newest first"), "date": _("oldest first")}[sort]

    def do_sort(self) -> None:
        """Sort by the next order: relevance, newest, oldest."""
        self.sort = _SORTS[(_SORTS.index(self.sort) + 1) % len(_SORTS)]
        self.ask()
