"""An exported Markdown file as people left it: which lines are ours, which are a note's, which are theirs.

A note is bracketed: it begins with its lead (the quote, or that it is on the whole
article) and ends with the citation that bears its block id. What stands between
the two is its comment and its tags; what stands outside of all notes and is not
ours is somebody's own text. Blocks are CommonMark's, by markdown-it-py; inlines
are never parsed, so no file costs more than its length.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt

from notes.export.flavour import COMMONMARK, OBSIDIAN
from notes.export.markdown import sealed
from notes.export.words import WORDS
from notes.incoming import checked
from notes.incoming.refused import Refused
from notes.note import Note

MAX_LENGTH: Final = 32 * 1024 * 1024
FLAVOURS: Final = (OBSIDIAN, COMMONMARK)

_CITATION: Final = re.compile(r"— .* \^n-([0-9a-f]{12})[ \t]*")
_CALLOUT: Final = re.compile(r" {0,3}> ?\[!(?:quote|note)\]")
_RECORDS: Final = "json liseuse-note"
_MOST_FAULTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block: what markdown-it calls it, and its lines, from 0, the end exclusive."""

    kind: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A note in the file: where its lead begins, where that ends, and the line of its citation.

    `body` is None where no lead was found: where the comment begins is then not sure.
    """

    note: Note
    first: int
    body: int | None
    citation: int


@dataclass(frozen=True, slots=True)
class Report:
    """A file: its lines, how many of them are front matter, its notes in order, and its exact records."""

    lines: list[str]
    front: int
    sections: list[Section]
    records: dict[str, Note]
    fences: list[Block]
    faults: list[tuple[int, str]] = field(default_factory=list)
    """Lines (from 1) of what cannot be read back, and why."""

    def region(self, section: Section) -> str:
        """Return what stands between a note's lead and its citation."""
        assert section.body is not None
        return "\n".join(self.lines[section.body : section.citation]).strip("\n").rstrip()

    @property
    def tail(self) -> list[str]:
        """The lines after the notes and the records."""
        return self.lines[self._last :]

    @property
    def removed(self) -> list[str]:
        """The ids of the notes that have a record, and whose block somebody has taken out."""
        standing = {section.note.id for section in self.sections}
        return [name for name in self.records if name not in standing]

    @property
    def _last(self) -> int:
        return max(self.fences[-1].end, self.sections[-1].citation + 1 if self.sections else 0)

    def gaps(self) -> Iterator[list[str]]:
        """Yield the lines outside of the notes: before the first, after each; no records, no front matter.

        What stands after the notes and the records is `tail`, and in none of them.
        """
        fenced = {line for fence in self.fences for line in range(fence.first, fence.end)}
        starts = [self.front, *(section.citation + 1 for section in self.sections)]
        ends = [*(section.first for section in self.sections), self._last]
        for start, end in zip(starts, ends, strict=True):
            yield [self.lines[line] for line in range(start, end) if line not in fenced]


def report(text: str) -> Report:
    """Return what a file holds. Raises Refused for a file without exact records."""
    if len(text) > MAX_LENGTH:
        raise Refused("larger than any Markdown of ours")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front = _front_matter(lines)
    blocks = list(_blocks(lines, front))
    fences = [block for block in blocks if block.kind == "fence" and _info(lines[block.first]) == _RECORDS]
    if not fences:
        raise Refused("it has no exact records at its end, so it is no export of notes, or not a whole one")
    records, faults = _records(lines, fences)
    found = Report(lines, front, [], records, fences, faults)
    _find_sections(found, blocks)
    return found


def _front_matter(lines: Sequence[str]) -> int:
    if lines[0] != "---":
        return 0
    return next((at + 1 for at in range(1, len(lines)) if lines[at] == "---"), 0)


def _info(line: str) -> str:
    return line.strip("`~ \t")


def _blocks(lines: Sequence[str], front: int) -> Iterator[Block]:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    for token in parser.parse("\n".join(lines[front:])):
        if token.level == 0 and token.map and token.nesting >= 0:
            first, end = token.map
            yield Block(token.type.removesuffix("_open"), first + front, end + front)


def _records(lines: Sequence[str], fences: list[Block]) -> tuple[dict[str, Note], list[tuple[int, str]]]:
    records: dict[str, Note] = {}
    faults: list[tuple[int, str]] = []
    for at in (at for fence in fences for at in _sealed(lines, fence)):
        try:
            note = checked.note(json.loads(lines[at]))
        except (ValueError, RecursionError, Refused) as error:
            faults.append((at + 1, str(error) if isinstance(error, Refused) else "the record is not JSON"))
        else:
            records.setdefault(note.id, note)
        if len(faults) > _MOST_FAULTS:
            raise Refused(f"more than {_MOST_FAULTS} faults in its records")
    return records, faults


def _sealed(lines: Sequence[str], fence: Block) -> range:
    """Return the lines of a fence that are records. Raises Refused if they are not as we wrote them."""
    inside = [line.rstrip() for line in lines[fence.first + 1 : fence.end - 1]]
    if sealed(inside[:-1]).split("\n")[:-1] != inside:
        raise Refused(
            "its exact records are not as they were written, perhaps by replacing words throughout the file;"
            " undo that, then edit comments and tags alone"
        )
    return range(fence.first + 1, fence.end - 2)


def _find_sections(found: Report, blocks: Sequence[Block]) -> None:
    """Fill in the sections, and the faults of notes that have no record."""
    ends = [end for block in blocks for end in _citations(found.lines, block)]
    firsts = [block.first for block in blocks]
    for (before, _), (at, named) in pairwise([(found.front - 1, ""), *ends]):
        if named not in found.records:
            found.faults.append((at + 1, f"the file has no exact record of the note {named}"))
            continue
        note = found.records[named]
        lead = _lead(found.lines, blocks[bisect_right(firsts, before) : bisect_left(firsts, at)], note)
        first, body = (lead.first, min(lead.end, at)) if lead else (at, None)
        found.sections.append(Section(note, first, body, at))


def _citations(lines: Sequence[str], block: Block) -> Iterator[tuple[int, str]]:
    if block.kind in ("paragraph", "heading"):
        for at in range(block.first, block.end):
            if match := _CITATION.fullmatch(lines[at]):
                yield at, match[1]


def _lead(lines: Sequence[str], blocks: Sequence[Block], note: Note) -> Block | None:
    """Return the block a note begins with: as we wrote it, else the first that looks like one."""
    written = {flavour.lead(note, words) for flavour in FLAVOURS for words in WORDS.values()}
    quotes = [block for block in blocks if block.kind == "blockquote"]
    exact = (block for block in blocks if "\n".join(lines[block.first : block.end]).rstrip() in written)
    callouts = (block for block in quotes if _CALLOUT.match(lines[block.first]))
    return next(exact, None) or next(callouts, None) or (quotes[0] if quotes and note.anchor else None)
