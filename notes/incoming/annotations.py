"""W3C Web Annotations back to NOTE records: what `notes.export.jsonld` wrote, to the character."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from notes.export.jsonld import ARTICLE, NOTE
from notes.incoming.checked import mapping, text
from notes.incoming.refused import Refused

_SOURCE: Final = {
    "title": "dcterms:title",
    "date": "dcterms:issued",
    "source": "dcterms:publisher",
    "url": "schema:url",
    "path": "liseuse:path",
}


def items(document: object) -> list[object]:
    """Return the annotations of a collection, of a page, of a list, or the one that stands alone.

    Raises Refused for anything else.
    """
    if isinstance(document, list):
        return document
    fields = mapping(document, "the file")
    if fields.get("type") == "Annotation":
        return [document]
    page = mapping(fields.get("first", fields), "'first'")
    found = page.get("items")
    if not isinstance(found, list):
        raise Refused("no annotations: neither a collection nor a page of them")
    return found


def record(value: object) -> dict[str, Any]:
    """Return the NOTE record of an annotation, its fields as yet unchecked. Raises Refused."""
    fields = mapping(value, "the annotation")
    target = mapping(fields.get("target"), "'target'")
    source = mapping(target.get("source"), "'source'")
    return {
        "id": _named(fields, NOTE),
        "article": _named(source, ARTICLE),
        "revision": text(target, "liseuse:revision"),
        "state": text(target, "liseuse:state"),
        "comment": "\n\n".join(_bodies(fields, "commenting")),
        "tags": _bodies(fields, "tagging"),
        "created": fields.get("created"),
        "modified": fields.get("modified"),
        "source": {name: source.get(term, "") for name, term in _SOURCE.items()},
        **_place(target),
    }


def _named(fields: Mapping[str, Any], prefix: str) -> str:
    name = text(fields, "id")
    if not name.startswith(prefix):
        raise Refused(f"{name[:60]!r} is not of Liseuse: it does not begin with {prefix}")
    return name.removeprefix(prefix)


def _bodies(fields: Mapping[str, Any], purpose: str) -> list[Any]:
    bodies = fields.get("body", [])
    if not isinstance(bodies, list):
        raise Refused("'body' is not a list")
    found = (mapping(body, "a body") for body in bodies)
    values = [body.get("value") for body in found if body.get("purpose") == purpose]
    if not all(isinstance(value, str) for value in values):
        raise Refused("the value of a body is not a text")
    return values


def _place(target: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_selected(target.get("selector", [])))


def _selected(selectors: object) -> Iterator[tuple[str, Any]]:
    if not isinstance(selectors, list):
        raise Refused("'selector' is not a list")
    for selector in (mapping(one, "a selector") for one in selectors):
        if selector.get("type") == "TextQuoteSelector":
            yield "quote", selector.get("exact")
            yield from ((name, selector.get(name, "")) for name in ("prefix", "suffix"))
        if selector.get("type") == "TextPositionSelector":
            yield from ((name, selector.get(name)) for name in ("start", "end"))
