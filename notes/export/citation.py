"""The cited articles, each once, with the key that it is cited by."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from notes.characters import fold, one_line
from notes.export.document import UNKNOWN
from notes.note import Note, Source
from notes.tags import key as tag_key

_WEB: Final = re.compile(r"https?://[!-;=?-~]+")
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:[T ].*)?")
_WORD: Final = re.compile(r"[a-z]{4,}")
_SOURCE_LENGTH: Final = 16
_EMPTY: Final = re.compile(
    "apres|avant|avec|cette|comment|contre|dans|entre|leurs?|plus|pour|quand|sans|sous|vers"
    "|after|against|before|between|from|into|over|that|their|this|under|what|when|where|which|with"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as it is cited; `tags` are those of its notes, `parts` year, month and day as known."""

    article: str
    source: Source
    tags: tuple[str, ...]
    author: str = ""

    @property
    def key(self) -> str:
        """Source, year, first word of weight, article id: stable, and unique whatever is exported with it."""
        source = "".join(re.findall("[a-z0-9]", fold(self.source.source)))[:_SOURCE_LENGTH]
        year = str(self.parts[0]) if self.parts else ""
        words = (word for word in _WORD.findall(fold(self.source.title)) if not _EMPTY.fullmatch(word))
        return f"{source}{year}{next(words, '')}-{self.article}".lstrip("-")

    @property
    def parts(self) -> list[int]:
        """Year, month and day, as far as they are known."""
        found = _DATE.fullmatch(self.source.date)
        return [int(part) for part in found.groups() if part] if found else []

    @property
    def url(self) -> str:
        """The address, if it surely is one of the web."""
        return self.source.url if _WEB.fullmatch(self.source.url) else ""


def cited(notes: Iterable[Note], author: Callable[[str], str] = UNKNOWN.author) -> list[Cited]:
    """Return the articles that notes are on, by key; the latest note knows an article best."""
    by_article: dict[str, list[Note]] = {}
    for note in notes:
        by_article.setdefault(note.article, []).append(note)
    return sorted((_cited(group, author) for group in by_article.values()), key=lambda one: one.key)


def best(notes: Iterable[Note]) -> Note:
    """Return the note made last: it knows its article's title best."""
    return max(notes, key=lambda note: (note.created, note.id))


def _cited(group: list[Note], author: Callable[[str], str]) -> Cited:
    known = best(group).source
    source = Source(*(one_line(part) for part in (known.title, known.date, known.source, known.url)))
    tags = {tag for note in group for tag in note.tags}
    ordered = tuple(sorted(tags, key=lambda tag: (tag_key(tag), tag)))
    return Cited(group[0].article, source, ordered, one_line(author(group[0].article)))
