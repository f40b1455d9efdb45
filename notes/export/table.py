r"""CSV for spreadsheets: one row a note, every cell text that no spreadsheet takes for a formula.

RFC 4180, but for line ends, which are `\n` as in all our files; with the byte order
mark that Excel knows UTF-8 by. One way: cells are made
safe, not exact; JSON Lines and JSON-LD are read back.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from notes.characters import plain
from notes.export.document import Document, Known, Renderer, records
from notes.note import Note

COLUMNS: Final = (
    "id", "article", "title", "date", "source", "url", "path", "start", "end", "quote", "comment",
    "tags", "state", "created", "modified", "revision",
)  # fmt: skip

_BYTE_ORDER_MARK: Final = "\ufeff"
# What a spreadsheet begins a formula with (OWASP, CSV injection), wide forms too:
# Japanese Excel takes them. White space before it does not help.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠|]")
_INNER: Final = re.compile(r"(?<=[;\t\n])(?=\s*(?:[=+@＝＋＠]|[-－](?![-－\s])))")
"""What begins a cell where `;` separates them, as in a French Excel; not the dash of a dialogue."""


def _table(notes: Sequence[Note], _known: Known) -> Document:
    written = io.StringIO()
    rows = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_row(note) for note in notes)
    return Document("notes.csv", _BYTE_ORDER_MARK + written.getvalue())


csv_table: Final[Renderer] = records(_table)


def _row(note: Note) -> list[str]:
    record = note.to_json()
    known = {**record, **record["source"], "tags": ", ".join(note.tags)}
    return [cell("" if known[name] is None else str(known[name])) for name in COLUMNS]


def cell(text: str) -> str:
    """Return a text as a cell: no control characters, an apostrophe before what could be a formula."""
    shown = plain(text)
    shown = _INNER.sub("'", shown)
    return f"'{shown}" if _FORMULA.match(shown) else shown
