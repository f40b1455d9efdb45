"""Annotating: notes and tags on passages, undone and redone, copied and exported."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LibraryError
from notes import NotebookError
from reader.clipboard import copy
from reader.i18n import _
from reader.messages import NotesChanged
from reader.screens.body import Body
from reader.screens.prompt import Prompt
from reader.widgets.article_header import written_date
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from index.article import Article, Span
    from notes import Note
    from reader.screens.main import MainScreen


class Annotating(Obeys):
    """Every write happens in a thread and is kept on disk before the screen says so."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._last_tags: tuple[str, ...] = ()

    def _passage(self) -> tuple[Article, Span] | None:
        document = self.screen.reading.document
        span = document.passage() if document else None
        if document is None or span is None or span.start == span.end:
            self.screen.say(_("Open an article first"))
            return None
        return document.article, span

    def _write(self, write: Callable[[], str]) -> None:
        """Do a write in a thread; it returns what to tell the user once it is kept."""

        def work() -> None:
            try:
                said = write()
            except (NotebookError, LibraryError) as error:
                self.screen.app.call_from_thread(self.screen.alarm, str(error))
            else:
                self.screen.post_message(NotesChanged(said))

        self.screen.run_worker(work, thread=True, group="notes")

    # Notes

    def do_annotate(self) -> None:
        """Write a note on the passage."""
        if passage := self._passage():
            self.screen.ask(self._annotate(*passage))

    async def _annotate(self, article: Article, span: Span) -> None:
        workspace = self.screen.workspace
        notebook, anchor = workspace.notebook, workspace.anchor(article, span)

        def save(body: Body) -> None:
            workspace.note(article, span, body.comment, body.tag_list())
            notebook.drop_draft(article.id, span.start, span.end)

        def keep(body: Body) -> None:
            notebook.save_draft(article.id, anchor, comment=body.comment, tags=body.tags)

        draft = await asyncio.to_thread(notebook.draft, article.id, span.start, span.end)
        begun = Body(draft.comment, draft.tags) if draft else Body()
        await self._edit(anchor.quote, begun, save, keep)

    async def _edit(
        self, quote: str, body: Body, save: Callable[[Body], None], keep: Callable[[Body], None]
    ) -> None:
        from reader.screens.note_editor import NoteEditor  # noqa: PLC0415 - brings Textual's TextArea

        known = [tag.name for tag in await asyncio.to_thread(self.screen.workspace.notebook.tags)]
        saved = await self.screen.app.push_screen_wait(NoteEditor(quote, body, known, save, keep))
        if saved:
            self._saved(saved.tag_list())

    def _saved(self, tags: tuple[str, ...]) -> None:
        self._last_tags = tags or self._last_tags
        if document := self.screen.reading.document:
            document.selection = document.selection.dropped()
        self.screen.post_message(NotesChanged(_("Note saved") + "".join(f" #{tag}" for tag in tags)))

    def edit(self, note: Note) -> None:
        """Edit a note."""
        self.screen.ask(self._revise(note))

    async def _revise(self, note: Note) -> None:
        notebook, anchor = self.screen.workspace.notebook, note.anchor
        where = (note.article, anchor.start, anchor.end) if anchor else (note.article,)

        def save(body: Body) -> None:
            notebook.revise(note.id, comment=body.comment, tags=body.tag_list())
            notebook.drop_draft(*where, note=note.id)

        def keep(body: Body) -> None:
            notebook.save_draft(note.article, anchor, comment=body.comment, tags=body.tags, note=note.id)

        draft = await asyncio.to_thread(partial(notebook.draft, *where, note=note.id))
        begun = Body(draft.comment, draft.tags) if draft else Body(note.comment, ", ".join(note.tags))
        await self._edit(anchor.quote if anchor else "", begun, save, keep)

    def remove(self, note: Note) -> None:
        """Delete a note; it can be undone."""

        def write() -> str:
            self.screen.workspace.notebook.remove(note.id)
            return _("Note deleted: u brings it back")

        self._write(write)

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
        if passage := self._passage():
            self.screen.ask(self._tag(*passage))

    async def _tag(self, article: Article, span: Span) -> None:
        from reader.screens.tag_picker import TagPicker  # noqa: PLC0415 - when first asked for

        counts = await asyncio.to_thread(self.screen.workspace.notebook.tags)
        known = [(tag.name, tag.count) for tag in counts]
        quote = article.text[span.start : span.end]
        tag = await self.screen.app.push_screen_wait(TagPicker(quote, known))
        if tag:
            self._tag_with(article, span, (tag,))

    def do_tag_again(self) -> None:
        """Tag the passage with the tags of last time."""
        if passage := self._passage():
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
        self._write(write)

    # Undo

    def do_undo(self) -> None:
        """Undo the last change to the notes or the entities."""
        self._go_back(self.screen.workspace.undo, _("Undone"), _("Nothing to undo"))

    def _go_back(self, step: Callable[[], str | None], done: str, nothing: str) -> None:
        """Undo or redo in a thread; what is said of a note is nothing, of a correction itself."""
        workspace = self.screen.workspace

        def write() -> str:
            said = step()
            if said:
                article = self.screen.reading.article
                workspace.corrector.show_in(article.id if article else "")
                self.screen.app.call_from_thread(self.screen.background.corrected)
            return nothing if said is None else f"{done}: {said}" if said else done

        self._write(write)

    def do_redo(self) -> None:
        """Do again what was undone."""
        self._go_back(self.screen.workspace.redo, _("Done again"), _("Nothing to redo"))

    # Out of here

    def do_copy(self) -> None:
        """Copy the passage."""
        if passage := self._passage():
            article, span = passage
            self._copy(article.text[span.start : span.end])

    def do_copy_cited(self) -> None:
        """Copy the passage with where it is from."""
        if passage := self._passage():
            article, span = passage
            about = ", ".join(filter(None, (article.source, written_date(article.date), article.url)))
            self._copy(
                f"« {article.text[span.start : span.end]} »\n— {article.title} ({about}) [{article.id}]"
            )

    def _copy(self, text: str) -> None:
        def work() -> None:
            route = copy(text, self.screen.app)
            self.screen.app.call_from_thread(self.screen.say, route)

        self.screen.run_worker(work, thread=True, group="clipboard")

    def do_export(self) -> None:
        """Export the notes to Markdown."""
        self.screen.ask(self._export())

    async def _export(self) -> None:
        path = await self.screen.app.push_screen_wait(
            Prompt(
                _("Export all notes to Markdown"),
                _("a file ending in .md, or a folder"),
                "~/liseuse-notes.md",
            )
        )
        if path:
            self._write(lambda: self._exported(path))

    def _exported(self, path: str) -> str:
        workspace, target = self.screen.workspace, Path(path).expanduser()
        found = workspace.placed_notes(workspace.notebook.notes())
        if not found:
            return _("There are no notes to export yet")
        try:
            written = workspace.export_to(target, found, folder=path.endswith("/"))
        except OSError as error:
            return _("Not exported: {reason}", reason=error.strerror or str(error))
        return _("Notes written to {path}: {count}", count=len(found), path=str(written))
