"""The commands that write notes for other programs and read them back: export, import."""

import sys
import textwrap
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import LibraryError
from notes import Edit, Fate, Note, Outcome
from notes.export import Document
from notes.incoming import Refused, content, read
from reader.cli.failures import DONE, NOTHING, REJECTED, Wrong, complain
from reader.cli.notebook import selected
from reader.cli.output import console, print_json, print_text, workspace
from reader.i18n import _
from reader.paths import typed
from reader.render import painted, printed
from reader.translated import translated
from reader.workspace import Workspace

if TYPE_CHECKING:
    from rich.table import Table

_REASONS_SHOWN = 20
_WIDTH = 60
"""Characters of a note, in a line about it."""
_CHANGING = (Fate.ADDED, Fate.UPDATED, Fate.RESTORED)


def export(options: Namespace) -> int:
    """Write the notes to a file, a folder or stdout; 1 if there is nothing to write."""
    with workspace(options) as space:
        found = selected(space, options)
        if not found:
            complain(_("no notes to export"))
            return NOTHING
        if options.output == "-":
            return _to_stdout(space.exporter.documents(found, options.format, options.layout or "single"))
        target = typed(options.output)
        folder = options.output.endswith("/")
        written = space.exporter.write(target, found, options.format, options.layout, folder=folder)
    if written is None:
        return _nothing()
    complain(_("Notes written to {path}: {count}", count=len(found), path=str(written)))
    return DONE


def _nothing() -> int:
    complain(_("None of these notes has a tag: there are no codes to write"))
    return NOTHING


def _to_stdout(documents: Sequence[Document]) -> int:
    """Print documents: a file or a pipe gets the exact bytes, a terminal what may be painted."""
    if not documents:
        return _nothing()
    terminal = sys.stdout.isatty()
    if terminal and any(document.packed is not None for document in documents):
        raise Wrong(_("this format is no text: give a file with -o"))
    for document in documents:
        if terminal:
            print_text(document.text.replace("\r\n", "\n"))  # the terminal's own line ends
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(document.data)
            sys.stdout.buffer.flush()
    return DONE


