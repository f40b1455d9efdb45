"""What a text says of a name in one place holds for the others."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import regex

from index.article import EntityType
from index.entities.spans import Cover, Found, opens_sentence, overlay

_SHORTEST: Final = 4  # letters of a lone name that is looked for elsewhere
_SINGLE: Final = regex.compile(r"\p{Lu}[\p{L}\p{M}]*+(?:['-]\p{L}++)*+")

_HIDDEN: Final = (EntityType.OTHER, EntityType.EVENT)


def agreed(text: str, found: list[Found]) -> list[Found]:
    """Return `found` with one type for each name, and the names also where they were missed.

    A list's word on a type (`name` is set) stands; else the last name of a person
    named in full is a person, and else the majority of the mentions decides.
    """
    types = _types(text, found)
    agreed = [replace(span, type=types.get(text[span.start : span.end], span.type)) for span in found]
    return overlay(list(_missed(text, agreed)), agreed)


def _types(text: str, found: Iterable[Found]) -> dict[str, EntityType]:
    votes: dict[str, Counter[EntityType]] = {}
    listed: dict[str, EntityType] = {}
    last_names: set[str] = set()
    for span in found:
        surface = text[span.start : span.end]
        votes.setdefault(surface, Counter())[span.type] += 1
        if span.name:
            listed[surface] = span.type
        if span.type is EntityType.PERSON and " " in surface:
            last_names.add(surface.rpartition(" ")[2])
    types = {surface: _majority(counts) for surface, counts in votes.items()}
    types |= {name: EntityType.PERSON for name in last_names & votes.keys() if not name.isupper()}
    return types | listed


def _majority(counts: Counter[EntityType]) -> EntityType:
    """Return the most frequent type; what is shown before what is hidden, of equals the first."""
    return max(counts, key=lambda kind: (kind not in _HIDDEN, counts[kind]))


def _missed(text: str, found: list[Found]) -> Iterator[Found]:
    """Yield the capitalised words of the text that stand for a name found elsewhere in it."""
    names = {text[span.start : span.end]: span for span in found if _is_sought(text, span)}
    last = {
        name.rpartition(" ")[2]: span
        for name, span in names.items()
        if span.type is EntityType.PERSON and " " in name
    }
    single = {name: span for name, span in {**last, **names}.items() if " " not in name}
    cover = Cover(found)
    for match in _SINGLE.finditer(text):
        span = single.get(match[0])
        if span and len(match[0]) >= _SHORTEST and cover.at(match.start()) is None:
            yield replace(
                span, start=match.start(), end=match.end(), name=span.name if match[0] in names else ""
            )


def _is_sought(text: str, span: Found) -> bool:
    """Say whether a name is sure enough to be looked for: not just a word that opens a sentence."""
    return span.type not in _HIDDEN and not opens_sentence(text, span.start)
