"""Saving what was written over a note: over nothing that was not seen, and also where the note is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notes import NoteChanged, UnknownNote
from reader.i18n import _

if TYPE_CHECKING:
    from notes import Note, Notebook
    from reader.screens.body import Body


class Revising:
    """Saves a note that is edited. What stands in the way is told once: who saves again means it."""

    def __init__(self, notebook: Notebook, note: Note, *, is_seen: bool) -> None:
        """Edit `note`; `is_seen` tells whether what is edited began as what the note is."""
        self._notebook, self._note = notebook, note
        self._seen = note if is_seen else None
        self._is_gone = False

    def __call__(self, body: Body) -> Note:
        """Save, and return the note as it is then. Raises NoteChanged, UnknownNote, other NotebookErrors."""
        if self._is_gone:
            return self._make_anew(body)
        try:
            return self._revise(body)
        except NoteChanged as changed:
            self._seen = changed.now
            raise
        except UnknownNote:
            self._is_gone = True
            raise UnknownNote(_("this note has been deleted meanwhile; save again to make it anew")) from None

    def _revise(self, body: Body) -> Note:
        if self._seen is None:
            raise NoteChanged(self._notebook.get(self._note.id))
        return self._notebook.revise(
            self._note.id, comment=body.comment, tags=body.tag_list(), over=self._seen
        )

    def _make_anew(self, body: Body) -> Note:
        note = self._note
        return self._notebook.add(
            note.article, note.revision, note.source, note.anchor, body.comment, body.tag_list()
        )
