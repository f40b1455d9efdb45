"""Text that is not what it looks like: hidden characters, and letters of one alphabet posing as another's.

Nobody writes `Pаypal` with a Cyrillic `а` by accident. Such words and characters are shown as they
are and pointed out; nothing is changed, for what an article holds may be what it is about.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from index.article import Span
from index.sanitise import deceptive

_LATIN: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
# Cyrillic, Greek and Armenian letters that print like Latin ones. Those that only resemble them
# are left out: `TNFα` and `IFNγ` are honest words.
_CYRILLIC: Final = "аеорсухіјѕһԁԛԝӏАВЕЅІЈКМНОРСТУХҮԌԚԜӀ"
_GREEK: Final = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϳ"
_ARMENIAN: Final = "օսհՕՍԼ"
_ALIKE: Final = _CYRILLIC + _GREEK + _ARMENIAN
_MIXED: Final = re.compile(f"[{_LATIN}][{_ALIKE}]|[{_ALIKE}][{_LATIN}]")
_POSING: Final = re.compile(rf"\b[{_ALIKE}]{{3,}}\b")
_HONEST: Final = re.compile(f"[\u0370-\u058f](?<![{_ALIKE}])")
_WORD: Final = re.compile(r"\w+")
_FEW: Final = 20
_LONGEST: Final = 80
"""Characters looked at on each side of two letters that do not belong together."""


class Suspicion(NamedTuple):
    """What deceives in a text: how many characters hide or reorder it, and which words mix alphabets."""

    hidden: int = 0
    mixed: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hidden or self.mixed)

    def words(self, text: str, most: int = 5) -> list[str]:
        """Return the first of the words that mix alphabets, each once."""
        return list(dict.fromkeys(text[span.start : span.end] for span in self.mixed))[:most]


NOTHING: Final = Suspicion()


def suspicion(text: str) -> Suspicion:
    """Return what deceives in a text: a tenth of a second for a million words, next to nothing for ASCII."""
    if text.isascii():
        return Suspicion(deceptive(text.replace("\n", " ")))
    return Suspicion(deceptive(text), tuple(_mixed(text)))


def _mixed(text: str) -> Iterator[Span]:
    """Yield the words that mix alphabets; those all of look-alikes too, where nobody writes in theirs."""
    found = [_word_at(text, match.start()) for match in _MIXED.finditer(text)]
    if sum(1 for _, _match in zip(range(_FEW), _HONEST.finditer(text), strict=False)) < _FEW:
        found += [Span(*match.span()) for match in _POSING.finditer(text)]
    yield from sorted(set(found), key=lambda span: span.start)


def _word_at(text: str, at: int) -> Span:
    start = max(0, at - _LONGEST)
    around = text[start : at + _LONGEST]
    word = next(match for match in _WORD.finditer(around) if match.end() > at - start)
    return Span(start + word.start(), start + word.end())
