"""What an export gives: named files, and the names they are given."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from notes.note import Note

Layout = Literal["article", "tag", "single"]
Lang = Literal["fr", "en"]
_MAX_BYTES: Final = 120
_SUFFIX_ROOM: Final = len(".jsonld")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be written: a plain name, no folder, and its whole text.

    `packed` is the file where it is not a text; `text` is then what is in it for people to read.
    """

    name: str
    text: str
    packed: bytes | None = None

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode() if self.packed is None else self.packed


@dataclass(frozen=True, slots=True)
class Known:
    """What the notebook and the library know beyond the notes; far from them, nothing.

    `text` gives the text of a revision, if it was kept; `author` that of an article,
    as its source spells it, empty where there is none; `tag` the colour of a tag, one
    of `notes.tags.COLORS`, and its description.
    """

    text: Callable[[str], str | None] = lambda _revision: None
    author: Callable[[str], str] = lambda _article: ""
    tag: Callable[[str], tuple[str, str]] = lambda _tag: ("", "")


UNKNOWN: Final = Known()


class Renderer(Protocol):
    """Turns notes into documents: deterministic, and without looking at disk or clock."""

    def __call__(
        self,
        notes: Iterable[Note],
        *,
        layout: Layout = "article",
        lang: Lang = "en",
        known: Known = UNKNOWN,
    ) -> list[Document]:
        """Return the documents; formats that know no layout give one, or none where there is nothing."""
        ...


def records(render: Callable[[Sequence[Note], Known], Document | None]) -> Renderer:
    """Return the renderer of a format that has no language, one document and no order but its own."""

    def renderer(
        notes: Iterable[Note],
        *,
        layout: Layout = "single",  # noqa: ARG001 - every format is called alike
        lang: Lang = "en",  # noqa: ARG001
        known: Known = UNKNOWN,
    ) -> list[Document]:
        document = render(sorted(notes, key=lambda note: note.position), known)
        return [document] if document else []

    return renderer


def joined(name: str, documents: Sequence[Document]) -> Document:
    """Return several documents as one of this name; what is packed comes alone."""
    if len(documents) == 1:
        return replace(documents[0], name=name)
    return Document(name, "\n".join(document.text for document in documents))


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
