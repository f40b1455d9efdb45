"""What a page says of itself in JSON-LD (schema.org)."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def json_texts(root: "HtmlElement", name: str) -> Iterator[str]:
    """Yield the texts that the page's JSON-LD has under a name, at any depth; what is no JSON has none."""
    for script in root.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            yield from _texts(json.loads(script.text or "", strict=False), name)
        except (ValueError, RecursionError):
            continue


def _texts(value: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - whatever the page wrote
    if isinstance(value, list):
        for each in value:
            yield from _texts(each, name)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == name and isinstance(each, str):
                yield each
            else:
                yield from _texts(each, name)
