"""Annotating: notes on passages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import LibraryError
from notes import NotebookError, UnknownNote
from reader.i18n import _, ngettext
from reader.messages import NotesChanged
from reader.screens.body import Body
from reader.screens.drafting import Draft, Drafts, Place
from reader.screens.revising import Revising
from reader.typeahead import have_done
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from index.article import Article, Span
    from notes import Anchor, Note
    from reader.screens.main import MainScreen


class Annotating(Obeys):
    """Every write happens in a thread and is kept on disk before the screen says so."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.drafts = Drafts(screen.workspace)

    def passage(self) -> tuple[Article, Span] | None:
        """Return the selection, else the sentence under the caret, and show it; say so if there is none."""
        document = self.screen.reading.document
        span = document.passage() if document else None
        if document is None or span is None or span.start == span.end:
            self.screen.say(_("Open an article first"))
            return None
        self.screen.article_pane.caret_moved()  # the wheel may have taken it out of sight
        return document.article, span

    def passage_to_note(self) -> tuple[Article, Span] | None:
        """Return the passage if notes may be made; say why not."""
        return self.passage() if self.screen.keeping.may_write() else None

    def write(self, write: Callable[[], str | None]) -> None:
        """Do a write in a thread; it returns what to tell the user once it is kept, None for no change."""

        def work() -> None:
            try:
                said = write()
            except (NotebookError, LibraryError) as error:
                self.screen.app.call_from_thread(self.screen.alarm, str(error))
            else:
                if said is not None:
                    self.screen.post_message(NotesChanged(said))

        have_done(self.screen, work, "notes")

    # Notes

    def do_annotate(self) -> None:
        """Write a note on the passage."""
        if passage := self.passage_to_note():
            self.screen.ask(self._annotate(*passage))

    async def _annotate(self, article: Article, span: Span) -> None:
        workspace = self.screen.workspace
        anchor = workspace.anchor(article, span)

        def save(body: Body) -> Note:
            return workspace.note(article, span, body.comment, body.tag_list())

        place = await asyncio.to_thread(self.drafts.place_of, article, anchor)
        await self._edit(await self._draft(place, anchor), save)

    async def _draft(self, place: Place, anchor: Anchor | None, *before: Body) -> Draft:
        return await asyncio.to_thread(Draft, self.drafts, place, anchor.quote if anchor else "", *before)

    def do_drafts(self) -> None:
        """Ask which of the notes that were begun to go on with."""
        self.screen.ask(self._drafts())

    async def _drafts(self) -> None:
        from reader.screens.unfinished import Unfinished  # noqa: PLC0415 - when first asked for

        begun = await asyncio.to_thread(self.drafts.begun)
        place = await self.screen.app.push_screen_wait(Unfinished(begun))
        if place and self.screen.keeping.may_write():
            await self._go_on(place)

    async def _go_on(self, place: Place) -> None:
        workspace = self.screen.workspace
        if place.note:
            with suppress(UnknownNote):  # deleted meanwhile: what is written of it makes it anew
                await self._revise(await asyncio.to_thread(workspace.notebook.get, place.note))
                return

        def save(body: Body) -> Note:
            return workspace.note_begun(place.article, place.anchor, body.comment, body.tag_list())

        await self._edit(await self._draft(place, place.anchor), save)

    async def _edit(self, draft: Draft, save: Callable[[Body], Note], before: Note | None = None) -> None:
        from reader.screens.note_editor import NoteEditor  # noqa: PLC0415 - brings Textual's TextArea

        known = [tag.name for tag in await asyncio.to_thread(self.screen.workspace.notebook.tags)]
        editor = NoteEditor(known, save, draft)
        kept = await self.screen.app.push_screen_wait(editor)
        if kept and kept == before:
            self._left(_("The note is as it was"))
        elif kept:
            self._saved(kept.tags)
        else:
            self._left(_("The draft is kept: gd shows all drafts") if editor.leaves_a_draft else "")

    def _left(self, said: str) -> None:
        self.screen.say(said)
        for page in self.screen.pages():
            page.say(said)
            page.reload()

    def _saved(self, tags: tuple[str, ...]) -> None:
        self.screen.tagging.last = tags or self.screen.tagging.last
        if document := self.screen.reading.document:
            document.selection = document.selection.dropped()
        self.screen.post_message(NotesChanged(_("Note saved") + "".join(f" #{tag}" for tag in tags)))

    def do_notebook(self) -> None:
        """Open the notebook, and then the note chosen in it."""
        self.screen.ask(self.notebook())

    async def notebook(self, tag: str = "") -> None:
        """Show the notebook, of one tag if given, and then the note chosen in it."""
        from reader.screens.notebook import NotebookPage  # noqa: PLC0415 - when first asked for

        if place := await self.screen.app.push_screen_wait(NotebookPage(self.screen, tag)):
            self.screen.reading.go_to_place(place)

    def do_edit_note(self) -> None:
        """Edit the note chosen in the side pane."""
        if (chosen := self.screen.side.chosen) and chosen.note:
            self.edit(chosen.note)

    def do_remove_note(self) -> None:
        """Delete the note chosen in the side pane."""
        if (chosen := self.screen.side.chosen) and chosen.note:
            self.remove(chosen.note)

    def edit(self, note: Note) -> None:
        """Edit a note."""
        if self.screen.keeping.may_write():
            self.screen.ask(self._revise(note))

    async def _revise(self, note: Note) -> None:
        before = Body.of(note.comment, ", ".join(note.tags))
        draft = await self._draft(Place(note.article, note.anchor, note.id), note.anchor, before)
        is_seen = not draft.is_older_than(note.modified)
        save = Revising(self.screen.workspace.notebook, note, is_seen=is_seen)
        await self._edit(draft, save, note)

    def remove(self, *notes: Note) -> None:
        """Delete notes; it can be undone."""

        def write() -> str:
            count = self.screen.workspace.notebook.remove(*(note.id for note in notes))
            return ngettext(
                "Note deleted: u brings it back", "Notes deleted: {count} · u brings them back", count
            )

        self.write(write)

    def do_open_here(self) -> None:
        """Edit the note under the caret, else open the entity's dossier."""
        opened, document = self.screen.reading.opened, self.screen.reading.document
        mark = document.under_caret().get("notes") if document else None
        for note, _span in opened.notes if opened and mark else ():
            if mark and note.id == mark.what:
                self.edit(note)
                return
        self.screen.correcting.do_dossier()
