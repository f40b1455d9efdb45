"""What is known beforehand, laid over what was found."""

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from index.article import EntityType
from index.entities.spans import CAPITALISED, Cover, Found, overlay

_LONGEST_PLACE: Final = 5  # words
_FULL_NAME: Final = 2  # words
_FULL: Final = regex.compile(rf"{CAPITALISED}(?: {CAPITALISED}){{1,3}}")


def with_known(text: str, found: list[Found], known: Iterable[Found]) -> list[Found]:
    """Return `found` with the known names laid over it; a longer name that holds a known one stays.

    `known` is in text order without overlaps.
    """
    known = list(known)
    cover = Cover(found)
    held: dict[Found, list[Found]] = {}
    for name in known:
        span = cover.at(name.start)
        if span is not None and span.contains(name):
            held.setdefault(span, []).append(name)
    kept = {span for span, names in held.items() if _outranks(text, span, names)}
    better = overlay(known, kept)
    people = [
        person for span, names in held.items() if span not in kept for person in _beside(text, span, names)
    ]
    return overlay(overlay(found, people), better)


def _beside(text: str, span: Found, names: list[Found]) -> Iterator[Found]:
    """Yield the person whose full name follows a known body in one span: `OTAN Jens Stoltenberg`."""
    last = names[-1]
    rest = text[last.end : span.end]
    if last.type is EntityType.ORG and _FULL.fullmatch(rest.strip()):
        start = last.end + len(rest) - len(rest.lstrip())
        yield Found(start, span.end, EntityType.PERSON)


def _outranks(text: str, span: Found, names: list[Found]) -> bool:
    """Say whether a span is a name of its own around the known names it holds."""
    if any((name.start, name.end) == (span.start, span.end) for name in names):
        return False
    if span.type is EntityType.ORG:
        return _is_more(text, span, names)
    if len(names) > 1 or span.type not in (EntityType.PERSON, EntityType.PLACE):
        return False
    inner = names[0]
    if span.type is EntityType.PERSON:
        return inner.type in (EntityType.PERSON, EntityType.PLACE)
    return (
        inner.type is EntityType.PLACE
        and text[span.start].isupper()
        and len(text[span.start : span.end].split()) <= _LONGEST_PLACE
    )


def _is_more(text: str, span: Found, names: list[Found]) -> bool:
    """Say whether a body's span is more than known names with loose words, or a person, beside them."""
    loose = [word for start, end in _gaps(span, names) for word in text[start:end].split()]
    capitals = [word for word in loose if word[0].isupper()]
    followed = names[0].type is EntityType.ORG and names[0].start == span.start
    if followed and len(capitals) == len(loose) >= _FULL_NAME:
        return False  # `OTAN Jens Stoltenberg`
    return bool(capitals)


def _gaps(span: Found, names: list[Found]) -> Iterator[tuple[int, int]]:
    at = span.start
    for name in names:
        yield at, name.start
        at = name.end
    yield at, span.end
