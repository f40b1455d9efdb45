"""What an export gives: named texts, and the names they are given."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from notes.note import Note

Layout = Literal["article", "tag", "single"]
Lang = Literal["fr", "en"]

_MAX_BYTES: Final = 120
_SUFFIX_ROOM: Final = len(".jsonl")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be written: a plain name, no folder, and its whole text."""

    name: str
    text: str


class Renderer(Protocol):
    """Turns notes into documents: deterministic, and without looking at disk or clock."""

    def __call__(
        self, notes: Iterable[Note], *, layout: Layout = "article", lang: Lang = "en"
    ) -> list[Document]:
        """Return the documents; formats that know no layout give one."""
        ...


def filename(title: str, id: str) -> str:
    """Return a file name, without extension, that every file system takes: `title-in-words--id`.

    With any of our extensions it has at most 120 bytes. Names differ where ids do,
    on file systems that know no case too.
    """
    suffix = f"--{id}"
    room = _MAX_BYTES - _SUFFIX_ROOM - len(suffix.encode())
    words = "".join(char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", title.lower()))
    slug = unicodedata.normalize("NFC", "-".join(words.split())).encode()[:room].decode(errors="ignore")
    return (slug.strip("-") or "note") + suffix
