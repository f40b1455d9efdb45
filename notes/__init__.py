"""The notebook: what an analyst writes on passages of articles, kept, found again and exported.

It knows nothing of `index` and `reader`: a note carries its quote, its context and
its source, so a notebook can be read, exported and moved without the library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from notes.errors import (
    DiskFull,
    InvalidTag,
    NotebookDamaged,
    NotebookError,
    NotebookLocked,
    NotebookReadOnly,
    NotebookTooNew,
    NoteChanged,
    NotOurs,
    TooLong,
    UnknownNote,
)
from notes.state import State

if TYPE_CHECKING:
    from notes.anchor import Anchor, Located
    from notes.anchoring import Target, candidates, find_quote, locate
    from notes.drafts import Draft
    from notes.history import Undone
    from notes.merging import Edit, Fate, Outcome
    from notes.note import Note, Source
    from notes.notebook import Notebook
    from notes.placing import Placement, placements, put_at
    from notes.tags import TagCount

__all__ = [
    "Anchor",
    "DiskFull",
    "Draft",
    "Edit",
    "Fate",
    "InvalidTag",
    "Located",
    "NotOurs",
    "Note",
    "NoteChanged",
    "Notebook",
    "NotebookDamaged",
    "NotebookError",
    "NotebookLocked",
    "NotebookReadOnly",
    "NotebookTooNew",
    "Outcome",
    "Placement",
    "Source",
    "State",
    "TagCount",
    "Target",
    "TooLong",
    "Undone",
    "UnknownNote",
    "candidates",
    "find_quote",
    "locate",
    "placements",
    "put_at",
]

_LATER: Final = {
    "anchor": ("Anchor", "Located"),
    "anchoring": ("Target", "candidates", "find_quote", "locate"),
    "drafts": ("Draft",),
    "history": ("Undone",),
    "merging": ("Edit", "Fate", "Outcome"),
    "note": ("Note", "Source"),
    "notebook": ("Notebook",),
    "placing": ("Placement", "placements", "put_at"),
    "tags": ("TagCount",),
}
"""What opens a notebook or aligns texts: loaded when asked for, after the interface has painted (PEP 562)."""


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"notes.{module}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
