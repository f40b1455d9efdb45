"""Exporting again over a file that people have written in: what is theirs stays, word for word.

Three ways, as a version control does: what the file was made from (its exact
records), what it is now, what the notebook says today. A comment edited in the
file and not yet read back stays as edited; edited on both sides, both stay.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from notes.export.document import Document, Lang
from notes.export.front_matter import kept_fields
from notes.export.markdown import own_lines
from notes.export.words import WORDS
from notes.incoming.files import content
from notes.incoming.markdown import edited, names
from notes.incoming.refused import Refused
from notes.incoming.report import Report, Section, report
from notes.note import Note
from notes.tags import key

_UNSURE: Final = "it was changed so that what is whose cannot be told: move it or give another name"


def again(document: Document, folder: Path, lang: Lang) -> Document:
    """Return a Markdown document with what people have written in the file it is about to replace.

    Raises OSError; FileExistsError for a file whose text could not be kept.
    """
    path = folder / document.name
    try:
        there = b"" if path.is_symlink() else content(path)
        text = there.decode("utf-8-sig")
        return Document(document.name, merged(document.text, text, lang)) if text.strip() else document
    except FileNotFoundError:
        return document
    except UnicodeDecodeError:
        raise FileExistsError(errno.EEXIST, "not written over: no text of ours", str(path)) from None
    except Refused as error:
        raise FileExistsError(errno.EEXIST, f"not written over: {error}", str(path)) from None


def merged(new: str, old: str, lang: Lang) -> str:
    """Return an export with what people wrote in an earlier one. Raises Refused if that is not sure."""
    if new == old:
        return new
    today, before = report(new), report(old)
    if before.faults:
        raise Refused(f"line {before.faults[0][0]}: {before.faults[0][1]}")
    made = _Theirs(today, before, lang).laid_over()
    checked = report(made)
    if checked.faults or checked.records != today.records or _ids(checked) != _ids(today):
        raise Refused(_UNSURE)
    return made


def _ids(found: Report) -> list[str]:
    return [section.note.id for section in found.sections]


@dataclass
class _Theirs:
    """What people have written in a file, and where it belongs in the next export of it."""

    today: Report
    before: Report
    lang: Lang
    regions: dict[str, str] = field(default_factory=dict)
    """Of notes edited in the file alone: what stands between lead and citation."""
    after: dict[str, list[str]] = field(default_factory=dict)
    """What stands after a note; the key of what stands before the first is empty."""
    tail: str = ""
    """What stands after all that is ours."""

    def laid_over(self) -> str:
        self._gather()
        return "\n\n".join(part for part in (*self._parts(), self.tail) if part) + "\n"

    # What is theirs

    def _gather(self) -> None:
        before = self.before
        ours = {*own_lines(list(before.records.values())), *before.lines[: before.front]}
        notes = {section.note.id: section.note for section in self.today.sections}
        starts = ["", *_ids(self.before)]
        last = ""
        for name, gap in zip(starts, self.before.gaps(), strict=True):
            last = name if name in notes else last
            self._keep(last, _theirs(gap, ours))
        self.tail = _theirs(before.tail, ours)
        called, seen = names(self.before), set[str]()
        for section in self.before.sections:
            came = edited(self.before, section, called)
            self._keep_edits(section, came, notes.get(came.id), first=came.id not in seen)
            seen.add(came.id)

    def _keep(self, name: str, text: str) -> None:
        if text:
            self.after.setdefault(name, []).append(text)

    def _keep_edits(self, section: Section, came: Note, now: Note | None, *, first: bool) -> None:
        if came == section.note or (now and _editable(now) == _editable(came)):
            return
        region = self.before.region(section)
        if first and now and _editable(now) == _editable(section.note):
            self.regions[now.id] = region
        elif not self._was_read(came):
            last = self.today.sections[-1].note.id if self.today.sections else ""
            self._keep(now.id if now else last, f"{WORDS[self.lang].unread}\n\n{region}")

    def _was_read(self, came: Note) -> bool:
        """Tell whether the notebook took what was edited in as a note beside the one it was made from."""
        quoted = {(one.note.article, one.note.quote, _editable(one.note)) for one in self.today.sections}
        return (came.article, came.quote, _editable(came)) in quoted

    # Laid over what is new

    def _parts(self) -> Iterator[str]:
        today = self.today
        front = today.lines[: today.front]
        yield "\n".join(kept_fields(front, self.before.lines[: self.before.front], self.before.records))
        gaps = _spans(today)
        yield from self._first_gap(next(gaps))
        for section in today.sections:
            yield _text(today.lines[section.first : section.body])
            yield self.regions.get(section.note.id, today.region(section))
            yield today.lines[section.citation]
            yield from self.after.get(section.note.id, ())
            yield _text(next(gaps))

    def _first_gap(self, lines: list[str]) -> Iterator[str]:
        """Yield the title, what stands under it, and what belongs to the first note."""
        at = next((at for at, line in enumerate(lines) if line.startswith("## ")), len(lines))
        yield _text(lines[:at])
        yield from self.after.get("", ())
        yield _text(lines[at:])


def _editable(note: Note) -> tuple[str, frozenset[str]]:
    return note.comment, frozenset(map(key, note.tags))


def _theirs(lines: list[str], ours: set[str]) -> str:
    return "\n".join(line for line in lines if line.rstrip() not in ours).strip("\n").rstrip()


def _text(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")


def _spans(found: Report) -> Iterator[list[str]]:
    """Yield what stands around the notes, records and all."""
    starts = [found.front, *(section.citation + 1 for section in found.sections)]
    ends = [*(section.first for section in found.sections), len(found.lines)]
    for start, end in zip(starts, ends, strict=True):
        yield found.lines[start:end]
