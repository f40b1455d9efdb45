r"""REFI-QDA project (`.qdpx`): articles, codes and coded passages, for the programs of qualitative analysis.

QDA-XML project 1.0, https://www.qdasoftware.org: a ZIP file of `project.qde` and of
the texts. Positions are code points into a text with `\n` line ends and no byte
order mark, the end exclusive: our own offsets.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from notes.characters import clean, one_line
from notes.export.citation import best
from notes.export.codebook import ORIGIN, code_guid, codes, guid, written, xml
from notes.export.document import UNKNOWN, Document, Known, Lang, Layout
from notes.note import Note

_NAMESPACE: Final = "urn:QDA-XML:project:1.0"
_USER: Final = guid("user")
_PARTIAL: Final = "The text was not kept: these are the passages noted, each with what stood around it."
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_PRIVATE: Final = 0o600 << 16


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the project: the notes on it, each with where its passage is, None for the whole text."""

    guid: str
    name: str
    text: str
    placed: list[tuple[Note, tuple[int, int] | None]]
    whole: bool = True


def qdpx(
    notes: Iterable[Note],
    *,
    layout: Layout = "single",  # noqa: ARG001 - a project is one whatever the layout
    lang: Lang = "en",  # noqa: ARG001 - and has no language
    known: Known = UNKNOWN,
) -> list[Document]:
    """Return one project with every text that notes were made on."""
    ordered = sorted(notes, key=lambda note: note.position)
    found = list(_texts(ordered, known))
    described = written(_project(ordered, found, known))
    files = {"project.qde": described} | {f"sources/{one.guid}.txt": one.text for one in found}
    return [Document("notes.qdpx", described, _zipped(files))]


def _zipped(files: dict[str, str]) -> bytes:
    """Return a ZIP file that is the same whenever and wherever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, _EPOCH)
            about.create_system, about.external_attr = _UNIX, _PRIVATE
            archive.writestr(about, text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _texts(notes: list[Note], known: Known) -> Iterator[_Text]:
    by_text: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        by_text.setdefault((note.article, note.revision), []).append(note)
    for (article, revision), group in sorted(by_text.items(), key=lambda pair: pair[1][0].position):
        name = one_line(best(group).source.title) or article
        text = known.text(revision)
        if text is not None and all(_holds(text, note) for note in group):
            placed = [(note, (note.anchor.start, note.anchor.end) if note.anchor else None) for note in group]
            yield _Text(guid("text", article, revision), name, text, placed)
        else:
            yield _passages(guid("passages", article, revision), name, group)


def _holds(text: str, note: Note) -> bool:
    return note.anchor is None or text[note.anchor.start : note.anchor.end] == note.anchor.quote


def _passages(identity: str, name: str, notes: list[Note]) -> _Text:
    """Return what is known of a text that was not kept: its noted passages with their contexts."""
    text = ""
    placed: list[tuple[Note, tuple[int, int] | None]] = []
    for note in notes:
        if note.anchor is None:
            placed.append((note, None))
            continue
        before, quote = clean(note.anchor.prefix), clean(note.anchor.quote)
        start = len(text) + len(before)
        placed.append((note, (start, start + len(quote))))
        text += f"{before}{quote}{clean(note.anchor.suffix)}\n\n"
    return _Text(identity, name, text, placed, whole=False)


def _project(notes: list[Note], texts: list[_Text], known: Known) -> ET.Element:
    project = ET.Element("Project", {"xmlns": _NAMESPACE, "name": "Liseuse", "origin": ORIGIN})
    project.set("creatingUserGUID", _USER)
    if notes:
        project.set("creationDateTime", min(note.created for note in notes))
        project.set("modifiedDateTime", max(note.modified for note in notes))
    ET.SubElement(ET.SubElement(project, "Users"), "User", {"guid": _USER, "name": ORIGIN})
    if (book := codes(notes, known)) is not None:
        ET.SubElement(project, "CodeBook").append(book)
    if texts:
        sources = ET.SubElement(project, "Sources")
        sources.extend(_source(one) for one in texts)
    if remarks := [note for note in notes if note.anchor is None and note.comment]:
        ET.SubElement(project, "Notes").extend(_remark(note) for note in remarks)
    return project


def _source(one: _Text) -> ET.Element:
    about = {"guid": one.guid, "name": xml(one.name), "plainTextPath": f"internal://{one.guid}.txt"}
    source = ET.Element("TextSource", {**about, "creatingUser": _USER})
    if not one.whole:
        ET.SubElement(source, "Description").text = _PARTIAL
    for note, span in one.placed:
        if span:
            source.append(_selection(note, span))
    wholes = [note for note, span in one.placed if span is None]
    for note in wholes:
        source.extend(_codings(note))
    for note in wholes:
        if note.comment:
            ET.SubElement(source, "NoteRef", {"targetGUID": guid("note", note.id)})
    return source


def _selection(note: Note, span: tuple[int, int]) -> ET.Element:
    about = {"guid": guid("note", note.id), "name": xml(one_line(note.quote)[:60])}
    places = {"startPosition": str(span[0]), "endPosition": str(span[1])}
    selection = ET.Element("PlainTextSelection", {**about, **places, **_made(note)})
    if note.comment:
        ET.SubElement(selection, "Description").text = xml(note.comment)
    selection.extend(_codings(note))
    return selection


def _codings(note: Note) -> Iterator[ET.Element]:
    for tag in note.tags:
        about = {"guid": guid("coding", note.id, code_guid(tag)), "creatingUser": _USER}
        coding = ET.Element("Coding", {**about, "creationDateTime": note.created})
        ET.SubElement(coding, "CodeRef", {"targetGUID": code_guid(tag)})
        yield coding


def _remark(note: Note) -> ET.Element:
    """Return the comment on a whole article: a note of its own, that the text refers to."""
    title = xml(one_line(note.source.title) or note.article)
    remark = ET.Element("Note", {"guid": guid("note", note.id), "name": title, **_made(note)})
    ET.SubElement(remark, "PlainTextContent").text = xml(note.comment)
    return remark


def _made(note: Note) -> dict[str, str]:
    return {"creatingUser": _USER, "creationDateTime": note.created, "modifiedDateTime": note.modified}
