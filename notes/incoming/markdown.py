"""What was edited in an exported Markdown file: comments and tags, note by note, by block id."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from typing import Final

from notes.characters import clean, one_line, unturned
from notes.errors import InvalidTag
from notes.export import escape
from notes.export.markdown import body_blocks
from notes.export.words import WORDS
from notes.incoming.checked import unique
from notes.incoming.refused import Refused
from notes.incoming.report import FLAVOURS, Report, Section
from notes.merging import Edit
from notes.note import Note
from notes.tags import normalise

_HASHTAGS: Final = re.compile(r"#[^\s#]+(?:\s+#[^\s#]+)*")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def edits(found: Report) -> tuple[list[Edit], list[tuple[int, str]]]:
    """Return each note of a file as written there, with its record; and what cannot be read, by line."""
    made, faults, called = [], list(found.faults), names(found)
    for section in found.sections:
        try:
            made.append(Edit(edited(found, section, called), section.note))
        except Refused as error:
            faults.append((section.citation + 1, str(error)))
    return made, sorted(faults)


def names(found: Report) -> Mapping[str, str]:
    """Return the tags of a file's notes by what they are called in Obsidian, and by what they are."""
    tags = {tag for note in found.records.values() for tag in note.tags}
    return {name: tag for tag in sorted(tags) for name in (escape.tag(tag), one_line(tag))}


def edited(found: Report, section: Section, called: Mapping[str, str]) -> Note:
    """Return a note as it is written in a file; `called` are its `names`.

    Raises Refused if it cannot be told.
    """
    note = section.note
    if section.body is None:
        raise Refused("its quote is no longer there, so where its comment begins is not sure")
    region = found.region(section)
    if region in _written(note):
        return note
    comment, line = _split(region, note)
    kept = comment == escape.comment(note.comment)
    tags = _tags(line, called)
    return replace(note, comment=note.comment if kept else _returned(comment, note), tags=tags)


def _returned(comment: str, note: Note) -> str:
    """Return an edited comment, its lines that were not edited with what an export leaves out of them."""
    own = dropwhile(lambda one: not unturned(one), clean(note.comment).split("\n"))
    turned = {
        shown: line
        for shown, line in zip(escape.comment(note.comment).split("\n"), own, strict=False)
        if line != unturned(line)
    }
    return "\n".join(turned.get(line, line) for line in clean(comment).split("\n"))


def _written(note: Note) -> set[str]:
    """Return what we write between lead and citation of a note, in any Markdown and language of ours."""
    each = (body_blocks(note, flavour, words) for flavour in FLAVOURS for words in WORDS.values())
    return {"\n\n".join(blocks).strip("\n").rstrip() for blocks in each}


def _split(region: str, note: Note) -> tuple[str, str]:
    """Return the comment and the line of tags, empty if there is none."""
    rest, _, last = region.rpartition("\n")
    own = escape.comment(note.comment).rpartition("\n")[2]
    if not _is_tags(last) or (not note.tags and last == own):
        return region, ""
    return rest.strip("\n").rstrip(), last


def _is_tags(line: str) -> bool:
    return bool(_HASHTAGS.fullmatch(line.strip())) or any(line.startswith(label) for label in _labels())


def _labels() -> Sequence[str]:
    return [words.tags for words in WORDS.values()]


def _tags(line: str, called: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tags of a line, as the notes of the file call them where they know them."""
    label = next((label for label in _labels() if line.startswith(label)), None)
    if label is None:
        found = [name.removeprefix("#") for name in line.split()]
    else:
        found = [_ESCAPED.sub(r"\1", name).strip() for name in line.removeprefix(label).split(",")]
    try:
        return unique(called.get(name) or normalise(name) for name in found if name)
    except InvalidTag as error:
        raise Refused(str(error)) from None
