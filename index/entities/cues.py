"""What the words around a name, or its capitals, say about its type."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import regex

from index.article import EntityType
from index.entities.spans import CAPITALISED, Cover, Found, overlay
from index.entities.words import Words, never_bodies

_ACRONYM: Final = regex.compile(
    r"(?<![\p{L}\p{N}'_@#./-])(?:[dlnsDLNS]')?(?P<name>\p{Lu}[\p{Lu}\p{N}]{1,9}(?:-\p{Lu}[\p{Lu}\p{N}]{0,9})?)(?![\p{L}\p{N}_@/])"
)
_ROMAN: Final = regex.compile(r"[IVXLCDM]+")
_MAIDEN: Final = regex.compile(rf"/{CAPITALISED}")
_LEAD: Final = 12  # characters that hold a word a place may follow
_INVENTED: Final = 3  # letters from which capitals alone make a body
_SHOUT: Final = 0.6  # of letters that are capitals; beyond it a line's capitals mean nothing


def cues(text: str, found: list[Found], words: Words) -> list[Found]:
    """Return `found` with the types that titles, head nouns and capitals give, and the names they show."""
    found = overlay(found, _acronyms(text, found))
    found = _overruled(found, list(_titled(text, words)))
    found = _overruled(found, list(_placed(text, words)))
    return [_retyped(text, span, words) for span in found]


def _retyped(text: str, span: Found, words: Words) -> Found:
    """Return a span as what its own words say it is, whole where a maiden name follows: `Awa Gnessi/Séré`."""
    if span.type is EntityType.PERSON:
        if _is_led(text, span, words):
            return replace(span, type=EntityType.PLACE)
        maiden = _MAIDEN.match(text, span.end)
        return replace(span, end=maiden.end()) if maiden else span
    first, _, rest = text[span.start : span.end].partition(" ")
    is_body = span.type is EntityType.PLACE and rest and first[0].isupper()
    return replace(span, type=EntityType.ORG) if is_body and first.casefold() in words.body_words else span


def shouted(text: str, start: int) -> bool:
    """Say whether the line around `start` is written in capitals."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", start) + 1 or len(text) + 1) - 1]
    if len(line) > 300:  # noqa: PLR2004 - no headline, and long lines must not be counted again and again
        return False
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 12 and sum(map(str.isupper, letters)) > _SHOUT * len(letters)  # noqa: PLR2004


def _is_led(text: str, span: Found, words: Words) -> bool:
    """Say whether a lone name follows a word that places do: `in Kherson`."""
    before = text[max(0, span.start - _LEAD) : span.start].split(" ")
    return (
        before[-1:] == [""]
        and before[-2:-1] != []
        and (before[-2] in words.place_leads and " " not in text[span.start : span.end])
    )


def _acronyms(text: str, found: list[Found]) -> Iterator[Found]:
    """Yield the all-capital words as bodies: those a model marked, and longer ones it did not."""
    marked = {(span.start, span.end) for span in found}
    elsewhere = {text[start:end] for start, end in marked}
    cover = Cover(found)
    for match in _ACRONYM.finditer(text):
        start, end = match.span("name")
        name = match["name"]
        if name in never_bodies() or _ROMAN.fullmatch(name) or shouted(text, start):
            continue
        free = cover.at(start) is None and (name in elsewhere or _is_long(name))
        if (start, end) in marked or free:
            yield Found(start, end, EntityType.ORG)


def _is_long(name: str) -> bool:
    return sum(map(str.isalpha, name)) >= _INVENTED


def _titled(text: str, words: Words) -> Iterator[Found]:
    for match in words.titled.finditer(text):
        name = match["name"]
        if not name.isupper() and name.casefold() not in words.articles | words.starters:  # `leader JNIM`
            yield Found(match.start("name"), match.end("name"), EntityType.PERSON)


def _placed(text: str, words: Words) -> Iterator[Found]:
    for match in words.placed.finditer(text):
        name = match["name"]
        if not name.isupper() and name.casefold() not in words.starters:
            yield Found(match.start("name"), match.end("name"), EntityType.PLACE)


def _overruled(found: list[Found], cued: list[Found]) -> list[Found]:
    """Return `found` with what the cues say, but for bodies: the General of General Motors is no officer.

    A model's span that begins with a cue's keeps its own end.
    """
    cover = Cover(found)
    better: list[Found] = []
    for cue in cued:
        over = cover.at(cue.start)
        if over is None or over.start == cue.start:
            better.append(replace(cue, end=over.end if over else cue.end))
        elif over.type is not EntityType.ORG and over.end <= cue.end:
            better.append(cue)
    return overlay(found, better)


def merged(text: str, found: list[Found], words: Words) -> list[Found]:
    """Return `found` with each long name of a body joined to the place that ends it: `Banque du Mali`."""
    kept: list[Found] = []
    for span in found:
        if kept and _goes_on(text, kept[-1], span, words):
            kept[-1] = replace(kept[-1], end=span.end)
        else:
            kept.append(span)
    return kept


def _goes_on(text: str, body: Found, place: Found, words: Words) -> bool:
    """Say whether the first span is an unlisted body that begins with what it is, joined to a place."""
    first = text[body.start : body.end].split(maxsplit=1)[0]
    return (
        (body.type, place.type) == (EntityType.ORG, EntityType.PLACE)
        and not body.name
        and words.joint.fullmatch(text, body.end, place.start) is not None
        and first[0].isupper()
        and first.casefold() in words.body_words
    )
