"""CSL-JSON of the cited articles, for Zotero, Pandoc and citation processors."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from notes.export.citation import Cited, cited
from notes.export.document import Document, Known, Renderer, records
from notes.note import Note

# Processors read these few tags in a text as typography; an article that has them means the characters.
_MARKUP: Final = re.compile(r"<(?=/?(?:i|b|sc|sub|sup|span)\b)", re.IGNORECASE)


def _items(notes: Sequence[Note], known: Known) -> Document:
    items = [_item(one) for one in cited(notes, known.author)]
    return Document("references.json", json.dumps(items, ensure_ascii=True, indent=1) + "\n")


csl: Final[Renderer] = records(_items)


def _item(one: Cited) -> dict[str, Any]:
    source = one.source
    item: dict[str, Any] = {
        "id": one.key,
        "type": "article-newspaper" if source.source else "webpage" if one.url else "document",
        "author": [{"literal": _text(one.author)}] if one.author else None,
        "title": _text(source.title),
        "container-title": _text(source.source),
        "issued": {"date-parts": [one.parts]} if one.parts else None,
        "URL": one.url,
        "keyword": _text(", ".join(one.tags)),
        "custom": {"liseuse-article": one.article},
    }
    return {name: value for name, value in item.items() if value}


def _text(text: str) -> str:
    return _MARKUP.sub("&#60;", text)
