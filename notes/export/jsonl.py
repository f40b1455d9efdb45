"""JSON Lines: one exact record a line, in ASCII; sorted, so that git can tell what changed."""

import json
from collections.abc import Sequence
from typing import Final

from notes.export.document import Document, Known, Renderer, records
from notes.note import Note


def _lines(notes: Sequence[Note], _known: Known) -> Document:
    return Document("notes.jsonl", "".join(f"{record(note)}\n" for note in notes))


jsonl: Final[Renderer] = records(_lines)


def record(note: Note) -> str:
    """Return a note as one line of JSON that is ASCII whatever the note holds."""
    return json.dumps(note.to_json(), ensure_ascii=True)
