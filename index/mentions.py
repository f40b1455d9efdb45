"""Who and what the articles name: the mentions of each revision, as an annotator found them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.article import EntityType, Mention, fold
from index.errors import LibraryDamaged
from index.store import DAMAGED, Store

_WITH_REVISION: Final = "SELECT id FROM article WHERE revision = ? ORDER BY rowid"
_CURRENT: Final = "FROM mention m JOIN article a USING (revision)"


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that awaits its entities, and the article it belongs to."""

    article: str
    revision: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """A mention as the annotator found it, with its surface."""

    mention: Mention
    surface: str


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity of the collection: in how many articles and how often it is mentioned, under which names."""

    name: str
    type: EntityType
    aliases: tuple[str, ...]
    articles: int
    mentions: int


class Mentions:
    """The mentions of a library. Stored with the annotator's version, so nothing is computed twice."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, revision: str) -> tuple[Mention, ...]:
        """Return the mentions of a revision in text order."""
        sql = 'SELECT start, "end", type, entity FROM mention WHERE revision = ? ORDER BY start, "end"'
        return tuple(
            Mention(start, end, kind_of(kind), entity)
            for start, end, kind, entity in self._store.rows(sql, [revision])
        )

    def put(self, revision: str, text: str, annotator: str, mentions: Iterable[Mention]) -> None:
        """Keep what `annotator` (a version string) found in a revision's text; these are its mentions now."""
        mentions = list(mentions)
        found = [[m.start, m.end, m.type.value, m.entity, text[m.start : m.end]] for m in mentions]
        with self._store.transaction():
            self._store.change("REPLACE INTO annotation VALUES (?, ?)", [revision, annotator])
            self._store.change(
                "REPLACE INTO finding (revision, spans) VALUES (?, ?)",
                [revision, json.dumps(found, ensure_ascii=False)],
            )
            self.replace(revision, text, mentions)

    def replace(self, revision: str, text: str, mentions: Iterable[Mention]) -> None:
        """Make these the mentions of a revision: names gathered, corrections made. What was found stays."""
        rows = [_row(revision, mention, text) for mention in mentions]
        with self._store.transaction():
            self._store.change("DELETE FROM mention WHERE revision = ?", [revision])
            if rows:
                self._store.change("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *rows)
            self._store.change(
                "REPLACE INTO unindexed SELECT id, abs(random()) FROM article WHERE revision = ?", [revision]
            )

    def found(self, revision: str) -> list[Sighted]:
        """Return what the annotator found in a revision, in text order."""
        rows = self._store.rows("SELECT spans FROM finding WHERE revision = ?", [revision])
        return _sighted(rows[0][0]) if rows else []

    def all_found(self) -> Iterator[tuple[str, list[Sighted]]]:
        """Yield each revision that articles now have with what was found in it."""
        sql = (
            "SELECT revision, spans FROM finding WHERE revision > ?"
            " AND revision IN (SELECT revision FROM article) ORDER BY revision LIMIT 256"
        )
        last = ""
        while rows := self._store.rows(sql, [last]):
            for last, found in rows:
                yield last, _sighted(found)

    def last_annotation(self) -> str:
        """Return a mark that is another after every annotation."""
        return str(self._store.rows("SELECT max(number) FROM finding")[0][0])

    def articles_with(self, revision: str) -> tuple[str, ...]:
        """Return the ids of the articles that now have this text."""
        return tuple(row[0] for row in self._store.rows(_WITH_REVISION, [revision]))

    # The names that texts learn from one another

    def name_of(self, entity: str, kind: EntityType) -> str:
        """Return the name that an entity, as one text has it, goes by in the collection."""
        sql = "SELECT name FROM naming WHERE entity = ? AND type = ?"
        rows = self._store.rows(sql, [entity, kind.value])
        return str(rows[0][0]) if rows else entity

    def keep_names(self, names: Mapping[tuple[str, EntityType], str]) -> None:
        """Replace the names that entities go by in the collection."""
        rows = [(entity, kind.value, name) for (entity, kind), name in names.items()]
        with self._store.transaction():
            self._store.change("DELETE FROM naming")
            if rows:
                self._store.change("INSERT INTO naming VALUES (?, ?, ?)", *rows)

    def settled(self) -> str:
        """Return the mark left by `settle`: of what the mentions were made from last."""
        rows = self._store.rows("SELECT value FROM setting WHERE key = 'settled'")
        return str(rows[0][0]) if rows else ""

    def settle(self, mark: str) -> None:
        """Leave a mark of what the mentions are made from now."""
        self._store.change("REPLACE INTO setting VALUES ('settled', ?)", [mark])

    def annotator_of(self, revision: str) -> str | None:
        """Return the version of the annotator whose mentions a revision has, or None."""
        rows = self._store.rows("SELECT annotator FROM annotation WHERE revision = ?", [revision])
        return rows[0][0] if rows else None

    def pending(self, versions: Mapping[str, str], limit: int, *, last_first: bool = False) -> list[Pending]:
        """Return up to `limit` texts not annotated by the version given for their language.

        `versions` maps a language to an annotator's version; a language that is not
        there is not pending.
        """
        found: list[Pending] = []
        way = -1 if last_first else 1
        for lang, version in versions.items():
            sql = (
                "SELECT a.id, a.revision, a.lang, t.body FROM article a JOIN text t USING (revision)"
                " WHERE a.rowid IN (SELECT min(a.rowid) FROM article a"
                " LEFT JOIN annotation n USING (revision)"
                " WHERE a.lang = ? AND n.annotator IS NOT ? GROUP BY a.revision"
                " ORDER BY min(a.rowid) * ? LIMIT ?) ORDER BY a.rowid * ?"
            )
            rows = self._store.rows(sql, [lang, version, way, limit - len(found), way])
            found.extend(Pending(*row) for row in rows)
        return found

    def pending_article(self, article_id: str, versions: Mapping[str, str]) -> Pending | None:
        """Return the text of one article if it awaits its entities, else None."""
        sql = (
            "SELECT a.id, a.revision, a.lang, t.body, n.annotator FROM article a JOIN text t USING (revision)"
            " LEFT JOIN annotation n USING (revision) WHERE a.id = ?"
        )
        for *known, annotator in self._store.rows(sql, [article_id]):
            pending = Pending(*known)
            if pending.lang in versions and annotator != versions[pending.lang]:
                return pending
        return None

    def progress(self, versions: Mapping[str, str]) -> tuple[int, int]:
        """Return how many articles have their entities, and how many could: (done, total)."""
        done = total = 0
        for lang, version in versions.items():
            sql = (
                "SELECT count(*), count(n.revision) FROM article a"
                " LEFT JOIN annotation n ON n.revision = a.revision AND n.annotator = ? WHERE a.lang = ?"
            )
            all_of, done_of = self._store.rows(sql, [version, lang])[0]
            done, total = done + done_of, total + all_of
        return done, total

    def entities(self, pattern: str = "", kind: EntityType | None = None) -> list[EntityCount]:
        """Return the entities whose name or alias contains `pattern`, most widespread first.

        `pattern` matches without regard to case and accents.
        """
        sql = (
            "SELECT m.entity, m.type, m.surface, count(*)"
            f" {_CURRENT} WHERE ? IN ('', m.type) GROUP BY m.entity, m.type, m.surface"
        )
        names: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for entity, type_, surface, times in self._store.rows(sql, [kind or ""]):
            names.setdefault((entity, type_), []).append((times, surface))
        wanted = fold(pattern)
        kept = {
            key: [name for _, name in sorted(found, key=lambda pair: (-pair[0], pair[1]))]
            for key, found in names.items()
            if wanted in fold(key[0]) or any(wanted in fold(surface) for _, surface in found)
        }
        return sorted(self._counts(kept), key=lambda e: (-e.articles, -e.mentions, e.name))

    def _counts(self, names: Mapping[tuple[str, str], Sequence[str]]) -> Iterable[EntityCount]:
        sql = f"SELECT m.entity, m.type, count(DISTINCT a.id), count(*) {_CURRENT} GROUP BY m.entity, m.type"
        for entity, kind, articles, times in self._store.rows(sql):
            if (entity, kind) in names:
                aliases = tuple(name for name in names[entity, kind] if name != entity)
                yield EntityCount(entity, kind_of(kind), aliases, articles, times)

    def articles_naming(self, name: str, kind: EntityType | None = None) -> frozenset[str]:
        """Return the ids of the articles that name an entity, by its name or any of its aliases."""
        sql = (
            f"SELECT DISTINCT a.id {_CURRENT} WHERE ?2 IN ('', m.type)"  # noqa: S608 - a constant
            " AND m.entity IN (SELECT entity FROM mention WHERE entity_key = ?1"
            " UNION SELECT entity FROM mention WHERE surface_key = ?1)"
        )
        return frozenset(row[0] for row in self._store.rows(sql, [fold(name), kind or ""]))


def kind_of(said: str) -> EntityType:
    """Return the type that a row of the library names. Raises LibraryDamaged."""
    try:
        return EntityType(said)
    except ValueError as error:
        raise LibraryDamaged(DAMAGED) from error


def _sighted(found: str) -> list[Sighted]:
    try:
        return [
            Sighted(Mention(start, end, kind_of(kind), entity), surface)
            for start, end, kind, entity, surface in json.loads(found)
        ]
    except ValueError as error:
        raise LibraryDamaged(DAMAGED) from error


def _row(revision: str, mention: Mention, text: str) -> tuple[object, ...]:
    surface = text[mention.start : mention.end]
    place = (revision, mention.start, mention.end, mention.type.value)
    return (*place, mention.entity, surface, fold(mention.entity), fold(surface))
