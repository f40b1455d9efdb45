"""Annotating: notes and tags on passages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.errors import LibraryError
from notes import NotebookError
from reader.i18n import _, ngettext
from reader.messages import NotesChanged
from reader.screens.body import Body
from reader.screens.drafting import Draft, Drafts, Place
from reader.screens.revising import Revising
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from index.article import Article, Span
    from notes import Note
    from reader.screens.main import MainScreen


class Annotating(Obeys):
    """Every write happens in a thread and is kept on disk before the screen says so."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.drafts = Drafts(screen.workspace)
        self._last_tags: tuple[str, ...] = ()

    def passage(self) -> tuple[Article, Span] | None:
        """Return the selection, else the sentence under the caret; say so if there is none."""
        if not self.screen.keeping.may_write():
            return None
        document = self.screen.reading.document
        span = document.passage() if document else None
        if document is None or span is None or span.start == span.end:
            self.screen.say(_("Open an article first"))
            return None
        return document.article, span

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

        self.screen.run_worker(work, thread=True, group="notes")

    # Notes

    def do_annotate(self) -> None:
        """Write a note on the passage."""
        if passage := self.passage():
            self.screen.ask(self._annotate(*passage))

    async def _annotate(self, article: Article, span: Span) -> None:
        workspace = self.screen.workspace
        anchor = workspace.anchor(article, span)

        def save(body: Body) -> None:
            workspace.note(article, span, body.comment, body.tag_list())

        await self._edit(await self._draft(Place(article.id, anchor)), Body(), save)

    async def _draft(self, place: Place) -> Draft:
        return await asyncio.to_thread(Draft, self.drafts, place)

    async def _edit(self, draft: Draft, body: Body, save: Callable[[Body], None]) -> None:
        from reader.screens.note_editor import NoteEditor  # noqa: PLC0415 - brings Textual's TextArea

        known = [tag.name for tag in await asyncio.to_thread(self.screen.workspace.notebook.tags)]
        if saved := await self.screen.app.push_screen_wait(NoteEditor(body, known, save, draft)):
            self._saved(saved.tag_list())

    def _saved(self, tags: tuple[str, ...]) -> None:
        self._last_tags = tags or self._last_tags
        if document := self.screen.reading.document:
            document.selection = document.selection.dropped()
        self.screen.post_message(NotesChanged(_("Note saved") + "".join(f" #{tag}" for tag in tags)))

    def do_notebook(self) -> None:
        """Open the notebook, and then the note chosen in it."""
        self.screen.ask(self._notebook())

    async def _notebook(self, tag: str = "") -> None:
        from reader.screens.notebook import NotebookPage  # noqa: PLC0415 - when first asked for

        if place := await self.screen.app.push_screen_wait(NotebookPage(self.screen, tag)):
            self.screen.reading.go_to_place(place)

    def do_tags(self) -> None:
        """Open the list of tags, and then the notes of the one chosen."""
        self.screen.ask(self._tags())

    async def _tags(self) -> None:
        from reader.screens.tags import TagsPage  # noqa: PLC0415 - when first asked for

        if tag := await self.screen.app.push_screen_wait(TagsPage(self.screen)):
            await self._notebook(tag)

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
        draft = await self._draft(Place(note.article, note.anchor, note.id))
        is_seen = not draft.is_older_than(note.modified)
        save = Revising(self.screen.workspace.notebook, note, is_seen=is_seen)
        await self._edit(draft, Body(note.comment, ", ".join(note.tags)), save)

    def remove(self, *notes: Note) -> None:
        """Delete notes; it can be undone."""

        def write() -> str:
            count = self.screen.workspace.notebook.remove(*(note.id for note in notes))
            return ngettext(
                "Note deleted: u brings it back", "Notes deleted: {count} · u brings them back", count
            )

        self.write(write)

    def tag_notes(self, ids: Sequence[str], tags: Sequence[str]) -> None:
        """Give notes tags."""

        def write() -> str:
            count = self.screen.workspace.notebook.tag(ids, *tags)
            return _("Tagged: #{tag} · notes: {count}", tag=" #".join(tags), count=count)

        self.write(write)

    def untag_notes(self, ids: Sequence[str], tag: str) -> None:
        """Take a tag off notes."""

        def write() -> str:
            count = self.screen.workspace.notebook.untag(ids, tag)
            return _("Taken off: #{tag} · notes: {count}", tag=tag, count=count)

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

    # Tags

    def do_tag(self) -> None:
        """Tag the passage."""
        if passage := self.passage():
            self.screen.ask(self._tag(*passage))

    async def _tag(self, article: Article, span: Span) -> None:
        from reader.screens.tag_picker import TagPicker  # noqa: PLC0415 - when first asked for

        counts = await asyncio.to_thread(self.screen.workspace.notebook.tags)
        known = [(tag.name, tag.count) for tag in counts]
        quote = article.text[span.start : span.end]
        if tags := await self.screen.app.push_screen_wait(TagPicker(quote, known)):
            self._tag_with(article, span, tags)

    def do_tag_again(self) -> None:
        """Tag the passage with the tags of last time."""
        if passage := self.passage():
            self._tag_with(*passage, self._last_tags)

    def _tag_with(self, article: Article, span: Span, tags: tuple[str, ...]) -> None:
        workspace = self.screen.workspace

        def write() -> str:
            used = tags or tuple(workspace.notebook.recent_tags(1))
            if not used:
                return _("No tag has been used yet: t tags")
            workspace.note(article, span, "", used)
            return _("Note saved") + "".join(f" #{tag}" for tag in used)

        self._last_tags = tags
        if document := self.screen.reading.document:
            document.selection = document.selection.dropped()
        self.write(write)
