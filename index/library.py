"""The library: articles as they were read, in one SQLite file.

It can be made again from the sources, so it is kept safe but not sacred:
`notes` is where nothing may be lost.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from index.article import ID_LENGTH, Article, revision_of
from index.dossier import Dossiers
from index.errors import UnknownArticle
from index.mentions import Mentions
from index.places import BEST_FIRST, SAID, Places, printable
from index.store import IMPATIENT, Row, Store
from index.versions import Versions

_COLUMNS: Final = ("id", "revision", *SAID)
_SELECT: Final = (
    f"SELECT {', '.join('a.' + name for name in _COLUMNS)}, t.body,"  # noqa: S608 - constants
    f" (SELECT path FROM location l WHERE l.article = a.id ORDER BY {BEST_FIRST} LIMIT 1),"
    f" coalesce((SELECT gone FROM location l WHERE l.article = a.id ORDER BY {BEST_FIRST} LIMIT 1), 1)"
    " FROM article a JOIN text t USING (revision)"
)
_SAID: Final = ", ".join(SAID)
_DESCRIBED: Final = f"SELECT {_SAID} FROM article WHERE id = ?"  # noqa: S608 - constants
_DESCRIBE: Final = f"UPDATE article SET ({_SAID}) = ({', '.join('?' * len(SAID))}) WHERE id = ?"  # noqa: S608
_PUT: Final = (
    f"INSERT INTO article ({', '.join(_COLUMNS)}, added) VALUES ({'?, ' * len(_COLUMNS)}?)"  # noqa: S608 - constants
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])}"
)
_MIN_PREFIX: Final = 4
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Debt:
    """An article whose entry in the search index is out of date, as of one change to it."""

    article: str
    change: int


def _article(row: Row) -> Article:
    *known, text, path, gone = row
    return Article(
        text=text, path=printable(path or b""), gone=bool(gone), **dict(zip(_COLUMNS, known, strict=True))
    )


class Library:
    """The articles of one collection; `mentions` is what they name, `places` where they are from.

    `dossiers` is what they say of each entity.
    `versions` is which of them are near copies of one another.

    Safe to use from several threads and processes; each call is one transaction
    unless made inside `transaction`.
    """

    def __init__(self, path: Path, patience: float = IMPATIENT) -> None:
        """Open the library at `path`, making it if there is none, as `Store` does. Raises LibraryError."""
        self._store = Store(path, patience)
        self.mentions = Mentions(self._store)
        self.places = Places(self._store)
        self.dossiers = Dossiers(self._store, self.mentions)
        self.versions = Versions(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Make what is done inside one change: all of it is kept, or none."""
        return self._store.transaction()

    # Articles

    def count(self) -> int:
        """Return how many articles there are."""
        return int(self._store.rows("SELECT count(*) FROM article")[0][0])

    def ids(self) -> list[str]:
        """Return the id of every article, oldest addition first."""
        return [row[0] for row in self._store.rows("SELECT id FROM article ORDER BY rowid")]

    def revision_of(self, article_id: str) -> str | None:
        """Return the name of the text an article has now, or None if there is no such article."""
        rows = self._store.rows("SELECT revision FROM article WHERE id = ?", [article_id])
        return rows[0][0] if rows else None

    def changed_ids(self) -> frozenset[str]:
        """Return the ids of the articles whose text is not the one they were added with."""
        sql = "SELECT id FROM article WHERE id <> substr(revision, 1, ?)"
        return frozenset(row[0] for row in self._store.rows(sql, [ID_LENGTH]))

    def resolve(self, prefix: str) -> str:
        """Return the one id that begins with `prefix`, of 4 digits or more.

        Raises UnknownArticle if there is none or more than one, saying which.
        """
        wanted = prefix.strip().lower()
        if not (_MIN_PREFIX <= len(wanted) <= ID_LENGTH and set(wanted) <= _HEX):
            message = f"{prefix!r} is not an article id: give 4 to 12 of the digits 0-9 a-f"
            raise UnknownArticle(message)
        rows = self._store.rows("SELECT id FROM article WHERE id GLOB ? LIMIT 6", [wanted + "*"])
        if not rows:
            message = f"no article has the id {wanted}"
            raise UnknownArticle(message)
        if len(rows) > 1:
            message = f"{wanted} could be {', '.join(row[0] for row in rows)}"
            raise UnknownArticle(message)
        return str(rows[0][0])

    def get(self, article_id: str) -> Article:
        """Return an article by its whole id. Raises UnknownArticle."""
        rows = self._store.rows(f"{_SELECT} WHERE a.id = ?", [article_id])
        if not rows:
            message = f"no article has the id {article_id}"
            raise UnknownArticle(message)
        return _article(rows[0])

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the articles of `ids` that exist, in that order."""
        for article_id in ids:
            for row in self._store.rows(f"{_SELECT} WHERE a.id = ?", [article_id]):
                yield _article(row)

    def revision_text(self, revision: str) -> str | None:
        """Return the text of any revision, current or older, or None."""
        rows = self._store.rows("SELECT body FROM text WHERE revision = ?", [revision])
        return rows[0][0] if rows else None

    def with_text(self, revision: str) -> str | None:
        """Return the id of the article that now has this text, or None."""
        sql = "SELECT id FROM article WHERE revision = ? ORDER BY rowid LIMIT 1"
        rows = self._store.rows(sql, [revision])
        return rows[0][0] if rows else None

    def put(self, article: Article) -> None:
        """Keep a new article, or a new state of one: its older texts stay."""
        values = [getattr(article, name) for name in _COLUMNS]
        with self.transaction():
            self._store.change("INSERT OR IGNORE INTO text VALUES (?, ?)", [article.revision, article.text])
            self._store.change(_PUT, [*values, datetime.now(UTC).isoformat(timespec="seconds")])
            self._store.change("REPLACE INTO unindexed VALUES (?, abs(random()))", [article.id])
            self._store.change("INSERT OR IGNORE INTO uncompared VALUES (?)", [article.id])

    def describe(self, article_id: str) -> None:
        """Let what is known of an article be what is said of it where it is."""
        said = self.places.said(article_id)
        if said and said != self._store.rows(_DESCRIBED, [article_id])[0]:
            with self.transaction():
                self._store.change(_DESCRIBE, [*said, article_id])
                self._store.change("REPLACE INTO unindexed VALUES (?, abs(random()))", [article_id])

    def new_id(self, revision: str) -> str:
        """Return an unused article id, made from the text so that order of addition does not matter."""
        candidate = revision
        while self._store.rows("SELECT 1 FROM article WHERE id = ?", [candidate[:ID_LENGTH]]):
            candidate = revision_of(candidate)
        return candidate[:ID_LENGTH]

    # What the search index owes

    def owed(self) -> int:
        """Return of how many articles the entry in the search index is out of date."""
        return int(self._store.rows("SELECT count(*) FROM unindexed")[0][0])

    def unindexed(self, after: str = "", limit: int = -1) -> list[Debt]:
        """Return articles after an id, in order, whose entry in the search index is out of date."""
        sql = "SELECT article, change FROM unindexed WHERE article > ? ORDER BY article LIMIT ?"
        return [Debt(*row) for row in self._store.rows(sql, [after, limit])]

    def mark_indexed(self, debts: Iterable[Debt]) -> None:
        """Clear debts after the index has committed; one renewed by a later change stays."""
        sql = "DELETE FROM unindexed WHERE article = ? AND change = ?"
        self._store.change(sql, *((debt.article, debt.change) for debt in debts))

    def owe_everything(self) -> None:
        """Mark every article as not indexed: the search index is to be built anew."""
        self._store.change("INSERT OR IGNORE INTO unindexed SELECT id, abs(random()) FROM article")
