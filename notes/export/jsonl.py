"""JSON Lines: one exact record a line, in ASCII; sorted, so that git can tell what changed."""

import json
from collections.abc import Iterable

from notes.export.document import Document, Lang, Layout
from notes.note import Note


def jsonl(
    notes: Iterable[Note],
    *,
    layout: Layout = "single",  # noqa: ARG001 - every format is called alike
    lang: Lang = "en",  # noqa: ARG001
) -> list[Document]:
    """Return one document whatever the layout: records have no language and no order but their own."""
    ordered = sorted(notes, key=lambda note: note.position)
    return [Document("notes.jsonl", "".join(f"{record(note)}\n" for note in ordered))]


def record(note: Note) -> str:
    """Return a note as one line of JSON that is ASCII whatever the note holds."""
    return json.dumps(note.to_json(), ensure_ascii=True)
