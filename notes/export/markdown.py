"""Markdown for eyes, and for Obsidian: quotes, comments, tags, citations; the exact records at the end.

Comments and tags may be edited by hand and read back (`notes.incoming`). What
programs read is the fenced block `json liseuse-note` that closes each document:
one record a line.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import Final

from notes.characters import one_line
from notes.export import escape
from notes.export.citation import best, cited
from notes.export.document import UNKNOWN, Document, Known, Lang, Layout, Renderer, filename
from notes.export.flavour import COMMONMARK, OBSIDIAN, Flavour, place
from notes.export.front_matter import Value
from notes.export.jsonl import record
from notes.export.words import WORDS, Words
from notes.note import Note, Source
from notes.tags import key


@dataclass(frozen=True, slots=True)
class _Style:
    """In which Markdown and which language."""

    flavour: Flavour
    words: Words


def in_flavour(flavour: Flavour) -> Renderer:
    """Return what renders notes in a Markdown: a document an article, a tag, or one for all notes."""

    def renderer(
        notes: Iterable[Note],
        *,
        layout: Layout = "article",
        lang: Lang = "en",
        known: Known = UNKNOWN,  # noqa: ARG001 - every format is called alike
    ) -> list[Document]:
        ordered = sorted(notes, key=lambda note: note.position)
        style = _Style(flavour, WORDS[lang])
        return [_document(plan, style) for plan in _LAYOUTS[layout](ordered, style.words)]

    return renderer


markdown: Final = in_flavour(OBSIDIAN)
commonmark: Final = in_flavour(COMMONMARK)


def own_lines(notes: Sequence[Note]) -> Iterator[str]:
    """Yield the lines we write around these notes, in every Markdown, layout and language; no records."""
    for flavour, words, plans in product((OBSIDIAN, COMMONMARK), WORDS.values(), _LAYOUTS.values()):
        style = _Style(flavour, words)
        for plan in plans(sorted(notes, key=lambda note: note.position), words):
            frame = [_head(plan, style), *_headings(plan, style).values(), f"## {words.records}"]
            yield from (line for part in frame for line in part.split("\n") if line)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A document to be: its name, what is known of it, its notes, and whether they stand under headings."""

    name: str
    fields: dict[str, Value]
    notes: list[Note]
    headed: bool = True


def _by_article(notes: list[Note], words: Words) -> Iterator[_Plan]:
    for article, group in _articles(notes):
        known = best(group).source
        revisions = sorted({note.revision for note in group})
        fields: dict[str, Value] = {
            "title": one_line(known.title) or words.untitled,
            "source": known.source,
            "url": known.url,
            "published": known.date,
            "citekey": cited(group)[0].key,
            "article": article,
            "revision": revisions[0] if len(revisions) == 1 else revisions,
        }
        yield _Plan(filename(known.title, article), fields, group, headed=False)


def _by_tag(notes: list[Note], words: Words) -> Iterator[_Plan]:
    bearing: dict[str, list[Note]] = {}
    for note in notes:
        for tag in note.tags:
            bearing.setdefault(tag, []).append(note)
    for tag in sorted(bearing, key=lambda tag: (key(tag), tag)):
        yield _of_tag(tag, key(tag), bearing[tag])
    if untagged := [note for note in notes if not note.tags]:
        yield _of_tag(words.untagged, "", untagged)


def _of_tag(title: str, identity: str, notes: list[Note]) -> _Plan:
    short = hashlib.sha256(identity.encode()).hexdigest()[:12]
    return _Plan(filename(title, short), {"title": title}, notes)


def _single(notes: list[Note], words: Words) -> Iterator[_Plan]:  # noqa: ARG001 - one name in any language
    yield _Plan("notes", {"title": "Notes"}, notes)


_LAYOUTS: Final[dict[Layout, Callable[[list[Note], Words], Iterator[_Plan]]]] = {
    "article": _by_article,
    "tag": _by_tag,
    "single": _single,
}


def _articles(notes: list[Note]) -> list[tuple[str, list[Note]]]:
    """Return the notes of each article together, even where its notes cite it differently."""
    by_id = sorted(notes, key=lambda note: note.article)
    grouped = [(article, list(group)) for article, group in groupby(by_id, lambda note: note.article)]
    for _, group in grouped:
        group.sort(key=lambda note: note.position[3:])
    return sorted(grouped, key=lambda pair: min(note.position[:3] for note in pair[1]))


def _headings(plan: _Plan, style: _Style) -> dict[str, str]:
    """Return what stands over the notes of each article, where a document is of several."""
    grouped = _articles(plan.notes) if plan.headed else []
    return {article: _heading(group[0].source, style) for article, group in grouped}


def _heading(source: Source, style: _Style) -> str:
    title = f"## {escape.line(source.title) or style.words.untitled}"
    return f"{title}\n\n{escape.link(source.url)}" if source.url else title


def _head(plan: _Plan, style: _Style) -> str:
    fields = {**plan.fields, "tags": _obsidian_tags(plan.notes), "notes": len(plan.notes)}
    return style.flavour.head(escape.line(str(plan.fields["title"])), fields)


def _document(plan: _Plan, style: _Style) -> Document:
    headings = _headings(plan, style)
    body = (
        block
        for article, group in _articles(plan.notes)
        for block in (headings.get(article, ""), *(block for note in group for block in _note(note, style)))
    )
    records = [_inert(record(note)) for note in plan.notes]
    blocks = [
        _head(plan, style),
        *body,
        f"## {style.words.records}",
        f"```json liseuse-note\n{sealed(records)}```",
    ]
    return Document(f"{plan.name}.md", "\n\n".join(block for block in blocks if block) + "\n")


def sealed(lines: Sequence[str]) -> str:
    """Return records as lines, and a last one with their digest.

    Words replaced throughout a file are replaced in its records too; the digest tells.
    """
    text = "".join(f"{line}\n" for line in lines)
    return f'{text}{{"sha256": "{hashlib.sha256(text.encode(errors="replace")).hexdigest()}"}}\n'


def _inert(json: str) -> str:
    """Return a record in which nothing can end the fence or begin a tag; it reads back the same."""
    return json.replace("`", "\\u0060").replace("<", "\\u003c")


def _obsidian_tags(notes: list[Note]) -> list[str]:
    return sorted({escape.tag(tag) for note in notes for tag in note.tags}, key=lambda tag: (key(tag), tag))


def _note(note: Note, style: _Style) -> Iterator[str]:
    """Yield the blocks of one note; the last ends with its block id, for links to it."""
    yield style.flavour.lead(note, style.words)
    yield from body_blocks(note, style.flavour, style.words)
    yield f"— {_citation(note, style.words)} ^n-{note.id}"


def body_blocks(note: Note, flavour: Flavour, words: Words) -> Iterator[str]:
    """Yield what may be edited of a note: its comment, if it has one, and the line of its tags."""
    if comment := escape.comment(note.comment):
        yield comment
    if note.tags:
        yield flavour.tags(note, words)


def _citation(note: Note, words: Words) -> str:
    source = note.source
    title = escape.line(source.title) or words.untitled
    parts = (
        escape.line(source.source),
        words.cited.format(title=title),
        escape.line(source.date),
        f"article {note.article}",
        place(note, words),
        words.states[note.state],
    )
    return ", ".join(part for part in parts if part)
