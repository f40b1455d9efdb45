"""The names that other programs give to an article's fields."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from index.article import Draft
from index.formats.dates import parse_date
from index.formats.markup import plain_field
from index.formats.record import Refusal, Unreadable
from index.sanitise import clean_line

_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "key": ("id", "_id", "guid", "uid", "identifier"),
    "title": ("title", "titre", "headline", "name"),
    "date": ("date", "published", "publication_date", "date_published", "datepublished", "pubdate",
             "published_at", "created", "created_at"),
    "place": ("place", "lieu", "dateline"),
    "lang": ("lang", "language", "langue"),
    "source": ("source", "site", "publisher", "journal", "media", "sitename"),
    "author": ("author", "authors", "auteur", "byline", "creator"),
    "url": ("url", "link", "href", "canonical_url"),
    "text": ("text", "texte", "body", "content", "article", "maintext", "fulltext", "contenu",
             "full_text",
             "content_text", "content_html", "articlebody", "description", "summary"),
}  # fmt: skip
_NUMBERS: Final = 10**100
"""What a number of a field is below; beyond 4,300 digits Python writes none."""


def record_of(fields: object, number: str) -> Draft | Refusal:
    """Return the draft of one record of several, or why there is none; `number` stands in for its id.

    An address or a title does so before: they stay when records are put in before it.
    """
    if not isinstance(fields, Mapping):
        return Refusal(number, "not a JSON object")
    try:
        draft = draft_of(fields)
    except Unreadable as error:
        return Refusal(number, str(error))
    if not draft.text.strip():
        return Refusal(draft.key or number, "no text")
    return replace(draft, key=draft.key or draft.url or draft.title or number, date=parse_date(draft.date))


def has_text_field(names: Iterable[str]) -> bool:
    """Tell whether one of the names is a usual one of an article's text."""
    return any(name.strip().lower() in _NAMES["text"] for name in names)


def draft_of(fields: Mapping[str, Any], text: str | None = None) -> Draft:
    """Return a draft from a record's fields, whatever their usual names and case.

    `text` overrides the record's own. Values that are not text, numbers, dates or
    lists of them are left out.
    """
    given = {str(name).lower(): value for name, value in fields.items()}
    found = {ours: _first(given, names) for ours, names in _NAMES.items()}
    body = plain_field(found["text"]) if text is None else text
    lang = clean_line(found.pop("lang"))[:2].lower()
    lines: dict[str, Any] = {name: clean_line(value) for name, value in found.items() if name != "text"}
    return Draft(text=body, lang=lang, **lines)


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (_as_text(given.get(name)) for name in names)), "")


def _as_text(value: object) -> str:
    match value:
        case str():
            return value
        case int() | float() if not isinstance(value, bool) and abs(value) < _NUMBERS:
            return str(value)
        case dt.date():
            return value.isoformat()
        case {"rendered": str(inner)} | {"value": str(inner)} | {"name": str(inner)}:  # WordPress, JSON-LD
            return inner
        case list():
            return ", ".join(filter(None, map(_as_text, value[:20])))
    return ""
