"""Answering queries: the index, what the library knows of names, and what the notebook knows of articles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.collection import Collection
    from index.engine import Excerpt, FacetCount, Reason, Results
    from index.query import Node
    from notes import Notebook
    from reader.clauses import Clauses
    from reader.memory import Memory
    from reader.rescue import Offer


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
    excerpts: tuple[Excerpt, ...]
    """One or two, the best first."""
    notes: int
    versions: int = 1
    """How many versions of it there are, itself included."""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: a page of hits, how many there are, and what was understood."""

    query: str
    understood: str
    total: int
    seconds: float
    hits: tuple[HitRow, ...]
    facets: dict[str, list[FacetCount]]
    offers: tuple[Offer, ...] = ()
    """Where nothing was found: what would find something."""
    hint: str = ""
    """The query with its lower-case operators in capitals, if that may have been meant."""


class Finder:
    """Searches a collection. Whoosh is imported by the first search."""

    def __init__(
        self,
        collection: Collection,
        notebook: Notebook,
        memory: Memory,
        names: Path | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`names` is the analyst's gazetteer."""
        self.collection = collection
        self.notebook = notebook
        self.memory = memory
        self._names = names
        self._today = today

    @cached_property
    def clauses(self) -> Clauses:
        """What answers the clauses that the index does not know."""
        from reader.clauses import Clauses  # noqa: PLC0415 - only when searching

        return Clauses(self.collection, self.notebook, self.memory, self._names)

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
        offers: bool = True,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Return a page of the articles that answer a query; `typing` takes its last word as a beginning.

        `offers` says whether to look for what would find something, where nothing is found.
        Raises QueryError for a wrong query and SearchCancelled when `cancelled` says so.
        """
        from index.query import operators_meant, understood  # noqa: PLC0415 - Whoosh, only when searching

        started = time.perf_counter()
        tree = self._tree(query, typing=typing)
        results = self._results(tree, limit, offset, sort, cancelled, facets=facets)
        return Answer(
            query,
            understood(tree),
            results.total,
            time.perf_counter() - started,
            tuple(self._rows(results)),
            _as_narrowed(results.facets),
            () if results.total or not offers else tuple(self._offers(tree, cancelled)),
            operators_meant(query),
        )

    def total(self, query: str, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Return how many articles `search` finds for a query that is typed. Raises as it does."""
        from reader.clauses import plain  # noqa: PLC0415 - as above

        tree = plain(self._tree(query, typing=True))
        return self.collection.index.total(tree, resolve=self.clauses, cancelled=cancelled)

    def reasons(self, query: str, article_id: str, *, typing: bool = False) -> list[Reason]:
        """Return why an article answers a query, clause by clause. Raises QueryError."""
        from reader.clauses import plain  # noqa: PLC0415 - as above

        article = self.collection.library.get(article_id)
        tree = plain(self._tree(query, typing=typing))
        text = (article.title, article.text)
        return self.collection.index.reasons(tree, article_id, text, resolve=self.clauses)

    def _tree(self, query: str, *, typing: bool = False) -> Node:
        from index.query import live, parse  # noqa: PLC0415 - as above

        return live(query, self._today()) if typing else parse(query, self._today())

    def _results(
        self, tree: Node, limit: int, offset: int, sort: str, cancelled: Callable[[], bool], *, facets: bool
    ) -> Results:
        from index.engine import IndexStale  # noqa: PLC0415 - as above
        from reader.clauses import plain  # noqa: PLC0415

        def ask() -> Results:
            return self.collection.index.search(
                plain(tree),
                text_of=lambda article_id: self.collection.library.get(article_id).text,
                limit=limit,
                offset=offset,
                sort=sort,
                facets=facets,
                groups={"tag": self.clauses.tagged()} if facets else None,
                resolve=self.clauses,
                cancelled=cancelled,
            )

        try:
            return ask()
        except IndexStale:  # damaged since it was opened: it is only a cache
            self.collection.remake_index()
            self.settle()
            return ask()

    def _rows(self, results: Results) -> Iterator[HitRow]:
        counts = self.notebook.count_by_article()
        versions = self.collection.library.versions.counts(hit.id for hit in results.hits)
        read = self.memory.read()
        articles = {a.id: a for a in self.collection.library.articles(hit.id for hit in results.hits)}
        for hit in results.hits:
            if a := articles.get(hit.id):
                about = (a.id, a.title, a.date, a.lang, a.source, a.path)
                known = (counts.get(a.id, 0), versions.get(a.id, 1), a.id in read)
                yield HitRow(*about, hit.score, hit.excerpts, *known)

    def _offers(self, tree: Node, cancelled: Callable[[], bool]) -> list[Offer]:
        from reader.rescue import Rescue  # noqa: PLC0415 - when nothing was found

        return Rescue(self.collection.index, self.clauses, cancelled).offers(tree)


def _as_narrowed(facets: dict[str, list[FacetCount]]) -> dict[str, list[FacetCount]]:
    """Return facets that say of each source how many hits are left when it is chosen."""
    if "source" not in facets:
        return facets
    from index.engine import FacetCount  # noqa: PLC0415 - as above
    from index.query.narrow import found_by_source  # noqa: PLC0415 - as above

    found = found_by_source({told.value: told.count for told in facets["source"]})
    return facets | {"source": [FacetCount(*pair) for pair in found.items()]}
