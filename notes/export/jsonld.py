"""W3C Web Annotation (JSON-LD): one annotation a note, nothing of it lost.

The Web Annotation Data Model of 2017-02-23, https://www.w3.org/TR/annotation-model/.
What the model has no word for is under `liseuse:`. Nothing is fetched to read it:
the context is a name, not an address that is looked at.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from notes.export.document import Document, Known, Renderer, records
from notes.note import Note, Source

NAMES: Final = "tag:liseuse.example,2026:"
CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"liseuse": NAMES}]
NOTE: Final = NAMES + "note/"
ARTICLE: Final = NAMES + "article/"


def _collection(notes: Sequence[Note], _known: Known) -> Document:
    page = {
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [annotation(note) for note in notes],
    }
    collection = {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": "Liseuse",
        "total": len(notes),
        "first": page,
    }
    return Document("notes.jsonld", json.dumps(collection, ensure_ascii=True, indent=1) + "\n")


jsonld: Final[Renderer] = records(_collection)


def annotation(note: Note) -> dict[str, Any]:
    """Return a note as an annotation."""
    return {
        "id": NOTE + note.id,
        "type": "Annotation",
        "motivation": _motivation(note),
        "created": note.created,
        "modified": note.modified,
        "body": list(_bodies(note)),
        "target": {
            "type": "SpecificResource",
            "source": _source(note.article, note.source),
            **_selectors(note),
            "liseuse:revision": note.revision,
            "liseuse:state": str(note.state),
        },
    }


def _motivation(note: Note) -> str:
    return "commenting" if note.comment else "tagging" if note.tags else "highlighting"


def _bodies(note: Note) -> Iterator[dict[str, str]]:
    if note.comment:
        yield {
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/markdown",
            "value": note.comment,
        }
    for tag in note.tags:
        yield {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _source(article: str, source: Source) -> dict[str, str]:
    known = {
        "dcterms:title": source.title,
        "dcterms:issued": source.date,
        "dcterms:publisher": source.source,
        "schema:url": source.url,
        "liseuse:path": source.path,
    }
    return {
        "id": ARTICLE + article,
        "type": "Text",
        "format": "text/plain",
        **{name: value for name, value in known.items() if value},
    }


def _selectors(note: Note) -> dict[str, Any]:
    """Return the two selectors of a passage; positions are code points, as the model has them (4.2.5)."""
    if not note.anchor:
        return {}
    anchor = note.anchor
    quote = {
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }
    place = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
    return {"selector": [quote, place]}
