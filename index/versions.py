"""Versions of one text, agency copy as each paper rewrote it: clusters that grow with each article added.

Two articles are a pair if they share sampled shingles and their whole texts bear it
out; a cluster is what pairs connect. A shingle that more than `crowd` articles share
pairs each of them with the `crowd` of lowest id alone. So the clusters depend on the
texts that are there and not on the order they came in, and ten thousand copies of a
weather report cost ten thousand times one, not its square.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from index.shingles import Shingles, are_versions, containment, sample, shingles
from index.store import Store

_BATCH: Final = 128
_CROWD: Final = 16
_HELD: Final = 500_000
"""Shingles held at most of texts compared lately, 60 MB."""
_SHARED: Final = 2
_SHARED_PART: Final = 0.2
"""Of the smaller sample: what two must share to be compared whole. Half of ENOUGH, for a sample strays."""


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of an article; `similarity` is the part of the shorter text in the longer, 0 to 1."""

    id: str
    title: str
    source: str
    date: str
    similarity: float


class Versions:
    """The clusters of near copies of a library."""

    def __init__(self, store: Store, crowd: int = _CROWD) -> None:
        self._store = store
        self._crowd = crowd
        self._known: dict[str, Shingles] = {}
        self._held = 0

    # Asking

    def of(self, article_id: str, limit: int = 100) -> list[Version]:
        """Return up to `limit` other versions of an article, the most similar first."""
        sql = (
            "SELECT a.id, a.title, a.source, a.date, t.body FROM cluster c JOIN cluster o USING (cluster)"
            " JOIN article a ON a.id = o.article JOIN text t USING (revision)"
            " WHERE c.article = ?1 ORDER BY o.article != ?1, o.article LIMIT ?2"
        )
        rows = self._store.rows(sql, [article_id, limit + 1])
        texts = [shingles(body) for *_known, body in rows]
        found = [
            Version(known, title, source, date, round(containment(texts[0], text), 3))
            for (known, title, source, date, _body), text in zip(rows[1:], texts[1:], strict=True)
        ]
        return sorted(found, key=lambda v: (-v.similarity, v.date, v.id))

    def counts(self, ids: Iterable[str]) -> dict[str, int]:
        """Return how many versions there are of each of `ids` that has others, itself included."""
        sql = (
            "SELECT c.article, (SELECT count(*) FROM cluster o WHERE o.cluster = c.cluster)"
            " FROM json_each(?) JOIN cluster c ON c.article = value"
        )
        return dict(self._store.rows(sql, [json.dumps(list(ids))]))

    def duplicates(self) -> frozenset[str]:
        """Return the ids of the articles that have other versions, or the same text in two places."""
        sql = (
            "SELECT article FROM cluster"
            " UNION SELECT article FROM location WHERE gone = 0 GROUP BY article HAVING count(*) > 1"
        )
        return frozenset(row[0] for row in self._store.rows(sql))

    # Finding

    def pending(self) -> int:
        """Return how many articles are still to be compared with the others."""
        return int(self._store.rows("SELECT count(*) FROM uncompared")[0][0])

    def compare_some(self) -> int:
        """Compare some of what is new or changed with the rest; return how many articles, 0 at the end."""
        sql = (
            "SELECT u.article, a.revision, t.body FROM uncompared u JOIN article a ON a.id = u.article"
            " JOIN text t USING (revision) LIMIT ?"
        )
        # What takes long is done before the library is taken from others.
        batch = [
            (article, revision, self._remember(revision, body))
            for article, revision, body in self._store.rows(sql, [_BATCH])
        ]
        with self._store.transaction():
            for article, revision, of in batch:
                if self._store.rows(
                    "SELECT 1 FROM article WHERE id = ? AND revision = ?", [article, revision]
                ):
                    self._compare(article, revision, sample(of))
                    self._store.change("DELETE FROM uncompared WHERE article = ?", [article])
        return len(batch)

    def _compare(self, article: str, revision: str, sampled: Shingles) -> None:
        """Put an article's sample in the place of its old one and find the pairs that this changes."""
        old = self._sample_of(article)
        changed = self._at_the_border(article, old)
        if old:
            self._store.change(
                "DELETE FROM sample WHERE shingle = ? AND article = ?", *((one, article) for one in old)
            )
        self._store.change("REPLACE INTO sampled VALUES (?, ?, ?)", [article, revision, len(sampled)])
        if sampled:
            self._store.change("INSERT INTO sample VALUES (?, ?)", *((one, article) for one in sampled))
        changed |= self._at_the_border(article, sampled)
        for one in (article, *sorted(changed)):
            self._pair(one)

    def _at_the_border(self, article: str, sampled: Shingles) -> set[str]:
        """Return those who are not among the lowest ids of a crowd only because an article is."""
        return {
            crowd[self._crowd]
            for crowd in self._crowds(sampled).values()
            if crowd[self._crowd :] and article in crowd[: self._crowd]
        }

    def _crowds(self, sampled: Shingles) -> dict[int, list[str]]:
        """Return the lowest ids that share each shingle, in order, and the next one."""
        sql = (
            "SELECT s.shingle, s.article FROM json_each(?) JOIN sample s ON s.shingle = value"
            " AND s.article <= coalesce((SELECT article FROM sample WHERE shingle = value"
            " ORDER BY article LIMIT 1 OFFSET ?), 'g') ORDER BY 1, 2"
        )
        crowds: dict[int, list[str]] = {}
        for shingle, article in self._store.rows(sql, [json.dumps(list(sampled)), self._crowd]):
            crowds.setdefault(shingle, []).append(article)
        return crowds

    def _pair(self, article: str) -> None:
        """Find the pairs of an article anew, and what that makes of the clusters."""
        before = self._paired(article)
        after = self._partners(article)
        for sql, others in (
            ("DELETE FROM pair WHERE article = ? AND other = ?", before - after),
            ("INSERT INTO pair VALUES (?, ?)", after - before),
        ):
            if others:
                self._store.change(sql, *((article, o) for o in others), *((o, article) for o in others))
        if after - before:
            self._join({article, *after})
        if before - after:
            self._split({article, *before})

    def _paired(self, article: str) -> set[str]:
        return {row[0] for row in self._store.rows("SELECT other FROM pair WHERE article = ?", [article])}

    def _partners(self, article: str) -> set[str]:
        """Return the articles that an article is a pair with."""
        sampled = self._sample_of(article)
        shared = self._shared(article, sampled)
        sql = "SELECT s.article, s.revision, s.size FROM json_each(?) JOIN sampled s ON s.article = value"
        likely = json.dumps([other for other, times in shared.items() if times >= _SHARED])
        whole = self._of_revision(self._revision(article)) if likely != "[]" else frozenset()
        return {
            other
            for other, revision, size in self._store.rows(sql, [likely])
            if shared[other] >= _SHARED_PART * min(size, len(sampled))
            and are_versions(whole, self._of_revision(revision))
        }

    def _shared(self, article: str, sampled: Shingles) -> Counter[str]:
        """Return with whom an article could be a pair, and how many shingles say so."""
        shared: Counter[str] = Counter()
        for shingle, crowd in self._crowds(sampled).items():
            lowest = crowd[: self._crowd]
            if article in lowest and crowd != lowest:
                rows = self._store.rows("SELECT article FROM sample WHERE shingle = ?", [shingle])
                lowest = [row[0] for row in rows]
            shared.update(lowest)
        del shared[article]
        return shared

    def _join(self, articles: set[str]) -> None:
        """Make articles, and whatever clusters they are in, one cluster."""
        listed = json.dumps(list(articles))
        sql = "SELECT DISTINCT cluster FROM cluster WHERE article IN (SELECT value FROM json_each(?))"
        clusters = {row[0] for row in self._store.rows(sql, [listed])}
        name = min(articles | clusters)
        self._store.change(
            "UPDATE cluster SET cluster = ?1"
            " WHERE cluster IN (SELECT value FROM json_each(?2)) AND cluster != ?1",
            [name, json.dumps(list(clusters))],
        )
        self._store.change("INSERT OR IGNORE INTO cluster VALUES (?, ?)", *((one, name) for one in articles))

    def _split(self, articles: set[str]) -> None:
        """Find the clusters of articles anew, from their pairs."""
        todo = set(articles)
        while todo:
            found, edge = set[str](), {todo.pop()}
            while edge:
                found |= edge
                edge = set().union(*map(self._paired, edge)) - found
            todo -= found
            self._store.change("DELETE FROM cluster WHERE article = ?", *([one] for one in found))
            if found != {min(found)}:
                self._store.change("INSERT INTO cluster VALUES (?, ?)", *((one, min(found)) for one in found))

    # Texts

    def _revision(self, article: str) -> str:
        """Return the revision that an article was compared with; empty if none."""
        rows = self._store.rows("SELECT revision FROM sampled WHERE article = ?", [article])
        return str(rows[0][0]) if rows else ""

    def _sample_of(self, article: str) -> Shingles:
        return sample(self._of_revision(self._revision(article)))

    def _of_revision(self, revision: str) -> Shingles:
        if revision not in self._known:
            rows = self._store.rows("SELECT body FROM text WHERE revision = ?", [revision])
            return self._remember(revision, rows[0][0] if rows else "")
        return self._known[revision]

    def _remember(self, revision: str, text: str) -> Shingles:
        if self._held > _HELD:
            self._known.clear()
            self._held = 0
        self._known[revision] = of = shingles(text)
        self._held += len(of)
        return of
