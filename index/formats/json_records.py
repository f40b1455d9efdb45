"""JSON: one article, a list of them, or an object that holds such a list, as exports and JSON Feed do."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from index.article import Draft
from index.formats.decode import decode
from index.formats.fields import record_of
from index.formats.record import MAX_RECORDS, Refusal, Unreadable, whole

_MAX_DEPTH: Final = 3


def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield a draft for each object with a text, and a refusal for each without. Raises Unreadable."""
    try:
        given = json.loads(decode(whole(stream, MAX_RECORDS)))
    except (ValueError, RecursionError) as error:
        message = "not valid JSON"
        raise Unreadable(message) from error
    records = find_records(given)
    if not records:
        message = "no articles in this JSON: objects with a text are expected"
        raise Unreadable(message)
    for number, fields in enumerate(records, start=1):
        yield record_of(fields, f"record {number}")


def find_records(given: Any, depth: int = 0) -> list[Any]:  # noqa: ANN401 - whatever JSON can hold
    """Return the articles: the value itself if it has a text, else the longest list of objects in it."""
    if isinstance(given, list):
        return given if any(isinstance(item, dict) for item in given) else []
    if not isinstance(given, dict) or depth == _MAX_DEPTH:
        return []
    if not isinstance(record_of(given, ""), Refusal):
        return [given]
    return max((find_records(value, depth + 1) for value in given.values()), key=len, default=[])
