"""The names that other programs give to an article's fields."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from index.article import Draft
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
    "text": ("text", "texte", "body", "content", "article", "maintext", "fulltext", "contenu"),
}  # fmt: skip


def draft_of(fields: Mapping[str, Any], text: str | None = None) -> Draft:
    """Return a draft from a record's fields, whatever their usual names and case.

    `text` overrides the record's own. Values that are not text, numbers, dates or
    lists of them are left out.
    """
    given = {str(name).lower(): value for name, value in fields.items()}
    found = {ours: _first(given, names) for ours, names in _NAMES.items()}
    body = found.pop("text") if text is None else text
    lang = clean_line(found.pop("lang"))[:2].lower()
    return Draft(
        text=body, lang=lang, **{name: clean_line(value) for name, value in found.items() if name != "text"}
    )


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (_as_text(given.get(name)) for name in names)), "")


def _as_text(value: object) -> str:
    match value:
        case str():
            return value
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case dt.date():
            return value.isoformat()
        case list():
            return ", ".join(filter(None, map(_as_text, value[:20])))
    return ""
