"""JSON Lines: one article a line, read one line at a time, so that size does not matter."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from index.article import Draft
from index.formats.decode import decode
from index.formats.fields import record_of
from index.formats.record import MAX_DOCUMENT, Refusal, Unreadable


def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield a draft for each line that is a JSON object with a text, and a refusal for each that is not.

    A draft's key is the record's own id, else its address or title, which stay when lines are
    put in before it, else its line number, counted from 1.
    """
    for number, line in _lines(stream):
        yield _record(number, line)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number; None for one that is too long to hold."""
    number = 0
    while line := stream.readline(MAX_DOCUMENT):
        number += 1
        if len(line) < MAX_DOCUMENT or line.endswith(b"\n"):
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_DOCUMENT)
        yield number, None


def _record(number: int, line: bytes | None) -> Draft | Refusal:
    key = f"line {number}"
    if line is None:
        return Refusal(key, f"longer than {MAX_DOCUMENT // 2**20} MiB")
    try:
        fields = json.loads(decode(line))
    except Unreadable as error:
        return Refusal(key, str(error))
    except (ValueError, RecursionError):
        return Refusal(key, "not valid JSON")
    return record_of(fields, key)
