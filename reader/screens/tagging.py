"""Tagging: tags on passages and on notes, and the list of all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notes.tags import is_under, moved
from reader.i18n import _
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from index.article import Article, Span
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
            self._tag_with(*passage, self.last)

    def _tag_with(self, article: Article, span: Span, tags: tuple[str, ...]) -> None:
        workspace = self.screen.workspace

        def write() -> str:
            used = tags or tuple(workspace.notebook.recent_tags(1))
            if not used:
                return _("No tag has been used yet: t tags")
            workspace.note(article, span, "", used)
            return _("Note saved") + "".join(f" #{tag}" for tag in used)

        self.last = tags
        if document := self.screen.reading.document:
            document.selection = document.selection.dropped()
        self.screen.annotating.write(write)

    def renamed(self, tag: str, new: str) -> None:
        """Give again, from now on, a tag and its children under another name; not at all if that is empty."""
        named = (moved(one, tag, new) if new and is_under(one, tag) else one for one in self.last)
        self.last = tuple(dict.fromkeys(one for one in named if new or not is_under(one, tag)))

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
