"""Markdown for eyes, and for Obsidian: quotes, comments, tags, citations; the exact records at the end.

The prose part may be edited by hand. What programs read back is the fenced block
`json liseuse-note` that closes each document: one record a line.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final

from notes.characters import one_line
from notes.export import escape
from notes.export.document import Document, Lang, Layout, Texts, filename, no_texts
from notes.export.front_matter import Value, front_matter
from notes.export.jsonl import record
from notes.export.words import WORDS, Words
from notes.note import Note
from notes.tags import key


def markdown(
    notes: Iterable[Note],
    *,
    layout: Layout = "article",
    lang: Lang = "en",
    texts: Texts = no_texts,  # noqa: ARG001 - every format is called alike
) -> list[Document]:
    """Return a document for each article, for each tag, or one for all notes."""
    ordered = sorted(notes, key=lambda note: note.position)
    return list(_LAYOUTS[layout](ordered, WORDS[lang]))


def _by_article(notes: list[Note], words: Words) -> Iterator[Document]:
    for article, group in _articles(notes):
        last = max(group, key=lambda note: (note.created, note.id))  # knows the title best
        title = one_line(last.source.title) or words.untitled
        revisions = sorted({note.revision for note in group})
        fields: dict[str, Value] = {
            "title": title,
            "source": last.source.source,
            "url": last.source.url,
            "published": last.source.date,
            "article": article,
            "revision": revisions[0] if len(revisions) == 1 else revisions,
        }
        body = [note for one in group for note in _note(one, words)]
        yield _document(filename(last.source.title, article), title, fields, body, group, words)


def _by_tag(notes: list[Note], words: Words) -> Iterator[Document]:
    bearing: dict[str, list[Note]] = {}
    for note in notes:
        for tag in note.tags:
            bearing.setdefault(tag, []).append(note)
    for tag in sorted(bearing, key=lambda tag: (key(tag), tag)):
        yield _tag_document(tag, key(tag), bearing[tag], words)
    if untagged := [note for note in notes if not note.tags]:
        yield _tag_document(words.untagged, "", untagged, words)


def _tag_document(title: str, identity: str, notes: list[Note], words: Words) -> Document:
    short = hashlib.sha256(identity.encode()).hexdigest()[:12]
    return _document(filename(title, short), title, {"title": title}, _sections(notes, words), notes, words)


def _single(notes: list[Note], words: Words) -> Iterator[Document]:
    yield _document("notes", "Notes", {"title": "Notes"}, _sections(notes, words), notes, words)


_LAYOUTS: Final[dict[Layout, Callable[[list[Note], Words], Iterator[Document]]]] = {
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


def _sections(notes: list[Note], words: Words) -> list[str]:
    blocks = []
    for _, group in _articles(notes):
        source = group[0].source
        blocks.append(f"## {escape.line(source.title) or words.untitled}")
        if source.url:
            blocks.append(escape.link(source.url))
        blocks.extend(block for note in group for block in _note(note, words))
    return blocks


def _document(  # noqa: PLR0917 - a document is made of these
    name: str, title: str, fields: dict[str, Value], body: list[str], notes: list[Note], words: Words
) -> Document:
    head = {**fields, "tags": _obsidian_tags(notes), "notes": len(notes)}
    records = "".join(f"{_inert(record(note))}\n" for note in notes)
    blocks = [
        f"# {escape.line(title)}",
        *body,
        f"## {words.records}",
        f"```json liseuse-note\n{records}```",
    ]
    return Document(f"{name}.md", front_matter(head) + "\n" + "\n\n".join(blocks) + "\n")


def _inert(json: str) -> str:
    """Return a record in which nothing can end the fence or begin a tag; it reads back the same."""
    return json.replace("`", "\\u0060").replace("<", "\\u003c")


def _obsidian_tags(notes: list[Note]) -> list[str]:
    return sorted({escape.tag(tag) for note in notes for tag in note.tags}, key=lambda tag: (key(tag), tag))


def _note(note: Note, words: Words) -> Iterator[str]:
    """Yield the blocks of one note; the last ends with its block id, for links to it."""
    if note.anchor:
        yield escape.blockquote(note.quote)
    if comment := escape.comment(note.comment):
        yield comment
    if note.tags:
        yield " ".join(f"#{escape.tag(tag)}" for tag in note.tags)
    yield f"— {_citation(note, words)} ^n-{note.id}"


def _citation(note: Note, words: Words) -> str:
    source = note.source
    title = escape.line(source.title) or words.untitled
    span = words.span.format(start=note.anchor.start, end=note.anchor.end) if note.anchor else words.whole
    parts = (
        escape.line(source.source),
        words.cited.format(title=title),
        escape.line(source.date),
        f"article {note.article}",
        span,
        words.states[note.state],
    )
    return ", ".join(part for part in parts if part)
