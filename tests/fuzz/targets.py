"""What is fuzzed: functions that get bytes from outside, each with what must hold of its answer.

A target raises AssertionError, or whatever escapes it, when it does not hold.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from fuzz import imported

from index.article import Draft, canonical
from index.formats import FORMATS, Unreadable
from index.formats.decode import decode
from index.query import QueryError, live, parse
from index.query.understood import understood
from index.sanitise import clean, clean_line, visible
from notes import Anchor, State, find_quote, locate
from notes.anchoring.folded import fold
from notes.export import FORMATS as EXPORTS
from notes.incoming import Refused, read

Target = Callable[[bytes], None]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def sanitiser(data: bytes) -> None:
    """No control character is left, and cleaning twice changes nothing."""
    text = _text(data)
    for done in (clean(text), canonical(text)):
        assert not [c for c in done if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
    assert clean(clean(text)) == clean(text)
    assert canonical(canonical(text)) == canonical(text)
    assert "\n" not in clean_line(text)
    assert len(visible(text)) == len(text)
    assert not [c for c in visible(text) if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]


def decoder(data: bytes) -> None:
    """Bytes become text, or are refused."""
    with suppress(Unreadable):
        decode(data)


def reader(suffix: str, data: bytes) -> None:
    """A file becomes drafts and refusals, or is refused."""
    with suppress(Unreadable):
        for record in FORMATS[suffix](io.BytesIO(data)):
            if isinstance(record, Draft):
                canonical(record.text)
                clean_line(record.title)
                assert record.date == "" or record.date[:4].isdigit()


def query(data: bytes) -> None:
    """A query has a tree, whose printed form has the same tree; or it is refused."""
    with suppress(QueryError):
        live(_text(data))
    with suppress(QueryError):
        tree = parse(_text(data))
        printed = understood(tree)
        try:
            again = parse(printed)
        except QueryError as error:
            raise AssertionError(printed) from error
        assert again == tree, printed


def anchors(data: bytes) -> None:
    """A passage is exact in its own text, and what is called moved or exact in another is the quote."""
    head, _, rest = _text(data).partition("\x00")
    text, other = canonical(head), canonical(rest)
    if not text:
        return
    start, end = sorted((data[0] % len(text), data[-1] % len(text)))
    anchor = Anchor.of(text, start, end + 1, "one")
    assert locate(anchor, text, "one").state is State.EXACT
    found = locate(anchor, other, "two")
    if found.state in {State.EXACT, State.MOVED}:
        assert found.start is not None
        assert fold(other[found.start : found.end]) == fold(anchor.quote)
    find_quote(other, anchor.quote)


def incoming(data: bytes) -> None:
    """A file of notes is read or refused; what was read is the same after another round trip."""
    with suppress(Refused):
        notes = sorted((edit.note for edit in read(data).edits), key=lambda note: note.position)
        for name in ("jsonl", "jsonld") if notes else ():
            again = read(EXPORTS[name](notes)[0].data)
            assert [edit.note for edit in again.edits] == notes
            assert again.rejected == []


TARGETS: Final[dict[str, Target]] = {
    "sanitiser": sanitiser,
    "decoder": decoder,
    "query": query,
    "anchors": anchors,
    "frontmatter": imported.front_matter,
    "corrections": imported.corrections,
    "settings": imported.settings,
    "gazetteer": imported.gazetteer,
    "reports": imported.reports,
    "exports": imported.exports,
    "tags": imported.tags,
    "spoofing": imported.spoofing,
    "incoming": incoming,
    **{f"read{suffix}": partial(reader, suffix) for suffix in FORMATS},
}

# Of each reader the first name that it goes by: the others are no targets of their own.
SUFFIXES: Final = list({reader: suffix for suffix, reader in reversed(FORMATS.items())}.values())
DISTINCT: Final = [name for name in TARGETS if not name.startswith("read.") or name[4:] in SUFFIXES]
