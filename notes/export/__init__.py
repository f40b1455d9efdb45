"""Formats that notes are written in: one pure module each, notes in, documents out.

`FORMATS` is the list of them, by the name a user gives. The same notes give the
same bytes whatever order they come in. Only `notes.export.files` touches a disk.
"""

from typing import Final

from notes.export import bibtex, codebook, csl, jsonl, jsonld, markdown, project, table
from notes.export.document import Document, Known, Lang, Layout, Renderer, filename, joined

FORMATS: Final[dict[str, Renderer]] = {
    "markdown": markdown.markdown,
    "jsonl": jsonl.jsonl,
    "commonmark": markdown.commonmark,
    "jsonld": jsonld.jsonld,
    "csv": table.csv_table,
    "qdc": codebook.qdc,
    "qdpx": project.qdpx,
    "bibtex": bibtex.bibtex,
    "csl": csl.csl,
}

__all__ = ["FORMATS", "Document", "Known", "Lang", "Layout", "Renderer", "filename", "joined"]
