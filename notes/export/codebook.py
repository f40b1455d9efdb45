"""REFI-QDA codebook (`.qdc`): the tags as codes, for NVivo, MAXQDA, ATLAS.ti, QualCoder, Taguette.

QDA-XML codebook 1.0, https://www.qdasoftware.org. GUIDs are made from the tags'
paths, so that a second export updates the codes of the first instead of doubling them.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from notes.characters import REPLACEMENT, clean, unturned
from notes.export.document import Document, Known, Renderer, records
from notes.note import Note
from notes.tags import key

ORIGIN: Final = "Liseuse"
_NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"
_GUIDS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "tag:liseuse.example,2026:refi-qda")
_RGB: Final = {
    "amber": "#d9a400",
    "blue": "#2f6fd0",
    "green": "#2f9e44",
    "purple": "#8b4fc6",
    "grey": "#808080",
    "red": "#d0382f",
}
_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _codebook(notes: Sequence[Note], known: Known) -> Document | None:
    """Return the codebook; none without tags, for one without codes is not valid."""
    found = codes(notes, known)
    if found is None:
        return None
    book = ET.Element("CodeBook", {"xmlns": _NAMESPACE, "origin": ORIGIN})
    book.append(found)
    return Document("codes.qdc", written(book))


qdc: Final[Renderer] = records(_codebook)


def codes(notes: Iterable[Note], known: Known) -> ET.Element | None:
    """Return the tags of notes as nested codes, None if there are none.

    What only stands above tags that are borne is a category: a code not to code with.
    """
    borne: dict[str, str] = {}
    for tag in (tag for note in notes for tag in note.tags):
        borne.setdefault(key(tag), tag)
    if not borne:
        return None
    root = ET.Element("Codes")
    at: dict[tuple[str, ...], ET.Element] = {(): root}
    for path in sorted((tuple(tag.split("/")) for tag in borne.values()), key=_folded):
        for depth in range(1, len(path) + 1):
            where = _folded(path[:depth])
            if where not in at:
                at[where] = _code(at[where[:-1]], path[:depth], codable="/".join(where) in borne)
                _describe(at[where], *known.tag("/".join(path[:depth])))
    return root


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(key(segment) for segment in path)


def _code(parent: ET.Element, path: Sequence[str], *, codable: bool) -> ET.Element:
    about = {"guid": code_guid("/".join(path)), "name": xml(path[-1]), "isCodable": str(codable).lower()}
    return ET.SubElement(parent, "Code", about)


def _describe(code: ET.Element, color: str, description: str) -> None:
    if color:
        code.set("color", _RGB[color])
    if description:
        ET.SubElement(code, "Description").text = xml(description)


def code_guid(tag: str) -> str:
    """Return the GUID of a tag's code."""
    return guid("code", key(tag))


def guid(*parts: str) -> str:
    """Return the GUID of what these parts name, always the same."""
    return str(uuid.uuid5(_GUIDS, "\n".join(parts)))


def xml(text: str) -> str:
    """Return text with what no XML document may hold replaced, and nothing that turns it round."""
    return _NOT_XML.sub(REPLACEMENT, unturned(clean(text)))


def written(root: ET.Element) -> str:
    """Return an XML document, indented."""
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
