"""The search index: articles in, ranked hits out. A cache of the library, never the only copy of anything."""

import errno
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from whoosh import index as windex
from whoosh.writing import CLEAR

from index.article import Article
from index.engine import storage
from index.engine.codec import ArrayWriter
from index.engine.codec.segment import NAME
from index.engine.collect import gather, page
from index.engine.columns import Column
from index.engine.compile import Compiler, Resolve
from index.engine.damage import NONSENSE, UNREADABLE, damage_told
from index.engine.excerpt import excerpts
from index.engine.expand import Cancelled, nearest
from index.engine.facets import Groups, count_facets
from index.engine.marks import marker_of
from index.engine.merging import merge_bounded
from index.engine.ranking import WEIGHTING
from index.engine.results import Excerpt, Hit, Reason, Results
from index.engine.schema import document, schema
from index.engine.untyped import Whoosh
from index.engine.why import reasons
from index.errors import IndexBusy, IndexFull, SearchError, UnknownArticle
from index.query.tree import Node

_WAIT_SECONDS: Final = 10.0
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class SearchIndex:
    """One index folder. Safe to use from several threads, which search one after the other.

    Each search sees what was committed before it began, by any process.
    """

    def __init__(self, path: Path) -> None:
        """Use `open` or `create`."""
        self.path = path
        self._lock = threading.RLock()
        self._index = windex.FileIndex(storage.PrivateStorage(str(path)), schema(), NAME)
        self._generation = -1
        self._searcher: Whoosh = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the index in a folder. Raises IndexStale if none there can be used: `create` it then."""
        storage.check(path)
        with damage_told(UNREADABLE):
            found = cls(path)
            found.refresh()
            return found

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty index, in place of the one that may be there. Raises OSError."""
        storage.prepare(path)
        windex.FileIndex.create(storage.PrivateStorage(str(path)), schema(), NAME)
        storage.seal(path)
        return cls.open(path)

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            if self._searcher:
                self._searcher.close()
            self._searcher, self._generation = None, -1

    # Changing

    def add(self, articles: Iterable[Article]) -> int:
        """Index articles, in place of what was known under their ids; return how many.

        One commit: all are held in memory until then. Raises IndexBusy, IndexFull, IndexStale.
        """
        batch = {article.id: article for article in articles}
        if batch:
            with self._writing() as writer:
                _delete(writer, batch)
                for article in batch.values():
                    writer.add_document(**document(article))
        return len(batch)

    def remove(self, ids: Iterable[str]) -> int:
        """Take articles out; return how many were there. Raises as `add`."""
        with self._writing() as writer:
            return _delete(writer, ids)

    def clear(self) -> None:
        """Take every article out. Raises as `add`."""
        with self._writing(CLEAR):
            pass

    @contextmanager
    def _writing(
        self, policy: Callable[[Whoosh, list[Whoosh]], list[Whoosh]] = merge_bounded
    ) -> Iterator[Whoosh]:
        with damage_told():
            writer = self._writer()
            try:
                yield writer
                writer.commit(mergetype=policy)
                storage.sweep(self.path)
            except OSError as error:
                _abandon(writer)
                if error.errno in _NO_ROOM:
                    raise IndexFull("there is no room on the disk for the index") from error
                raise
            except BaseException:
                _abandon(writer)
                raise

    def _writer(self) -> Whoosh:
        try:
            return ArrayWriter(self._index, timeout=_WAIT_SECONDS)
        except windex.LockError:
            raise IndexBusy("another Liseuse is writing to the index") from None

    # Asking

    def refresh(self) -> bool:
        """Look at what was committed since; return whether anything was."""
        with self._lock:
            generation = self._index.latest_generation()
            if self._searcher and generation == self._generation:
                return False
            # Whoosh can reuse the old reader's segments, but then keeps those that were merged away.
            searcher, old = self._index.searcher(weighting=WEIGHTING), self._searcher
            self._searcher, self._generation = searcher, generation
            if old:
                old.close()
            return True

    def count(self) -> int:
        """Return how many articles are indexed."""
        with self._asking() as searcher:
            return int(searcher.reader().doc_count())

    def ids(self) -> frozenset[str]:
        """Return the ids of the articles that are indexed."""
        with self._asking() as searcher:
            reader = searcher.reader()
            column = Column(reader, "id")
            alive = (number for number in range(reader.doc_count_all()) if not reader.is_deleted(number))
            return frozenset(column[number] for number in alive)

    def proof(self) -> None:
        """Read every segment and compare it with its checksums: 1 GB/s. Raises IndexStale."""
        with self._lock, damage_told(UNREADABLE):
            self.refresh()
            readers = [leaf for leaf, _first in self._searcher.reader().leaf_readers()]
        for reader in readers:  # without the lock: who searches does not wait
            if reader.doc_count_all():
                reader._terms.file.verify()  # noqa: SLF001 - Whoosh keeps the codec's readers there

    @contextmanager
    def _asking(self) -> Iterator[Whoosh]:
        """Give the searcher of what is committed now.

        Raises IndexStale for nonsense that comes of damage, and SearchError for nonsense with right
        checksums: a fault of ours, or an index that somebody made. To make it again at once would be
        to do so at every search.
        """
        with self._lock, damage_told():
            self.refresh()
            try:
                yield self._searcher
            except NONSENSE as error:
                self.proof()
                what = type(error).__name__
                message = f"the index does not answer ({what}): liseuse doctor --repair makes it again"
                raise SearchError(message) from error

    def search(
        self,
        node: Node,
        *,
        text_of: Callable[[str], str],
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        facets: bool = False,
        groups: Groups | None = None,
        resolve: Resolve | None = None,
        cancelled: Cancelled = lambda: False,
    ) -> Results:
        """Return a page of the articles that answer a query.

        `text_of` gives an article's text, for its excerpt; `sort` is `relevance`, `date`
        or `-date` (newest first); `groups` are facets beside the index's own; `resolve`
        answers for clauses about notes, and may for those about entities; `cancelled`,
        asked often, ends the search. Raises QueryError, SearchCancelled, IndexStale.
        """
        with self._asking() as searcher:
            reader = searcher.reader()
            query = Compiler(reader, resolve, cancelled).query(node)
            found = gather(searcher, query, sort, cancelled)
            shown = page(searcher, found, sort, offset, limit)
            counts = count_facets(reader, found.documents, groups or {}, cancelled) if facets else {}
            ids, langs = Column(reader, "id"), Column(reader, "lang")
            hits = [(ids[number], langs[number], score) for number, score in shown]
        return Results(len(found.documents), _with_excerpts(node, hits, text_of), counts)

    def total(
        self, node: Node, *, resolve: Resolve | None = None, cancelled: Cancelled = lambda: False
    ) -> int:
        """Return how many articles answer a query. Raises as `search`."""
        with self._asking() as searcher:
            query = Compiler(searcher.reader(), resolve, cancelled).query(node)
            return len(gather(searcher, query, "date", cancelled).documents)

    def spellings(self, word: str, *, limit: int = 3, cancelled: Cancelled = lambda: False) -> list[str]:
        """Return the words of the collection that are nearest to one, commonest first. Raises as `search`."""
        with self._asking() as searcher:
            return nearest(searcher.reader(), word, limit, cancelled)

    def reasons(
        self, node: Node, article: str, text: tuple[str, str], *, resolve: Resolve | None = None
    ) -> list[Reason]:
        """Return why an article answers a query; `text` is its title and its text. Raises as `search`."""
        with self._asking() as searcher:
            return reasons(searcher, node, article, text, resolve)


def _with_excerpts(
    node: Node, hits: list[tuple[str, str, float]], text_of: Callable[[str], str]
) -> list[Hit]:
    marker = marker_of(node)
    shown = []
    for article, lang, score in hits:
        try:
            shown.append(Hit(article, score, excerpts(text_of(article), lang, marker)))
        except UnknownArticle:  # gone from the library since it was indexed
            shown.append(Hit(article, score, (Excerpt(""),)))
    return shown


def _delete(writer: Whoosh, ids: Iterable[str]) -> int:
    """Take articles out of the segments already written; return how many were there."""
    deleted = 0
    reader = writer.reader()
    try:
        for article in ids if reader.doc_count() else ():
            if ("id", article.encode()) in reader:
                for number in list(reader.postings("id", article.encode()).all_ids()):
                    writer.delete_document(number)
                    deleted += 1
    finally:
        reader.close()
    return deleted


def _abandon(writer: Whoosh) -> None:
    """Give up a change and let others write, even when tidying up fails for want of room."""
    if writer.is_closed:
        return
    try:
        writer.cancel()
    except OSError:
        writer.is_closed = True
        writer.writelock.release()
