"""The stores opened together, and what can be done with them, from the command line and the screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import notes
from index.article import Article, Mention, Span, revision_of
from index.errors import LibraryDamaged
from index.spoofing import NOTHING, Suspicion, suspicion

if TYPE_CHECKING:
    import os
    from types import TracebackType
    from typing import Self

    from index.collection import Collection, Compared, Indexed
    from index.events import Event
    from index.places import Origin
    from index.versions import Version
    from notes import Anchor, Note, Notebook, Source
    from reader.corrector import Corrector
    from reader.exporting import Exporter
    from reader.finder import Finder
    from reader.memory import Memory
    from reader.paths import Places
    from reader.placing import Placer
    from reader.steps import Steps


class NoSuchQuote(Exception):
    """A quote that is not in the article, or is there more than once; `found` says where."""

    def __init__(self, found: Sequence[tuple[int, int]]) -> None:
        super().__init__(len(found))
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with all that is drawn over it: notes where they stand now, and the search's hits."""

    article: Article
    notes: tuple[tuple[Note, Span | None], ...]
    hits: tuple[Span, ...]
    annotated: bool
    """Whether its entities have been looked for."""
    origins: tuple[Origin, ...] = ()
    """The places it was read from, best first."""
    versions: tuple[Version, ...] = ()
    """The articles that are near copies of it, the most similar first."""
    suspicion: Suspicion = NOTHING
    """What in the text is not what it looks like."""


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
        for name in ("collection", "notebook", "memory"):
            if name in self.__dict__:
                getattr(self, name).close()

    @cached_property
    def collection(self) -> Collection:
        """The articles and the index over them."""
        from index.collection import Collection  # noqa: PLC0415 - the stores, once the interface has painted

        return Collection(self.places.library, self.places.index)

    @cached_property
    def notebook(self) -> Notebook:
        """The notes."""
        return notes.Notebook.open(self.places.notes)

    def prepare(self) -> int:
        """Open the stores and bring the index up to date; return how many articles there are."""
        self.notebook.hold()
        self.notebook.count_by_article()
        self.finder.settle()
        self.is_open = True
        return self.collection.library.count()

    @cached_property
    def finder(self) -> Finder:
        """What answers queries over both stores."""
        from reader.finder import Finder  # noqa: PLC0415 - as the collection

        return Finder(self.collection, self.notebook, self.memory, self.places.gazetteer)

    @cached_property
    def corrector(self) -> Corrector:
        """What keeps the corrections of entities."""
        from reader.corrector import Corrector  # noqa: PLC0415 - rules and words, for correcting only

        return Corrector(self.places, self.collection.library)

    @cached_property
    def memory(self) -> Memory:
        """What is remembered of queries and of what was read."""
        from reader.memory import Memory  # noqa: PLC0415 - as the collection

        return Memory(self.places.state / "memory.sqlite")

    @cached_property
    def exporter(self) -> Exporter:
        """What makes documents of notes."""
        from reader.exporting import Exporter  # noqa: PLC0415 - for exports only

        return Exporter(self.collection.library, self.notebook, self.places)

    # Articles

    def add(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Event | Indexed | Compared]:
        """Add files and folders and make them searchable, yielding what happens."""
        yield from self.collection.add(paths)
        yield from self.collection.settle()
        yield from self.collection.compare()
        self.placer.place_all()

    def open_article(self, article_id: str, query: str = "", *, sketch: bool = False) -> Opened:
        """Return an article with its mentions, its notes and the hits of a query in it.

        `sketch` shows the known names where no entities have been looked for yet.
        """
        return self.marked(self.open_text(article_id), query, sketch=sketch)

    def open_text(self, article_id: str) -> Opened:
        """Return an article with what is at hand: a text of any length takes milliseconds."""
        article = self.collection.article(article_id)
        annotated = self.collection.library.mentions.annotator_of(article.revision) is not None
        return Opened(article, self.notes_on(article), (), annotated=annotated)

    def marked(self, opened: Opened, query: str, *, sketch: bool = False) -> Opened:
        """Return it with what its whole text has to be read for: a second for a million words."""
        article = opened.article
        if sketch and not opened.annotated:
            article = replace(article, mentions=self._sketched(article))
        hits = self._hits(article, query)
        return replace(opened, article=article, hits=hits, suspicion=suspicion(article.text))

    def traced(self, opened: Opened) -> Opened:
        """Return it with where it was read from and its near copies."""
        library = self.collection.library
        origins, versions = library.places.of(opened.article.id), library.versions.of(opened.article.id)
        return replace(opened, origins=tuple(origins), versions=tuple(versions))

    def _sketched(self, article: Article) -> tuple[Mention, ...]:
        """Return the known names of an article whose entities have not been looked for."""
        from index.entities.sketch import sketched  # noqa: PLC0415 - rules and words, where no model has been

        return sketched(article.text, self.finder.clauses.gazetteer)

    def _hits(self, article: Article, query: str) -> tuple[Span, ...]:
        if not query.strip():
            return ()
        from index.engine import matches_in  # noqa: PLC0415 - Whoosh, only when searching
        from index.query import QueryError, live  # noqa: PLC0415

        try:
            return tuple(matches_in(live(query), article.text, article.lang))
        except QueryError:
            return ()

    # Notes

    def notes_on(self, article: Article) -> tuple[tuple[Note, Span | None], ...]:
        """Return the notes of an article, each with its state and its place in the text as it is now."""
        from reader.placing import placed  # noqa: PLC0415 - as the collection

        return tuple(placed(note, article) for note in self.notebook.notes(article=article.id))

    def note(self, article: Article, span: Span | None, comment: str = "", tags: Iterable[str] = ()) -> Note:
        """Make a note on a passage, or on the whole article, and keep it before returning.

        Raises LibraryDamaged if the text is not the one that was read, and NotebookError.
        """
        if revision_of(article.text) != article.revision:
            message = (
                f"the library is damaged: the text of {article.id} is not the one that was read;"
                " `liseuse doctor` says what to do"
            )
            raise LibraryDamaged(message)
        anchor = self.anchor(article, span) if span else None
        return self.notebook.add(
            article.id, article.revision, _source(article), anchor, comment, tuple(tags), article.text
        )

    def note_begun(
        self, article_id: str, anchor: Anchor | None, comment: str = "", tags: Iterable[str] = ()
    ) -> Note:
        """Make a note whose passage was chosen in a text that may have been changed or removed since.

        Where the very words stand now it is on them; else it is what it would be if it had been made then.
        Raises UnknownArticle where a whole article has gone, and as `note` does.
        """
        if anchor is None:
            return self.note(self.collection.article(article_id), None, comment, tags)
        article = next(iter(self.collection.library.articles([article_id])), None)
        span = self.placer.stands(anchor, article) if article else None
        if article and span:
            return self.note(article, span, comment, tags)
        source = _source(article) if article else notes.Source()
        return self.notebook.add(article_id, anchor.revision, source, anchor, comment, tuple(tags))

    @staticmethod
    def anchor(article: Article, span: Span) -> Anchor:
        """Return what finds a passage of an article again."""
        return notes.Anchor.of(article.text, span.start, span.end, article.revision)

    def quoted(self, article: Article, quote: str) -> Span:
        """Return where the one occurrence of a quote stands. Raises NoSuchQuote."""
        found = notes.find_quote(article.text, quote)
        if len(found) != 1:
            raise NoSuchQuote(found)
        return Span(*found[0])

    def placed_notes(self, notes: Iterable[Note]) -> list[Note]:
        """Return notes with the state they have in the articles as they are now."""
        return list(self.placer.placed(notes))

    @cached_property
    def placer(self) -> Placer:
        """What finds the notes' passages in the articles as they are now."""
        from reader.placing import Placer  # noqa: PLC0415 - as the collection

        return Placer(self.collection.library, self.notebook)

    @cached_property
    def steps(self) -> Steps:
        """What is undone and done again."""
        from reader.steps import Steps  # noqa: PLC0415 - as the collection

        return Steps(self.notebook, self.corrector)


def _source(article: Article) -> Source:
    return notes.Source(article.title, article.date, article.source, article.url, article.path)
