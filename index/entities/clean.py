"""What a model found, trimmed to the name and without what is no name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import regex

from index.article import EntityType, fold
from index.entities.spans import WORD, Found, opens_sentence
from index.entities.words import Words, never_bodies

_LONGEST: Final = {EntityType.ORG: 14}  # words
_LONG: Final = 8  # words
_SHORTEST: Final = 2  # letters
_PARTICIPLES: Final = ("é", "ée", "és", "ées")

_STOP: Final = regex.compile(r"\n|[:;!?] | [-:;!?] |\"[ ,.]")
"""What no name runs past."""

Bounds = tuple[int, int]


def clean(text: str, found: Iterable[Found], words: Words) -> Iterator[Found]:
    """Yield the spans that name something, without the words around the name.

    Articles, titles, head nouns and punctuation go from the edges; a span ends
    where a verb or a new line begins. `text` is normalised.
    """
    plain = frozenset(word for word in text.split() if word.islower())
    for span in found:
        parts = _trimmed(text, span, words)
        if parts and not _is_junk(text, parts, span.type, words, plain):
            yield replace(span, start=parts[0][0], end=parts[-1][1])


def _trimmed(text: str, span: Found, words: Words) -> list[Bounds]:
    """Return the bounds of the words that are of the name."""
    stop = _STOP.search(text, span.start, span.end)
    end = stop.start() if stop else span.end
    parts = [match.span() for match in WORD.finditer(text, span.start, end)]
    parts = _without_lead(text, parts, span.type, words)
    for number, (start, stop) in enumerate(parts):
        if text[start:stop] in words.breakers and not _is_kept_whole(text, parts, words):
            parts = parts[:number]
            break
    return _without_tail(text, parts, span.type, words)


def _is_kept_whole(text: str, parts: list[Bounds], words: Words) -> bool:
    """Say whether the span is a body's long name, where a word such as `pour` is of the name."""
    start, end = parts[0]
    return text[start].isupper() and text[start:end].casefold() in words.body_words


def _without_lead(text: str, parts: list[Bounds], kind: EntityType, words: Words) -> list[Bounds]:
    while parts and _is_lead(text, parts[0], kind, words) and not _opens_a_kept(text, parts, words):
        parts = parts[1:]
    return parts


def _opens_a_kept(text: str, parts: list[Bounds], words: Words) -> bool:
    """Say whether the first word belongs to what follows, as in `lac Tchad`."""
    start, end = parts[0]
    return len(parts) > 1 and text[start:end] in words.place_kept


def _is_lead(text: str, part: Bounds, kind: EntityType, words: Words) -> bool:
    word = text[part[0] : part[1]]
    low = word.casefold()
    if low in words.articles:
        # In the middle of a sentence a capital says that the article is of the name: Le Drian.
        return word.islower() or opens_sentence(text, part[0])
    if kind is EntityType.PERSON:
        return word.islower() or low in words.titles
    if kind is EntityType.ORG:
        return word in words.org_heads
    return word.islower()


def _without_tail(text: str, parts: list[Bounds], kind: EntityType, words: Words) -> list[Bounds]:
    while parts and _is_tail(text, parts[-1], kind, words):
        parts = parts[:-1]
    return parts


def _is_tail(text: str, part: Bounds, kind: EntityType, words: Words) -> bool:
    start, end = part
    word = text[start:end]
    if word in words.articles or word.endswith("'"):
        return True
    genitive = word == "s" and text[start - 1 : start] == "'"
    return genitive or (kind in (EntityType.PERSON, EntityType.PLACE) and word.islower())


def _is_junk(text: str, parts: list[Bounds], kind: EntityType, words: Words, plain: frozenset[str]) -> bool:
    """Say whether what is left names nothing; `plain` are the words the text has in lower case."""
    names = [text[start:end] for start, end in parts]
    capitals = [name for name in names if name[0].isupper()]
    start, end = parts[0][0], parts[-1][1]
    return (
        len(parts) > _LONGEST.get(kind, _LONG)
        or not capitals
        or text[start:end] in never_bodies()
        or sum(map(str.isalpha, text[start:end])) < _SHORTEST
        or all(fold(n) in words.empty for n in (names if kind is EntityType.ORG else capitals))
        or (kind is EntityType.ORG and names[0].casefold() in words.titles and names[1].islower())
        or (len(names) == 1 and opens_sentence(text, start) and _is_opener(names[0], kind, plain))
    )


def _is_opener(word: str, kind: EntityType, plain: frozenset[str]) -> bool:
    """Say whether a lone word that opens a sentence owes its capital to that."""
    if kind in (EntityType.PERSON, EntityType.ORG):
        return word.casefold() in plain
    # French participles, which models take for places: `Interrogé, le général…`
    return kind is EntityType.OTHER or word.casefold() in plain or word.endswith(_PARTICIPLES)
