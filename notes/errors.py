"""What can go wrong with the notebook, named for the user's situation.

NotebookError
├── NotebookDamaged    the file cannot be read as a notebook
├── NotebookLocked     another process is writing and did not finish in time
├── NotebookReadOnly   another interface has it open, or its file or disk may not be written
├── NotebookTooNew     made by a later Liseuse
├── NotOurs            a database, but of another program
├── DiskFull           no room: the change was not kept, what was there is intact
├── UnknownNote        no note, or several, answer to an id
├── NoteChanged        a note is no longer what whoever changes it has seen
├── InvalidTag         a tag that could not be found again
└── TooLong            a quote or a comment that no export could bring back

`notes.border` makes them of what sqlite3 and the disk raise.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from notes.characters import one_line

if TYPE_CHECKING:
    from notes.note import Note

_TOLD: Final = 80
"""Characters of a comment that an error tells."""


class NotebookError(Exception):
    """The notebook cannot do what was asked; the message says what to do."""


class NotebookDamaged(NotebookError):
    """The file is not a readable notebook."""


class NotebookLocked(NotebookError):
    """Another process holds the notebook."""


class NotebookReadOnly(NotebookError):
    """The notebook can be read, not written."""


class NotebookTooNew(NotebookError):
    """The file was made by a later version of Liseuse."""


class NotOurs(NotebookError):
    """The file is a database of another program."""


class DiskFull(NotebookError):
    """There is no room for the change."""


class UnknownNote(NotebookError):
    """No note, or more than one, answers to an id."""


class NoteChanged(NotebookError):
    """A note is no longer what whoever changes it has seen; `now` is what it is."""

    def __init__(self, now: "Note") -> None:
        said = one_line(f"{now.comment} {' '.join(f'#{tag}' for tag in now.tags)}")[:_TOLD] or "…"
        super().__init__(
            f"this note has been changed meanwhile, to “{said}”; save again to put yours in its place"
        )
        self.now = now


class InvalidTag(NotebookError):
    """A tag is empty, too long, or holds what separates tags."""


class TooLong(NotebookError):
    """A quote or a comment is longer than an export may have."""


def locked(path: Path) -> NotebookLocked:
    """Return the error for a notebook that another is writing."""
    return NotebookLocked(f"the notebook {path} is being written by another Liseuse; try again in a moment")


def damaged(path: Path, detail: str) -> NotebookDamaged:
    """Return the error for a file that is no readable notebook."""
    return NotebookDamaged(
        f"the notebook {path} is damaged ({detail}); it was left as it is. Its backups are in"
        f" {path.parent / 'backups'}: bring one back with 'liseuse restore FILE'"
    )


def read_only(path: Path) -> NotebookReadOnly:
    """Return the error for a notebook that another interface writes in."""
    return NotebookReadOnly(
        f"the notebook {path} is open in another Liseuse: here it can be read; close the other to write"
    )
