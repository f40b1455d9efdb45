"""One module for one input format, each pure: a stream of bytes becomes drafts.

`FORMATS` is the whole registry. A reader yields drafts, and a `Refusal` for a
record that cannot become one; it raises `Unreadable` when the whole file cannot
be understood.
"""

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO, Final

from index.article import Draft
from index.formats import archive, epub, feed, html, json_records, jsonl, mail, markdown, pdf, plain, table
from index.formats.record import Refusal, Unreadable

__all__ = ["FORMATS", "Format", "Refusal", "Unreadable", "format_of"]

Format = Callable[[BinaryIO], Iterator[Draft | Refusal]]

FORMATS: Final[dict[str, Format]] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".htm": html.read,
    ".html": html.read,
    ".xhtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".json": json_records.read,
    ".csv": table.read,
    ".tsv": table.read,
    ".tab": table.read,
    ".rss": feed.read,
    ".atom": feed.read,
    ".xml": feed.read,
    ".rdf": feed.read,
    ".epub": epub.read,
    ".pdf": pdf.read,
    ".eml": mail.read,
    ".mbox": mail.read_mbox,
    ".mbx": mail.read_mbox,
}


def format_of(name: str) -> Format | None:
    """Return the reader for a file's name, or None if Liseuse does not read such files."""
    return FORMATS.get(PurePath(name).suffix.lower())


FORMATS[".zip"] = archive.reader_of(format_of)
