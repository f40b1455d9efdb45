"""Under which one name the mentions of a whole collection are gathered.

Each text has gathered its own (`names`); here the texts learn from one another.
Two full names that share a last name are never one, a place is never another for
being spelled alike, and what is not sure stays apart: an analyst can join names,
and would have to notice a wrong join first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from index.article import EntityType
from index.entities.corrections import name_key
from index.entities.words import common_last_names

_WITNESSES: Final = (
    2  # texts that must name a person in full, or explain an acronym, for the others to learn it
)
_TYPED: Final = 6  # letters of a last name of which one may be mistyped
_RARE: Final = 3  # how many times as frequent the right spelling is

Names = Mapping[tuple[str, EntityType], str]
"""Which other name an entity of a type goes by."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A surface that texts give to an entity, and in how many of them."""

    surface: str
    entity: str
    type: EntityType
    texts: int = 1


def names_of(
    sightings: Iterable[Sighting], known: Callable[[str], str | None]
) -> dict[tuple[str, EntityType], str]:
    """Return the names to be changed, and to which; `known` gives a surface's name in the gazetteer."""
    collection = _Collection(list(sightings), cache(known))
    changed = {}
    for entity, kind in collection.texts:
        name = collection.name(entity, kind)
        if name != entity:
            changed[entity, kind] = name
    return changed


class _Collection:
    """The entities of all texts, indexed by what their names may be found by."""

    def __init__(self, sightings: list[Sighting], known: Callable[[str], str | None]) -> None:
        self.texts: dict[tuple[str, EntityType], int] = defaultdict(int)
        self._known = known
        self._explained: dict[tuple[str, EntityType], Counter[str]] = defaultdict(Counter)
        for one in sightings:
            self.texts[one.entity, one.type] += one.texts
            if name_key(one.surface) != name_key(one.entity):
                self._explained[name_key(one.surface), one.type][one.entity] += one.texts
        self._usual = self._usual_spellings()
        self._by_last, self._by_rest = self._people()
        self._first_names = {rest[0] for rest in self._by_rest}

    def _usual_spellings(self) -> dict[tuple[str, EntityType], str]:
        """Return the one spelling of each key: the gazetteer's, else the most frequent."""
        usual: dict[tuple[str, EntityType], str] = {}
        by_use = sorted(
            self.texts, key=lambda e: (self._known(e[0]) != e[0], _is_shouted(e[0]), -self.texts[e], e[0])
        )
        for entity, kind in by_use:
            usual.setdefault((name_key(entity), kind), entity)
        return usual

    def _people(self) -> tuple[dict[str, set[str]], dict[tuple[str, ...], list[str]]]:
        """Return the keys of full names by their last name, and by all before it, the most frequent first."""
        by_last: dict[str, set[str]] = defaultdict(set)
        by_rest: dict[tuple[str, ...], list[str]] = defaultdict(list)
        people = [key for key, kind in self._usual if kind is EntityType.PERSON]
        for key in sorted(people, key=self._times, reverse=True):
            *rest, last = key.split() or [""]  # a name of signs alone has no words
            if rest:
                by_last[last].add(key)
                by_rest[tuple(rest)].append(key)
        return by_last, by_rest

    def name(self, entity: str, kind: EntityType) -> str:
        """Return the name an entity goes by."""
        if known := self._known(entity):
            return known
        key = name_key(entity)
        full = self._full(key) if kind is EntityType.PERSON else self._long(entity, key, kind)
        key = full or key
        return self._usual.get((key, kind), entity)

    def _long(self, entity: str, key: str, kind: EntityType) -> str | None:
        """Return the key of the one long form that several texts give for an acronym, or None."""
        forms: Counter[str] = Counter()
        for name, texts in self._explained.get((key, kind), Counter[str]()).items():
            forms[name_key(name)] += texts
        sure = entity.isupper() and len(forms) == 1 and forms.total() >= _WITNESSES
        return next(iter(forms)) if sure else None

    def _full(self, key: str) -> str | None:
        """Return the key of the one person a bare last name, or a name mistyped, can be, or None."""
        if " " in key:
            return self._well_typed(key)
        people = sorted(self._by_last.get(key, ()))
        return people[0] if len(people) == 1 and self._may_claim(people[0], key) else None

    def _may_claim(self, full: str, last: str) -> bool:
        if last in common_last_names() or last in self._first_names:
            return False
        return self._times(full) >= _WITNESSES or bool(self._known(self._usual[full, EntityType.PERSON]))

    def _well_typed(self, key: str) -> str | None:
        """Return the far more frequent full name that differs in one letter of its last name, or None."""
        *rest, last = key.split()
        enough = _RARE * self._times(key)
        frequent = takewhile(lambda other: self._times(other) >= enough, self._by_rest[tuple(rest)])
        near = {other for other in frequent if is_mistyped(last, other.rsplit(" ", 1)[1])}
        return near.pop() if len(near) == 1 else None

    def _times(self, key: str) -> int:
        return self.texts[self._usual[key, EntityType.PERSON], EntityType.PERSON]


def _is_shouted(name: str) -> bool:
    return name.isupper() and " " in name


def is_mistyped(typed: str, meant: str) -> bool:
    """Say whether a name is another with one letter inside it wrong, missing, doubled or swapped.

    Never the first or the last letter: those tell families apart.
    """
    if min(len(typed), len(meant)) < _TYPED or typed == meant:
        return False
    if typed[0] != meant[0] or typed[-1] != meant[-1]:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        return False
    a, b = typed[start:], meant[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
