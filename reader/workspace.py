"""The stores opened together, and what can be done with them, from the command line and the screens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from index.article import Article, Span
from index.collection import Collection, Indexed
from notes import Anchor, Note, Notebook, Source, find_quote, locate
from notes.export import FORMATS, Document
from notes.export.files import write
from reader.i18n import language

if TYPE_CHECKING:
    import os
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from index.engine import Excerpt, FacetCount, Results
    from index.ingest import Event
    from index.query import Node
    from notes.export import Lang, Layout
    from reader.paths import Places

Query = str


class NoSuchQuote(Exception):
    """A quote that is not in the article, or is there more than once; `found` says where."""

    def __init__(self, found: Sequence[tuple[int, int]]) -> None:
        super().__init__(len(found))
        self.found = tuple(found)


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: a page of hits, how many there are, and what was understood."""

    query: str
    understood: str
    total: int
    seconds: float
    hits: tuple[HitRow, ...]
    facets: dict[str, list[FacetCount]]


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with all that is drawn over it: notes where they stand now, and the search's hits."""

    article: Article
    notes: tuple[tuple[Note, Span | None], ...]
    hits: tuple[Span, ...]
    annotated: bool
    """Whether its entities have been looked for."""


class Workspace:
    """One collection and its notebook. Each store is opened when it is first needed."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back."""
        for name in ("collection", "notebook"):
            if name in self.__dict__:
                getattr(self, name).close()

    @cached_property
    def collection(self) -> Collection:
        """The articles and the index over them."""
        return Collection(self.places.library, self.places.index)

    @cached_property
    def notebook(self) -> Notebook:
        """The notes."""
        return Notebook.open(self.places.notes)

    def prepare(self) -> int:
        """Open the stores and bring the index up to date; return how many articles there are."""
        self.notebook.count_by_article()
        self.settle()
        self.is_open = True
        return self.collection.library.count()

    def settle(self) -> None:
        """Bring the index up to the library, unless another process is at it."""
        from index.engine import IndexBusy  # noqa: PLC0415 - Whoosh, only when searching

        with suppress(IndexBusy):
            for _step in self.collection.settle():
                pass

    # Articles

    def add(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Event | Indexed]:
        """Add files and folders and make them searchable, yielding what happens."""
        yield from self.collection.add(paths)
        yield from self.collection.settle()

    def open_article(self, article_id: str, query: Query = "") -> Opened:
        """Return an article with its mentions, its notes and the hits of a query in it."""
        article = self.collection.article(article_id)
        annotator = self.collection.library.mentions.annotator_of(article.revision)
        return Opened(article, self.notes_on(article), self._hits(article, query), annotator is not None)

    def _hits(self, article: Article, query: Query) -> tuple[Span, ...]:
        if not query.strip():
            return ()
        from index.engine import matches_in  # noqa: PLC0415 - Whoosh, only when searching
        from index.query import QueryError, live  # noqa: PLC0415

        try:
            return tuple(matches_in(live(query), article.text, article.lang))
        except QueryError:
            return ()

    def search(
        self,
        query: Query,
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
        articles = {article.id: article for article in library.articles(hit.id for hit in results.hits)}
        rows = tuple(
            HitRow(
                a.id, a.title, a.date, a.lang, a.source, a.path, hit.score, hit.excerpt, counts.get(a.id, 0)
            )
            for hit in results.hits
            if (a := articles.get(hit.id))
        )
        seconds = time.perf_counter() - started
        return Answer(query, understood(tree), results.total, seconds, rows, results.facets)

    def _resolve(self, node: Node) -> frozenset[str] | None:
        """Return the articles that a clause about notes means, which the index knows nothing of."""
        from index.query.tree import NoteField  # noqa: PLC0415
        from index.query.tree import State as Clause  # noqa: PLC0415

        match node:
            case NoteField(name="tag", text=tag):
                notes = self.notebook.notes(tag=tag)
            case NoteField(name="note", text=words):
                notes = self.notebook.notes(query=words)
            case Clause(name="has", value="note"):
                notes = self.notebook.notes()
            case _:
                return None
        return frozenset(note.article for note in notes)

    # Notes

    def notes_on(self, article: Article) -> tuple[tuple[Note, Span | None], ...]:
        """Return the notes of an article, each with its state and its place in the text as it is now."""
        return tuple(_placed(note, article) for note in self.notebook.notes(article=article.id))

    def note(self, article: Article, span: Span | None, comment: str = "", tags: Iterable[str] = ()) -> Note:
        """Make a note on a passage, or on the whole article, and keep it before returning."""
        anchor = self.anchor(article, span) if span else None
        source = Source(article.title, article.date, article.source, article.url, article.path)
        return self.notebook.add(
            article.id, article.revision, source, anchor, comment, tuple(tags), article.text
        )

    @staticmethod
    def anchor(article: Article, span: Span) -> Anchor:
        """Return what finds a passage of an article again."""
        return Anchor.of(article.text, span.start, span.end, article.revision)

    def quoted(self, article: Article, quote: str) -> Span:
        """Return where the one occurrence of a quote stands. Raises NoSuchQuote."""
        found = find_quote(article.text, quote)
        if len(found) != 1:
            raise NoSuchQuote(found)
        return Span(*found[0])

    def placed_notes(self, notes: Iterable[Note]) -> list[Note]:
        """Return notes with the state they have in the articles as they are now."""
        placed = []
        for note in notes:
            article = next(iter(self.collection.library.articles([note.article])), None)
            placed.append(_placed(note, article)[0] if article else note)
        return placed

    # Export

    @staticmethod
    def documents(notes: Iterable[Note], form: str = "markdown", layout: str = "single") -> list[Document]:
        """Return notes as documents of a format, in the program's language."""
        return FORMATS[form](notes, layout=cast("Layout", layout), lang=cast("Lang", language()))

    def export_to(
        self,
        target: Path,
        notes: Iterable[Note],
        form: str = "markdown",
        layout: str | None = None,
        *,
        folder: bool = False,
    ) -> Path:
        """Write notes to a file, or to a folder, one document an article unless `layout` says otherwise.

        `folder` makes a target that does not exist a folder. Returns what was
        written; raises OSError.
        """
        if folder or target.is_dir():
            write(self.documents(notes, form, layout or "article"), target)
            return target
        texts = [document.text for document in self.documents(notes, form, layout or "single")]
        write([Document(target.name, "\n".join(texts))], target.absolute().parent)
        return target


def _placed(note: Note, article: Article) -> tuple[Note, Span | None]:
    if note.anchor is None:
        return note, None
    found = locate(note.anchor, article.text, article.revision)
    placed = Span(found.start, found.end) if found.start is not None and found.end is not None else None
    return replace(note, state=found.state), placed
