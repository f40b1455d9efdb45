"""The notebook: what an analyst writes on passages of articles, kept, found again and exported.

It knows nothing of `index` and `reader`: a note carries its quote, its context and
its source, so a notebook can be read, exported and moved without the library.
"""

from notes.anchor import Anchor, Located, State
from notes.anchoring import Target, candidates, find_quote, locate
from notes.drafts import Draft
from notes.errors import (
    DiskFull,
    InvalidTag,
    NotebookDamaged,
    NotebookError,
    NotebookLocked,
    NotebookReadOnly,
    NotebookTooNew,
    NotOurs,
    UnknownNote,
)
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
    "Undone",
    "UnknownNote",
    "candidates",
    "find_quote",
    "locate",
    "placements",
    "put_at",
]
