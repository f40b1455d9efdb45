"""Acronyms and their long forms, as a text itself pairs them: `Long form (ABC)`, `ABC (Long form)`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from index.article import EntityType, fold
from index.entities.spans import Found
from index.entities.words import never_bodies

_AFTER: Final = regex.compile(r"(?<=[\p{L}\"] ?)\((?P<name>\p{Lu}[\p{Lu}\p{N}-]{1,10})\)")
_BEFORE: Final = regex.compile(
    r"(?<!\p{L})(?P<name>\p{Lu}{2,10})(?: \(|, (?:l'|le |la |les |the )?)(?=\p{L})"
)
_WORD: Final = regex.compile(r"[\p{L}\p{N}]+")
_REACH: Final = 120  # characters of the long form
_SENTENCE: Final = regex.compile(r"[.!?;:\n()]")
# Words whose initials acronyms leave out.
_SKIPPED: Final = {
    "de",
    "du",
    "des",
    "d",
    "la",
    "le",
    "les",
    "l",
    "et",
    "en",
    "a",
    "au",
    "aux",
    "pour",
    "sur",
}
_SKIPPED_TOO: Final = {"dans", "of", "the", "and", "for", "in", "on", "al", "wal", "el"}

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """An acronym and its long form, each where the text pairs them."""

    acronym: Found
    long: Found


def pairs(text: str) -> Iterator[Pair]:
    """Yield the acronyms a normalised text explains by words with its initials."""
    for match in _AFTER.finditer(text):
        start = max(0, match.start() - _REACH)
        reach = start + _after_last_stop(text[start : match.start()])
        words = [m.span() for m in _WORD.finditer(text, reach, match.start())]
        first = _spelled(text, reversed(words), _letters(match["name"])[::-1])
        if first:
            yield from _pair(text, match.span("name"), (first[0], words[-1][1]))
    for match in _BEFORE.finditer(text):
        stop = _SENTENCE.search(text, match.end(), match.end() + _REACH)
        end = stop.start() if stop else match.end() + _REACH
        words = [m.span() for m in _WORD.finditer(text, match.end(), min(end, len(text)))]
        last = _spelled(text, words, _letters(match["name"]))
        if last:
            yield from _pair(text, match.span("name"), (words[0][0], last[1]))


def _pair(text: str, acronym: Bounds, long: Bounds) -> Iterator[Pair]:
    if text[acronym[0] : acronym[1]] not in never_bodies():
        yield Pair(Found(*acronym, EntityType.ORG), Found(*long, EntityType.ORG))


def _after_last_stop(text: str) -> int:
    return max((match.end() for match in _SENTENCE.finditer(text)), default=0)


def _letters(name: str) -> str:
    return "".join(fold(c)[:1] for c in name if c.isalpha())


def _spelled(text: str, words: Iterable[Bounds], letters: str) -> Bounds | None:
    """Return the word at which initials have spelled all the letters, or None.

    Small words are passed over; where that does not spell, they may count.
    """
    words = list(words)
    return _walk(text, words, letters, small=False) or _walk(text, words, letters, small=True)


def _walk(text: str, words: Iterable[Bounds], letters: str, *, small: bool) -> Bounds | None:
    at = 0
    for start, end in words:
        skipped = fold(text[start:end]) in _SKIPPED | _SKIPPED_TOO
        if fold(text[start])[:1] == letters[at] and (small or not skipped):
            at += 1
            if at == len(letters):
                return start, end
        elif not skipped:
            return None
    return None