@dataclass(slots=True)
class _Read:
    """What several files hold: the notes, and what was left out, each with its file and reason."""

    edits: list[Edit] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """Of each note, the file."""
    rejected: list[tuple[str, int | None, str]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    """Notes whose block is gone from a file, by path and id."""


class _Texts:
    """The texts of the library by revision; one that cannot be read is not asked again."""

    def __init__(self, space: Workspace) -> None:
        self._space: Workspace | None = space

    def __call__(self, revision: str) -> str | None:
        if self._space is None:
            return None
        try:
            return self._space.collection.library.revision_text(revision)
        except (LibraryError, OSError):
            self._space = None
            return None


def import_(options: Namespace) -> int:
    """Take notes in from files, as one step to undo; 3 if something was left out."""
    found = _read(options.files)
    with workspace(options) as space:
        outcomes = space.notebook.take_in(found.edits, _Texts(space))
        here = {note.id for note in space.notebook.notes()} if found.removed else set[str]()
    found.rejected += [
        (path, None, _("note {id}: other words stand at its place in its article", id=one.came.id))
        for path, one in zip(found.paths, outcomes, strict=True)
        if one.fate is Fate.MISPLACED
    ]
    found.removed = [(path, note) for path, note in found.removed if note in here]
    if options.json:
        print_json(_as_json(outcomes, found))
    else:
        _report(outcomes, found, options)
    return REJECTED if found.rejected else DONE


def _read(paths: Iterable[str]) -> _Read:
    """Read every file before anything is written."""
    found = _Read()
    for path in paths:
        try:
            incoming = read(content(typed(path)))
        except Refused as error:
            found.rejected.append((path, None, str(error)))
        except OSError as error:
            found.rejected.append((path, None, error.strerror or str(error)))
        else:
            found.edits += incoming.edits
            found.paths += [path] * len(incoming.edits)
            found.removed += [(path, note) for note in incoming.removed]
            found.rejected += [(path, one.number, one.reason) for one in incoming.rejected]
    return found


def _as_json(outcomes: Iterable[Outcome], found: _Read) -> dict[str, object]:
    outcomes = list(outcomes)
    counts = Counter(outcome.fate for outcome in outcomes)
    conflicts = [one for one in outcomes if one.fate is Fate.CONFLICT]
    return {
        **{fate.value: counts[fate] for fate in Fate if fate not in (Fate.CONFLICT, Fate.MISPLACED)},
        "notes": [
            {"id": one.kept.id, "fate": one.fate.value}
            for one in outcomes
            if one.fate in _CHANGING and one.kept
        ],
        "conflicts": [{"id": one.came.id, "kept": one.kept.id if one.kept else None} for one in conflicts],
        "rejected": [
            {"path": path, "record": number, "reason": reason} for path, number, reason in found.rejected
        ],
        "removed": [{"path": path, "id": note} for path, note in found.removed],
    }


def _report(outcomes: Sequence[Outcome], found: _Read, options: Namespace) -> None:
    for path, number, reason in found.rejected[:_REASONS_SHOWN]:
        complain(
            _("{path}: {reason}", path=f"{path}:{number}" if number else path, reason=translated(reason))
        )
    if (more := len(found.rejected) - _REASONS_SHOWN) > 0:
        complain(_("… and so many more left out: {count}", count=more))
    for path, note in found.removed[:_REASONS_SHOWN]:
        complain(
            _("{path}: the note {id} was taken out there, and is still in the notebook", path=path, id=note)
        )
    out = console(options)
    for one in outcomes:
        if one.fate is Fate.CONFLICT:
            out.print(_side_by_side(one), "")
    over = [one for one in outcomes if one.fate in (Fate.UPDATED, Fate.RESTORED)]
    for one in over[:_REASONS_SHOWN]:
        before, now = _in_short(one.here), _in_short(one.kept)
        complain(_("note {id}, here: {before}; now: {now}", id=one.came.id, before=before, now=now))
    if (more := len(over) - _REASONS_SHOWN) > 0:
        complain(_("… and so many more changed: {count}", count=more))
    counts = Counter(outcome.fate for outcome in outcomes)
    words = {
        Fate.ADDED: _("new: {count}", count=counts[Fate.ADDED]),
        Fate.UPDATED: _("changed: {count}", count=counts[Fate.UPDATED]),
        Fate.RESTORED: _("brought back: {count}", count=counts[Fate.RESTORED]),
        Fate.UNCHANGED: _("the same: {count}", count=counts[Fate.UNCHANGED]),
        Fate.OLDER: _("older than here: {count}", count=counts[Fate.OLDER]),
        Fate.LEFT: _("deleted here and left so: {count}", count=counts[Fate.LEFT]),
        Fate.CONFLICT: _("changed here and there, both kept: {count}", count=counts[Fate.CONFLICT]),
    }
    said = [word for fate, word in words.items() if counts[fate]]
    complain(_("Notes read: {count}", count=len(outcomes)) + "".join(f" · {one}" for one in said))


def _in_short(note: Note | None) -> str:
    if note is None:
        return _("(deleted)")
    words = textwrap.shorten(
        " ".join((note.comment, *(f"#{tag}" for tag in note.tags))), _WIDTH, placeholder="…"
    )
    return f"« {painted(words)} »"


def _side_by_side(conflict: Outcome) -> "Table":
    """Return the two versions of a note beside each other."""
    from rich.table import Table  # noqa: PLC0415 - for conflicts only

    here, kept = conflict.here, conflict.kept
    assert kept is not None  # what is in conflict is kept
    titles = [_("note {id}, here", id=conflict.came.id), _("from the file, kept as {id}", id=kept.id)]
    table = Table(*titles, title=painted(kept.quote[:200]) or None, title_justify="left", expand=True)
    comments = [printed(one.comment) if one else _("(deleted)") for one in (here, kept)]
    table.add_row(*comments)
    table.add_row(*("".join(f"#{painted(tag)} " for tag in one.tags) if one else "" for one in (here, kept)))
    return table
