"""Reading: opening articles, going from one to the next and about in one."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Final

from index.article import EntityType
from index.errors import LibraryError
from notes import NotebookError
from reader.i18n import _, ngettext
from reader.messages import ArticleOpened
from reader.screens.goal import Goal
from reader.screens.overtaking import unless_overtaken
from reader.suspicion import warnings
from reader.text.document import HIDDEN_AT_FIRST, Document, entity_marks
from reader.text.layers import Mark
from reader.text.motion import sentence_spans
from reader.widgets.keyed import Obeys
from reader.widgets.side import SIGNS, Legend

if TYPE_CHECKING:
    from index.article import Article
    from notes import Note
    from reader.screens.main import MainScreen
    from reader.text.selection import Selection
    from reader.trail import Place
    from reader.widgets.side import Line
    from reader.workspace import Opened

_AT_ONCE: Final = 300_000
"""Characters of a text that is shown only when everything is known of it."""
_PATIENCE: Final = 1.0
"""Seconds that a longer one has to be painted before the rest is looked for, which holds the interpreter."""


class Reading(Obeys):
    """Loads the chosen article in a thread and draws it with its layers."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.opened: Opened | None = None
        self._hidden = HIDDEN_AT_FIRST
        self._untouched: Selection | None = None
        self._sought = ""
        """The query whose first hit the caret was put on in this article."""
        self._is_painted = Event()
        self._opening = ""
        """The id of the article that was asked for and is not shown yet."""

    @property
    def article(self) -> Article | None:
        """The article that is shown."""
        return self.opened.article if self.opened else None

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self.screen.article_pane.document

    def open(self, article_id: str, goal: Goal | None = None, *, by_jump: bool = True) -> None:
        """Open an article, its caret at a place, else at the first hit, else where it was left."""
        query = self.screen.query_bar.value
        if by_jump:
            self.screen.visiting.leaving(article_id, goal.offset if goal else 0)
        left, self._opening = self.screen.visiting.place, article_id
        self.screen.wait_for(lambda: self._opening != article_id)
        self.screen.background.annotate_first(article_id)
        self.screen.run_worker(
            lambda: self._load(article_id, query, goal, left), thread=True, exclusive=True, group="article"
        )

    def go_to_place(self, goal: Goal) -> None:
        """Open an article at a place, and go there; in one that is shown, at once."""
        if self.opened and self.opened.article.id == goal.article:
            self._arrive(goal.offset_in(self.opened))
        self.open(goal.article, goal)
        self.screen.panes.go(self.screen.article_pane)

    def _load(self, article_id: str, query: str, goal: Goal | None, leaving: Place | None) -> None:
        workspace, sought = self.screen.workspace, "" if goal else query
        try:
            self.screen.visiting.remember(leaving)
            opened = workspace.open_text(article_id)
            left = goal.offset_in(opened) if goal else workspace.memory.reached(article_id)
            if len(opened.article.text) > _AT_ONCE:
                self._is_painted.clear()
                self._tell(ArticleOpened(opened, left, whole=False, sought=sought))
                self._is_painted.wait(_PATIENCE)
            opened = workspace.marked(opened, query, sketch=True)
        except (LibraryError, NotebookError, OSError) as error:
            unless_overtaken(self.screen.app, self._not_opened, str(error))
            return
        if opened.hits and sought:
            self._tell(ArticleOpened(opened, opened.hits[0].start, sought=sought))
        else:
            self._tell(ArticleOpened(opened, left))
        sentence_spans(opened.article.text)  # kept for the first motion that asks

    def _not_opened(self, why: str) -> None:
        self._opening = ""
        self.screen.alarm(why)

    def _tell(self, message: ArticleOpened) -> None:
        unless_overtaken(self.screen.app, self.screen.post_message, message)

    def show(self, message: ArticleOpened) -> None:
        """Draw an article that has been loaded; one that is shown keeps its caret and selection."""
        opened, self._opening = message.opened, ""
        again = self.opened and self.opened.article.revision == opened.article.revision
        self.opened = opened
        document = self.document if again and self.document else Document(opened.article)
        document.set_layer("entities", entity_marks(opened.article.mentions))
        document.set_layer("hits", (Mark(span.start, span.end, "hit") for span in opened.hits))
        document.set_layer("suspects", (Mark(s.start, s.end, "suspect") for s in opened.suspicion.mixed))
        document.set_layer("notes", (Mark(s.start, s.end, "note", n.id) for n, s in opened.notes if s))
        if again:
            self._show_again(document, message)
        else:
            document.hidden = self._hidden
            self.screen.article_pane.show(document, message.at)
            self.screen.narrowing.mark(opened.article.id, read=True)
            self._sought = message.sought
        self._untouched = None if message.whole else document.selection
        if not message.whole:
            self.screen.call_after_refresh(self._is_painted.set)
        self.screen.status.here = self.describe(document)
        self._show_side(opened)

    def _show_again(self, document: Document, message: ArticleOpened) -> None:
        self.screen.article_pane.repaint()
        if message.sought not in {"", self._sought}:
            self._sought = message.sought
            self._arrive(message.at)
        elif document.selection == self._untouched:
            self.go(message.at)

    def _show_side(self, opened: Opened) -> None:
        state = "" if opened.annotated else self.screen.background.why_no_entities(opened.article.lang)
        notes = [note for note, _span in opened.notes]
        warned = tuple(warnings(opened.article.text, opened.suspicion))
        legend = Legend(self._hidden, len(opened.hits), state, warned)
        self.screen.side.show(notes, opened.article.mentions, legend)

    def reload(self) -> None:
        """Read the shown article again: its notes or its entities have changed."""
        if self.article and self.document:
            article, caret = self.article, self.document.selection.caret
            self.open(article.id, Goal(article.id, caret, text=article))

    def follow(self, line: Line) -> None:
        """Do what a line of the side pane stands for."""
        if line.toggles:
            self.toggle(line.toggles)
        elif line.note:
            self.go_to_note(line.note)
        else:
            self.go_to_entity(line.entity, line.kind)

    def go_to_note(self, note: Note) -> None:
        """Put the caret on a note's passage."""
        for mark in self.document.layers["notes"].marks if self.document else ():
            if mark.what == note.id:
                self._arrive(mark.start)
                return
        self.screen.say(_("This note has no passage here"))

    def go_to_entity(self, name: str, kind: EntityType) -> None:
        """Put the caret on the next mention of an entity, from the first again after the last."""
        if not self.document:
            return
        found = self.document.layers["entities"].marks
        marks = [mark for mark in found if (mark.what, mark.look) == (name, kind)]
        caret = self.document.selection.caret
        if marks:
            self._arrive(next((m.start for m in marks if m.start > caret), marks[0].start))

    def _arrive(self, offset: int) -> None:
        """Go to a place from elsewhere: what is selected is not drawn out to it."""
        if self.document:
            self.document.selection = self.document.selection.dropped()
            self._jump(offset)

    def _jump(self, offset: int) -> None:
        """Go to a place of the article, from which `H` comes back."""
        if self.document:
            self.screen.visiting.jumped(self.document.selection.caret, offset)
            self.go(offset)

    def go(self, offset: int) -> None:
        """Put the caret at an offset of the article."""
        if self.document:
            self.document.go(offset)
            self.screen.article_pane.caret_moved(margin=4)

    def describe(self, document: Document) -> str:
        """Return in words what is selected or under the caret."""
        if selected := document.selected:
            words = len(document.text[selected.start : selected.end].split())
            return ngettext(
                "{count} word selected · a note · t tag · y copy",
                "{count} words selected · a note · t tag · y copy",
                words,
            )
        marks = document.under_caret()
        named = [self._counted(document, layer) for layer in ("matches", "hits") if layer in marks][:1]
        named += [
            f"{SIGNS[kind]} {marks['entities'].what}" for kind in EntityType
            if "entities" in marks and marks["entities"].look == kind
        ]  # fmt: skip
        notes = {n.id: n for n, _span in self.opened.notes} if self.opened else {}
        if "notes" in marks and (note := notes.get(marks["notes"].what)):
            named.append("▎" + (" ".join(note.comment.split()) or " ".join(f"#{t}" for t in note.tags)))
        return "   ".join(named)

    @staticmethod
    def _counted(document: Document, layer: str) -> str:
        marks = document.layers[layer]
        number = marks.count_to(document.selection.caret)
        said = _("hit {number} of {count}") if layer == "hits" else _("match {number} of {count}")
        return said.format(number=number, count=len(marks))

    # What is shown of it

    def toggle(self, name: str) -> None:
        """Show or hide a layer or a kind of entity, in this article and those opened after it."""
        if self.document and self.opened:
            self.document.toggle(name)
            self._hidden = self.document.hidden
            self.screen.article_pane.repaint()
            self.screen.status.here = self.describe(self.document)
            self._show_side(self.opened)

    def do_toggle_entities(self) -> None:
        """Show or hide the entities."""
        self.toggle("entities")

    def do_legend(self) -> None:
        """Go to what the marks mean, to show and hide each."""
        self.screen.panes.go(self.screen.side)
        self.screen.side.to_legend()

    # Commands

    def do_next_article(self) -> None:
        """Open the next hit."""
        self._neighbour(1)

    def do_previous_article(self) -> None:
        """Open the previous hit."""
        self._neighbour(-1)

    def _neighbour(self, step: int) -> None:
        results = self.screen.results
        place = results.beside(self._opening or (self.article.id if self.article else ""), step)
        if 0 <= place < len(results.hits):
            results.move_to(place)
            results.want_more(place)  # a list that is not displayed does not ask by itself
            self.open(results.hits[place].id)
