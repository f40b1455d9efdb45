"""BibTeX of the cited articles, for LaTeX: UTF-8, as biber and every BibTeX of today read it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from notes.characters import plain
from notes.export.citation import Cited, cited
from notes.export.document import Document, Known, Renderer, records
from notes.note import Note

# BibTeX counts braces whatever stands before them, so a brace may not be written as one.
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{char: "\\" + char for char in "$&#_%"},
}
_IN_URL: Final = {char: f"%{ord(char):02X}" for char in "\\{}^`|"}


def _entries(notes: Sequence[Note], known: Known) -> Document:
    return Document("references.bib", "\n".join(map(_entry, cited(notes, known.author))))


bibtex: Final[Renderer] = records(_entries)


def _entry(one: Cited) -> str:
    kind = "article" if one.source.source else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(one) if value)
    return f"@{kind}{{{one.key},\n{fields}}}\n"


def _fields(one: Cited) -> Iterator[tuple[str, str]]:
    """Yield the fields: `date` for BibLaTeX, `year` and `month` for the older styles."""
    dated = "-".join(f"{part:02}" for part in one.parts)
    year, month = ([*map(str, one.parts), "", ""])[:2]
    yield "author", f"{{{escaped(one.author)}}}" if one.author else ""  # as it is: not to be taken apart
    yield "title", f"{{{escaped(one.source.title)}}}" if one.source.title else ""
    yield "journal", escaped(one.source.source)
    yield from (("date", dated), ("year", year), ("month", month))
    yield "url", re.sub(r"[\\{}^`|]", lambda found: _IN_URL[found[0]], one.url)
    yield "keywords", escaped(", ".join(map(plain, one.tags)))


def escaped(text: str) -> str:
    """Return text that LaTeX prints as it is."""
    return re.sub(r"[\\{}^~$&#_%]", lambda found: _SPECIAL[found[0]], text)
