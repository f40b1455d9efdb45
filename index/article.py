"""The types every other module speaks; the standard library only.

All offsets, here and everywhere, are counts of Unicode code points into
`Article.text`, start inclusive and end exclusive.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from index.sanitise import clean

_GAPS: Final = re.compile(r"\n{2,}")

ID_LENGTH: Final = 12


class EntityType(StrEnum):
    """What a mention names; the values are the contract's words."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of one text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that no text could hold."""
        if not 0 <= self.start <= self.end:
            message = f"not a span: {self.start}:{self.end}"
            raise ValueError(message)


class Mention(NamedTuple):
    """A span of a revision that names someone or something.

    `entity` is the canonical name of what is named; equal to the mention's own
    text until names are gathered.
    """

    start: int
    end: int
    type: EntityType
    entity: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format reader found in one input, before it becomes an article.

    `text` may have any line ends and any characters; `canonical` makes it an
    article's. `key` tells records of one file apart (a JSONL line's id), empty
    where the file is the record. `date` is ISO 8601, whole or just the year or
    year and month, empty where none was found; never a guess. `encoding` is an
    article's.
    """

    text: str
    title: str = ""
    date: str = ""
    place: str = ""
    lang: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    key: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One text with a title and metadata, as the library keeps it.

    `id` is 12 lower-case hexadecimal digits and stays when the text is edited;
    `revision` is the SHA-256 of `text` in hexadecimal. `date` is ISO 8601 or
    empty. `path` is where it was read from, as text fit to print. `encoding` is what it was
    decoded from, by Python's name, with a question mark after it if only its bytes told.
    """

    id: str
    revision: str
    title: str
    text: str
    date: str = ""
    place: str = ""
    lang: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    path: str = ""
    encoding: str = ""
    gone: bool = field(default=False, compare=False)
    """Whether it is no longer where it was read from."""
    mentions: tuple[Mention, ...] = field(default=(), compare=False)


def canonical(text: str) -> str:
    r"""Return `text` in the one form articles are kept in.

    Unicode NFC, `\n` line ends, no terminal control characters, no white space at
    line ends, paragraphs separated by one blank line. Curly quotes, no-break
    spaces and accents stay. Idempotent.
    """
    text = unicodedata.normalize("NFC", clean(text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _GAPS.sub("\n\n", text).strip("\n ")


def revision_of(text: str) -> str:
    """Return the name of a canonical text: its SHA-256 in hexadecimal."""
    import hashlib  # noqa: PLC0415 - OpenSSL takes 2 ms, and the interface has not painted yet

    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the spans of the paragraphs of a canonical text, in order."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 2


def fold(text: str) -> str:
    """Return `text` without case and accents, with straight apostrophes: the key names are compared by."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
