"""Answering queries: the index, what the library knows of names, and what the notebook knows of articles."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from index.article import EntityType

if TYPE_CHECKING:
    from pathlib import Path

    from index.collection import Collection
    from index.engine import Excerpt, FacetCount, Results
    from index.entities.gazetteer import Gazetteer
    from index.query import Node
    from notes import Notebook


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit as a list shows it."""

    id: str
    title: str
    date: str
    lang: str
    source: str
    path: str
    score: float
    excerpt: Excerpt
    notes: int
    versions: int = 1
    """How many versions of it there are, itself included."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: a page of hits, how many there are, and what was understood."""

    query: str
    understood: str
    total: int
    seconds: float
    hits: tuple[HitRow, ...]
    facets: dict[str, list[FacetCount]]


class Finder:
    """Searches a collection. Whoosh is imported by the first search."""

    def __init__(self, collection: Collection, notebook: Notebook, names: Path | None = None) -> None:
        """`names` is the analyst's gazetteer."""
        self.collection = collection
        self.notebook = notebook
        self._names = names

    def settle(self) -> None:
        """Bring the index up to the library, unless another process is at it."""
        from index.engine import IndexBusy  # noqa: PLC0415 - Whoosh, only when searching

        with suppress(IndexBusy):
            for _step in self.collection.settle():
                pass

    def search(
        self,
        query: str,
        *,
        typing: bool = False,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        facets: bool = False,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Return a page of the articles that answer a query; `typing` takes its last word as a beginning.

        Raises QueryError for a wrong query and SearchCancelled when `cancelled` says so.
        """
        from index.engine import IndexStale  # noqa: PLC0415 - Whoosh, only when searching
        from index.query import live, parse, understood  # noqa: PLC0415

        started = time.perf_counter()
        tree = live(query) if typing else parse(query)
        library = self.collection.library

        def ask() -> Results:
            return self.collection.index.search(
                tree,
                text_of=lambda article_id: library.get(article_id).text,
                limit=limit,
                offset=offset,
                sort=sort,
                facets=facets,
                resolve=self._resolve,
                cancelled=cancelled,
            )

        try:
            results = ask()
        except IndexStale:  # damaged since it was opened: it is only a cache
            self.collection.remake_index()
            self.settle()
            results = ask()
        counts = self.notebook.count_by_article()
        versions = library.versions.counts(hit.id for hit in results.hits)
        articles = {article.id: article for article in library.articles(hit.id for hit in results.hits)}
        rows = tuple(
            HitRow(
                a.id,
                a.title,
                a.date,
                a.lang,
                a.source,
                a.path,
                hit.score,
                hit.excerpt,
                counts.get(a.id, 0),
                versions.get(a.id, 1),
            )
            for hit in results.hits
            if (a := articles.get(hit.id))
        )
        seconds = time.perf_counter() - started
        return Answer(query, understood(tree), results.total, seconds, rows, results.facets)

    def _resolve(self, node: Node) -> frozenset[str] | None:
        """Return the articles that a clause about names or notes means, None if the index knows better."""
        from index.query import tree  # noqa: PLC0415 - only when searching

        match node:
            case tree.Field(name=kind, part=tree.Word(text=name) | tree.Phrase(text=name)):
                return self._naming(name, None if kind == "entity" else EntityType(kind)) or None
            case tree.NoteField(name="tag", text=tag):
                notes = self.notebook.notes(tag=tag)
            case tree.NoteField(name="note", text=words):
                notes = self.notebook.notes(query=words)
            case tree.State(name="has", value="note"):
                notes = self.notebook.notes()
            case _:
                return None
        return frozenset(note.article for note in notes)

    def _naming(self, name: str, kind: EntityType | None) -> frozenset[str]:
        """Return the articles that name an entity under any of its names, also those no article uses."""
        mentions = self.collection.library.mentions
        names = {name, *self._gazetteer.names_like(name)}
        return frozenset().union(*(mentions.articles_naming(one, kind) for one in names))

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from index.entities import gazetteer  # noqa: PLC0415 - for queries about names only

        return gazetteer.load_leniently(self._names)
