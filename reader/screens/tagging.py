"""Tagging: tags on passages and on notes, and the list of all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notes.characters import fold
from reader.i18n import _
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from index.article import Article, Span
    from notes import Notebook
    from reader.screens.main import MainScreen


class Tagging(Obeys):
    """Gives tags and takes them off; a passage that is tagged is a note without a comment."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.last: tuple[str, ...] = ()
        """The tags given last."""

    def do_tag(self) -> None:
        """Tag the passage."""
        if passage := self.screen.annotating.passage_to_note():
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
        if passage := self.screen.annotating.passage_to_note():
            self._tag_with(*passage, ())

    def _tag_with(self, article: Article, span: Span, tags: tuple[str, ...]) -> None:
        workspace = self.screen.workspace

        def write() -> str:
            used = tags or self._given_last(workspace.notebook)
            if not used:
                return _("No tag has been used yet: t tags")
            workspace.note(article, span, "", used)
            return _("Note saved") + "".join(f" #{tag}" for tag in used)

        self.last = tags or self.last
        if document := self.screen.reading.document:
            document.selection = document.selection.dropped()
        self.screen.annotating.write(write)

    def _given_last(self, notebook: Notebook) -> tuple[str, ...]:
        """Return the tags given last while there are such, else one of the note written last."""
        known = {fold(tag.name) for tag in notebook.tags()}
        return (known.issuperset(map(fold, self.last)) and self.last) or tuple(notebook.recent_tags(1))

    def tag_notes(self, ids: Sequence[str], tags: Sequence[str]) -> None:
        """Give notes tags."""

        def write() -> str:
            count = self.screen.workspace.notebook.tag(ids, *tags)
            return _("Tagged: #{tag} · notes: {count}", tag=" #".join(tags), count=count)

        self.screen.annotating.write(write)

    def untag_notes(self, ids: Sequence[str], tag: str) -> None:
        """Take a tag off notes."""

        def write() -> str:
            count = self.screen.workspace.notebook.untag(ids, tag)
            return _("Taken off: #{tag} · notes: {count}", tag=tag, count=count)

        self.screen.annotating.write(write)

    def do_tags(self) -> None:
        """Open the list of tags, and then the notes of the one chosen."""
        self.screen.ask(self._tags())

    async def _tags(self) -> None:
        from reader.screens.tags import TagsPage  # noqa: PLC0415 - when first asked for

        if tag := await self.screen.app.push_screen_wait(TagsPage(self.screen)):
            await self.screen.annotating.notebook(tag)
