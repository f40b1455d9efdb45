"""The main screen: query, results, article, side pane. It composes, listens and delegates."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.containers import Horizontal
from textual.widgets import Input, Static

from reader.i18n import _
from reader.messages import (
    Answered,
    ArticleOpened,
    ChildEnded,
    ChildSaid,
    Counted,
    EntitiesChanged,
    Misunderstood,
    NotesChanged,
    Reasoned,
    StoresFailed,
    StoresOpened,
)
from reader.screens.annotating import Annotating
from reader.screens.background import Background
from reader.screens.finding import Finding
from reader.screens.keeping import Keeping
from reader.screens.narrowing import Narrowing
from reader.screens.opening import Opening
from reader.screens.panes import ARTICLE, RESULTS, SIDE, Panes
from reader.screens.reading import Reading
from reader.screens.searching import Searching
from reader.screens.sharing import Sharing
from reader.screens.tagging import Tagging
from reader.screens.telling import Telling
from reader.screens.undoing import Undoing
from reader.screens.visiting import Visiting
from reader.widgets.article_pane import ArticlePane
from reader.widgets.article_view import MEASURE, ArticleView
from reader.widgets.footer import Footer
from reader.widgets.keyed import KeysChanged, Obeys
from reader.widgets.query_bar import QueryBar
from reader.widgets.query_mark import QueryMark
from reader.widgets.results import Results
from reader.widgets.row_list import RowList
from reader.widgets.side import Side
from reader.widgets.welcome import Welcome

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.screens.correcting import Correcting
    from reader.screens.page import Page
    from reader.screens.placing import Places
    from reader.workspace import Workspace


class MainScreen(Obeys, Telling):
    """Everything an analyst needs while searching and reading."""

    def __init__(self, workspace: Workspace, column: int = MEASURE) -> None:
        super().__init__()
        self.workspace = workspace
        self.query_bar = QueryBar(placeholder=_("search the collection"), id="query")
        self.understood = Static(markup=False, id="understood")
        self.query_mark = QueryMark(id="query-mark")
        self.welcome = Welcome(id="welcome")
        self.welcome.display = False
        self.results = Results(id=RESULTS)
        self.article_pane = ArticlePane(column, id=ARTICLE)
        self.side = Side(id=SIDE)
        self.footer = Footer(id="footer")
        self.opening = Opening(self)
        self.searching = Searching(self)
        self.narrowing = Narrowing(self)
        self.reading = Reading(self)
        self.finding = Finding(self)
        self.visiting = Visiting(self)
        self.background = Background(self)
        self.annotating = Annotating(self)
        self.tagging = Tagging(self)
        self.undoing = Undoing(self)
        self.sharing = Sharing(self)
        self.keeping = Keeping(self)
        self.panes = Panes(self)

    def compose(self) -> ComposeResult:
        """Lay the panes out; which of them are shown depends on the width."""
        with Horizontal(id="top"):
            yield Static("Liseuse", markup=False, id="name")
            yield self.query_bar
            yield self.understood
        yield self.query_mark
        with Horizontal(id="panes"):
            yield self.welcome
            yield self.results
            yield self.article_pane
            yield self.side
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Paint first; open the stores after."""
        self.panes.arrange()
        self.query_bar.focus()
        self.call_after_refresh(self.opening.open)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Not style everything again when it is first shown: it has just been styled."""
        event.refresh_styles = event.refresh_styles and self.stack_updates > 0

    def obey(self, name: str) -> bool:
        """Do a command here or in whoever does it for this screen."""
        doers: tuple[Obeys, ...] = (self.panes, self.searching, self.narrowing, self.reading, self.finding)
        doers += (self.visiting, self.annotating, self.tagging, self.undoing, self.sharing, self.background)
        if super().obey(name) or any(doer.obey(name) for doer in doers):
            return True
        return self.placing.obey(name) or self.correcting.obey(name)

    @cached_property
    def placing(self) -> Places:
        """What finds the passages of notes again in other texts, and asks where it is not sure."""
        from reader.screens.placing import Places  # noqa: PLC0415 - aligns texts, when first asked for

        return Places(self)

    @cached_property
    def correcting(self) -> Correcting:
        """What corrects entities and opens their dossiers."""
        from reader.screens.correcting import Correcting  # noqa: PLC0415 - rules and words, when first asked for

        return Correcting(self)

    # What happens

    @on(StoresOpened)
    def _stores_opened(self, message: StoresOpened) -> None:
        self.opening.opened(message.articles)

    @on(StoresFailed)
    def _stores_failed(self, message: StoresFailed) -> None:
        self.opening.failed(message.reason)

    @on(Input.Changed, "#query")
    def _query_changed(self) -> None:
        if self.workspace.is_open:
            self.searching.ask_soon()

    @on(QueryBar.Left)
    def _query_left(self, message: QueryBar.Left) -> None:
        no_article = self.article_pane.document is None
        self.wait_for(self.searching.is_done)
        self.panes.go(self.results if message.to_results or no_article else self.article_pane)

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        self.searching.answered(message)
        self.background.sync()
        self.background.start()

    @on(Misunderstood)
    def _misunderstood(self, message: Misunderstood) -> None:
        self.searching.misunderstood(message)

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        self.narrowing.counted(message)

    @on(Reasoned)
    def _reasoned(self, message: Reasoned) -> None:
        self.narrowing.reasoned(message)

    @on(QueryBar.Followed)
    def _followed(self, message: QueryBar.Followed) -> None:
        self.narrowing.followed(message.query)

    @on(Results.Wanted)
    def _more_wanted(self, message: Results.Wanted) -> None:
        self.searching.ask_more(message.offset)

    @on(ArticleOpened)
    def _article_opened(self, message: ArticleOpened) -> None:
        self.reading.show(message)

    @on(RowList.Chosen)
    def _chosen(self, message: RowList.Chosen) -> None:
        if message.rows is self.results and self.results.offered:
            self.query_bar.replace_with(self.results.offered.query)
        elif message.rows is self.results and self.results.chosen:
            self.reading.open(self.results.chosen.id)
            self.panes.go(self.article_pane)
        elif message.rows is self.side and self.side.chosen:
            self.reading.follow(self.side.chosen)
            if not (self.side.chosen.toggles or self.article_pane.display):  # there is room for one pane
                self.panes.go(self.article_pane)

    @on(ArticleView.Moved)
    def _moved(self, message: ArticleView.Moved) -> None:
        self.status.here = self.reading.describe(message.document)
        self.panes.show_keys()

    @on(ArticleView.Jumped)
    def _jumped(self, message: ArticleView.Jumped) -> None:
        self.visiting.jumped(message.before, message.after)

    @on(NotesChanged)
    def _notes_changed(self, message: NotesChanged) -> None:
        self.say(message.said)
        self.panes.show_keys()
        self.reading.reload()
        self.searching.ask_again()
        for page in self.pages():
            page.say(message.said)
            page.reload()

    @on(EntitiesChanged)
    def _entities_changed(self, message: EntitiesChanged) -> None:
        self.correcting.changed(message)

    @on(ChildSaid)
    def _child_said(self, message: ChildSaid) -> None:
        self.background.said(message)

    @on(ChildEnded)
    def _child_ended(self, message: ChildEnded) -> None:
        self.background.ended(message)

    @on(RowList.Passed, f"#{SIDE}")
    @on(KeysChanged)
    def _keys_changed(self) -> None:
        self.panes.show_keys()

    def on_descendant_focus(self) -> None:
        """Show the pane that has the focus, and its keys."""
        self.panes.focused()

    def on_resize(self) -> None:
        """Show as many panes as there is room for."""
        self.panes.arrange()

    def pages(self) -> list[Page[Any]]:
        """Return the full-screen pages that are open over this."""
        from reader.screens.page import Page  # noqa: PLC0415 - after the first frame

        return [screen for screen in self.app.screen_stack if isinstance(screen, Page)]
