"""What is worth an analyst's look: names that the rules would not decide about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.article import EntityType
from index.entities.corrections import name_key
from index.entities.naming import is_mistyped
from index.mentions import EntityCount


class Doubt(StrEnum):
    """Why an entity is asked about."""

    TYPES = "types"
    """The same name stands for two types."""
    WHO = "who"
    """A last name alone, which several people bear."""
    ALIKE = "alike"
    """Another name is nearly the same."""


@dataclass(frozen=True, slots=True)
class Question:
    """An entity, the doubt about it, and the other one that it may be."""

    entity: EntityCount
    doubt: Doubt
    other: str


def questions(
    entities: Sequence[EntityCount], settled: Collection[tuple[str, EntityType]] = ()
) -> list[Question]:
    """Return the questions about a collection's entities, those named most often first.

    `settled` are the entities an analyst has found right.
    """
    shown = [one for one in entities if one.type is not EntityType.OTHER]
    found = [*_two_types(shown), *_which_person(shown), *_alike(shown)]
    asked = [one for one in found if (one.entity.name, one.entity.type) not in settled]
    return sorted(asked, key=lambda one: (-one.entity.mentions, one.entity.name, one.doubt))


def _two_types(entities: Iterable[EntityCount]) -> Iterator[Question]:
    by_key: defaultdict[str, list[EntityCount]] = defaultdict(list)
    for entity in entities:
        by_key[name_key(entity.name)].append(entity)
    for same in by_key.values():
        most, *others = sorted(same, key=lambda one: (-one.mentions, one.type))
        for other in others:
            yield Question(other, Doubt.TYPES, most.type.value)


def _which_person(entities: Iterable[EntityCount]) -> Iterator[Question]:
    people = [one for one in entities if one.type is EntityType.PERSON]
    by_last: defaultdict[str, list[EntityCount]] = defaultdict(list)
    for person in people:
        if " " in person.name:
            by_last[name_key(person.name).rsplit(" ", 1)[-1]].append(person)
    for person in people:
        bearers = by_last.get(name_key(person.name), []) if " " not in person.name else []
        if bearers:
            yield Question(person, Doubt.WHO, max(bearers, key=lambda one: one.mentions).name)


def _alike(entities: Iterable[EntityCount]) -> Iterator[Question]:
    """Yield the people whose names differ by a letter or by the names between the first and the last."""
    groups: defaultdict[tuple[str, str], list[EntityCount]] = defaultdict(list)
    for one in entities:
        words = name_key(one.name).split()
        if one.type is EntityType.PERSON and len(words) > 1:
            groups["rest", " ".join(words[:-1])].append(one)
            groups["ends", f"{words[0]} {words[-1]}"].append(one)
    for (by, _key), near in groups.items():
        ranked = sorted(near, key=lambda one: (-one.mentions, one.name))
        for at, less in enumerate(ranked):
            more = next((m for m in ranked[:at] if by == "ends" or _differ_by_a_letter(m, less)), None)
            if more:
                yield Question(less, Doubt.ALIKE, more.name)


def _differ_by_a_letter(one: EntityCount, other: EntityCount) -> bool:
    return is_mistyped(name_key(one.name).split()[-1], name_key(other.name).split()[-1])
