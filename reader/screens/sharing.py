"""Out of here: passages to the clipboard, notes to files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import notes
from reader.clipboard import copy
from reader.i18n import _
from reader.paths import typed
from reader.translated import translated
from reader.widgets.article_header import written_date
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notes import Note, Source
    from reader.screens.export_dialogue import Plan, Scope
    from reader.screens.main import MainScreen

_TAGS_OFFERED = 8
_MOST_ARTICLES = 5_000


class Sharing(Obeys):
    """What is copied is said with its way; what is exported is looked at first."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    # The clipboard

    def do_copy(self) -> None:
        """Copy the passage."""
        if passage := self.screen.annotating.passage():
            article, span = passage
            self.copy(article.text[span.start : span.end])

    def do_copy_cited(self) -> None:
        """Copy the passage with where it is from."""
        if passage := self.screen.annotating.passage():
            article, span = passage
            source = notes.Source(article.title, article.date, article.source, article.url)
            self.copy(cited(article.text[span.start : span.end], source, article.id))

    def copy(self, text: str) -> None:
        """Copy a text, and say by which way it went."""

        def work() -> None:
            route = copy(text, self.screen.app)
            self.screen.app.call_from_thread(self.screen.say, route)

        if text:
            self.screen.run_worker(work, thread=True, group="clipboard")

    # Files

    def do_export(self) -> None:
        """Export notes: of the article, the search, a tag, or all."""
        self.screen.ask(self._export())

    def export(self, notes: Sequence[Note], name: str) -> None:
        """Export these notes, or others."""
        self.screen.ask(self._export((name, lambda: list(notes))))

    async def _export(self, *first: Scope) -> None:
        from reader.screens.export_dialogue import ExportDialogue  # noqa: PLC0415 - when first asked for

        scopes = [*first, *await self._scopes()]
        if plan := await self.screen.app.push_screen_wait(ExportDialogue(self.screen.workspace, scopes)):
            self.screen.annotating.write(lambda: self._exported(plan))

    async def _scopes(self) -> list[Scope]:
        """Return what can be exported, by name, each with what reads its notes."""
        notebook, article = self.screen.workspace.notebook, self.screen.reading.article
        query = self.screen.query_bar.value.strip()
        scopes: list[Scope] = []
        if article:
            scopes.append((_("This article"), lambda: notebook.notes(article=article.id)))
        if query not in ("", "*"):
            scopes.append((_("This search: {query}", query=query), self._found(query)))
        scopes.append((_("All notes"), notebook.notes))
        tags = (await asyncio.to_thread(notebook.tags))[:_TAGS_OFFERED]
        return [*scopes, *((f"#{tag.name}", self._tagged(tag.name)) for tag in tags)]

    def _tagged(self, tag: str) -> Callable[[], list[Note]]:
        return lambda: self.screen.workspace.notebook.notes(tag=tag)

    def _found(self, query: str) -> Callable[[], list[Note]]:
        """Return what reads the notes on the articles that answer a query as it is typed."""
        workspace = self.screen.workspace

        def read() -> list[Note]:
            from index.query import narrowed  # noqa: PLC0415 - after the first frame

            annotated = narrowed(query, "has:note")
            answer = workspace.finder.search(annotated, typing=True, limit=_MOST_ARTICLES)
            found = {row.id for row in answer.hits}
            return [note for note in workspace.notebook.notes() if note.article in found]

        return read

    def _exported(self, plan: Plan) -> str:
        workspace, target = self.screen.workspace, typed(plan.path)
        if not plan.notes:
            return _("There are no notes to export yet")
        try:
            written = workspace.exporter.write(
                target, plan.notes, plan.form, plan.layout, folder=plan.path.endswith("/")
            )
        except OSError as error:
            return _("Not exported: {reason}", reason=translated(error.strerror or str(error)))
        if written is None:
            return _("None of these notes has a tag: there are no codes to write")
        return _("Notes written to {path}: {count}", count=len(plan.notes), path=str(written))


def cited(quote: str, source: Source, article: str) -> str:
    """Return a quote with its citation; without one, the citation alone."""
    about = ", ".join(filter(None, (source.source, written_date(source.date), source.url)))
    quoted = f"« {quote} »\n" if quote else ""
    return f"{quoted}— {source.title} ({about}) [{article}]"
