"""Formats that notes are written in: one pure module each, notes in, documents out.

`FORMATS` is the list of them, by the name a user gives. The same notes give the
same bytes whatever order they come in. Only `notes.export.files` touches a disk.
"""

from typing import Final

from notes.export import jsonl, markdown
from notes.export.document import Document, Lang, Layout, Renderer, filename

FORMATS: Final[dict[str, Renderer]] = {"markdown": markdown.markdown, "jsonl": jsonl.jsonl}

__all__ = ["FORMATS", "Document", "Lang", "Layout", "Renderer", "filename"]
