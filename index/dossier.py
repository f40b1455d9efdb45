"""What a collection knows of one entity: its names, when it is spoken of, in which words, with whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.article import EntityType, Mention, Span, fold
from index.mentions import Mentions, kind_of
from index.sanitise import clean
from index.sentences import sentence_around
from index.store import Store

_CONTEXT: Final = 80  # characters on each side of a name in the concordance
_EVIDENCE: Final = 3  # sentences kept for each entity named beside this one
_NEIGHBOURS: Final = 40
_READ: Final = 1_000  # texts read for those, the newest

_MENTIONED: Final = (
    "FROM mention m JOIN article a USING (revision) WHERE m.entity = ?1 AND ?2 IN ('', m.type)"
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mention in its context: a line of the concordance. `left` and `right` are of one line each."""

    article: str
    title: str
    date: str
    source: str
    start: int
    end: int
    left: str
    surface: str
    right: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that names two entities, and where it stands."""

    article: str
    date: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entity named in the same sentences: in how many, and some of them, the newest first."""

    name: str
    type: EntityType
    sentences: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One entity. `aliases`, `sources` and `months` (`2024-09`) are counts of mentions.

    `first` and `last` are ISO dates, empty where no article that names it has one.
    """

    name: str
    type: EntityType
    articles: int
    mentions: int
    aliases: tuple[tuple[str, int], ...]
    first: str
    last: str
    sources: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]


class Dossiers:
    """Reads dossiers out of a library. Raises LibraryError."""

    def __init__(self, store: Store, mentions: Mentions) -> None:
        self._store = store
        self._mentions = mentions

    def find(self, name: str) -> list[tuple[str, EntityType]]:
        """Return the entities with this name or alias, in any case and accents; by name first."""
        sql = (
            "SELECT m.entity, m.type FROM mention m JOIN article a USING (revision) WHERE m.entity IN"
            " (SELECT entity FROM mention WHERE entity_key = ?1 UNION"
            " SELECT entity FROM mention WHERE surface_key = ?1)"
            " GROUP BY m.entity, m.type ORDER BY max(m.entity_key = ?1) DESC, count(*) DESC, m.entity"
        )
        return [(entity, kind_of(kind)) for entity, kind in self._store.rows(sql, [fold(clean(name))])]

    def of(self, name: str, kind: EntityType) -> Dossier:
        """Return what is counted of an entity; all zero for one that nothing names."""
        rows = self._store.rows(
            f"SELECT m.surface, a.date, a.source, a.id {_MENTIONED}",
            [name, kind.value],
        )
        dates = sorted(date for _, date, _, _ in rows if date)
        return Dossier(
            name,
            kind,
            len({article for *_, article in rows}),
            len(rows),
            _by_count(" ".join(surface.split()) for surface, *_ in rows),
            dates[0] if dates else "",
            dates[-1] if dates else "",
            _by_count(source for _, _, source, _ in rows if source),
            tuple(sorted(Counter(date[:7] for date in dates).items())),
        )

    def concordance(self, name: str, kind: EntityType, limit: int = 500) -> list[Occurrence]:
        """Return the mentions in their contexts, newest first, at most `limit`."""
        rows = self._store.rows(
            'SELECT a.id, a.title, a.date, a.source, m.start, m."end", m.surface,'  # noqa: S608 - constants
            f" substr(t.body, max(1, m.start + 1 - {_CONTEXT}), min(m.start, {_CONTEXT})),"
            f' substr(t.body, m."end" + 1, {_CONTEXT})'
            " FROM mention m JOIN article a USING (revision) JOIN text t USING (revision)"
            " WHERE m.entity = ?1 AND m.type = ?2 ORDER BY a.date DESC, a.id, m.start LIMIT ?3",
            [name, kind.value, limit],
        )
        return [
            Occurrence(article, title, date, source, start, end, _flat(left), _flat(surface), _flat(right))
            for article, title, date, source, start, end, surface, left, right in rows
        ]

    def neighbours(self, name: str, kind: EntityType) -> list[Neighbour]:
        """Return the entities that sentences name beside this one, most often first."""
        together: defaultdict[tuple[str, EntityType], list[Evidence]] = defaultdict(list)
        rows = self._store.rows(
            f"SELECT a.id, a.date, revision, body FROM article a JOIN text USING (revision) WHERE revision IN"  # noqa: S608 - constants
            f" (SELECT revision {_MENTIONED}) ORDER BY a.date DESC LIMIT {_READ}",
            [name, kind.value],
        )
        for article, date, revision, text in rows:
            mentions = self._mentions.of(revision)
            for span, beside in _sentences_naming(text, mentions, name, kind):
                evidence = Evidence(article, date, span, " ".join(text[span.start : span.end].split()))
                for other in beside:
                    together[other].append(evidence)
        ranked = sorted(together.items(), key=lambda one: (-len(one[1]), one[0]))
        return [
            Neighbour(*other, len(found), tuple(found[:_EVIDENCE])) for other, found in ranked[:_NEIGHBOURS]
        ]


def _sentences_naming(
    text: str, mentions: Sequence[Mention], name: str, kind: EntityType
) -> Iterator[tuple[Span, set[tuple[str, EntityType]]]]:
    """Yield each sentence that names the entity, with the others that it names."""
    done = 0
    for mention in mentions:
        if (mention.entity, mention.type) == (name, kind) and mention.start >= done:
            span = sentence_around(text, mention.start)
            done = span.end
            inside = [m for m in mentions if span.start <= m.start < span.end]
            others: set[tuple[str, EntityType]] = {
                (m.entity, m.type) for m in inside if m.type != EntityType.OTHER
            }
            yield span, others - {(name, kind)}


def sorted_by(occurrences: Iterable[Occurrence], order: str) -> list[Occurrence]:
    """Return a concordance by its neighbours on a side (`left`, `right`), or newest first (`date`)."""
    keys = {
        "left": lambda one: fold(" ".join(reversed(one.left.split()))),
        "right": lambda one: fold(one.right.strip()),
        "date": lambda one: one.date,
    }
    return sorted(occurrences, key=keys[order], reverse=order == "date")


def _by_count(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _flat(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text)
