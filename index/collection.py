"""A collection: the library and the search index over it, kept in step."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from index.article import Article
from index.library import Debt, Library
from index.store import IMPATIENT

if TYPE_CHECKING:
    from index.engine import SearchIndex
    from index.events import Event

_BATCH: Final = 2048
_BATCH_CHARACTERS: Final = 6_000_000
"""Of text that is indexed at once; what Whoosh makes of it takes a hundred times as many bytes."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """How far the search index has caught up with the library, in articles."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Compared:
    """How many of the articles that are new or changed have been compared with the others."""

    done: int
    total: int


class Collection:
    """Opens the library at once and the index when it is first asked for.

    The index is a cache: one that is missing, damaged or of another version is made
    again from the library, without a question.
    """

    def __init__(self, library: Path, index: Path, patience: float = IMPATIENT) -> None:
        self._index_path = index
        self.library = Library(library, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back."""
        if "index" in self.__dict__:
            self.index.close()
        self.library.close()

    @cached_property
    def index(self) -> "SearchIndex":
        """The search index, opened; emptied and owed everything if it could not be used as it was."""
        # Imported here: Whoosh costs 150 ms, and much of what is done here never searches.
        from index.engine import IndexStale, SearchIndex  # noqa: PLC0415

        try:
            return SearchIndex.open(self._index_path)
        except IndexStale:
            return self._new_index()

    def _new_index(self) -> "SearchIndex":
        from index.engine import SearchIndex  # noqa: PLC0415 - as above

        self.library.owe_everything()
        return SearchIndex.create(self._index_path)

    def prove_index(self) -> bool:
        """Read the index whole and tell whether it is sound; if not it is emptied, for `settle` to fill."""
        from index.engine import IndexStale  # noqa: PLC0415 - as above

        try:
            self.index.proof()
        except IndexStale:
            self.remake_index()
            return False
        return True

    def remake_index(self) -> None:
        """Put an empty index in the place of one found damaged; `settle` fills it."""
        self.index.close()
        self.__dict__["index"] = self._new_index()

    def add(self, paths: Iterable[str | os.PathLike[str]]) -> "Iterator[Event]":
        """Read files and folders into the library, yielding what happens; `settle` makes them searchable."""
        from index.ingest import ingest  # noqa: PLC0415 - the formats: much to load, for adding only

        return ingest(self.library, paths)

    def sync(self) -> "Iterator[Event]":
        """Look again at everything that was added, yielding what has changed; then `settle`."""
        from index.ingest import sync  # noqa: PLC0415 - as above

        return sync(self.library)

    def settle(self, *, stop: Callable[[], bool] = lambda: False) -> Iterator[Indexed]:
        """Bring the index up to the library, yielding after each batch; stops between batches when asked.

        An article that changes meanwhile, once it has been passed, is left for the next time.
        """
        index = self.index  # opening it may owe everything
        owed, done, last = self.library.owed(), 0, ""
        while not stop() and (batch := self._batch(last)):
            index.add(article for _debt, article in batch)
            self.library.mark_indexed(debt for debt, _article in batch)
            done, last = done + len(batch), batch[-1][0].article
            yield Indexed(done, max(owed, done))

    def _batch(self, after: str) -> list[tuple[Debt, Article]]:
        """Return articles after an id that the index owes, as many as memory can hold; none at the end."""
        batch: list[tuple[Debt, Article]] = []
        size = 0
        for debt in self.library.unindexed(after, _BATCH):
            article = self.article(debt.article)
            batch.append((debt, article))
            size += len(article.text)
            if size > _BATCH_CHARACTERS:
                break
        return batch

    def compare(self) -> Iterator[Compared]:
        """Find the versions of what is new or changed, yielding after each batch."""
        total, done = self.library.versions.pending(), 0
        while count := self.library.versions.compare_some():
            done += count
            yield Compared(done, max(total, done))

    def with_mentions(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles with their mentions."""
        for article in articles:
            yield replace(article, mentions=self.library.mentions.of(article.revision))

    def article(self, article_id: str) -> Article:
        """Return an article by its whole id, with its mentions. Raises UnknownArticle."""
        return next(self.with_mentions([self.library.get(article_id)]))
