"""Fuzz targets for what people write, send one another, or paste: settings, gazetteers, corrections, reports."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress

from markdown_it import MarkdownIt

from index.entities.gazetteer import Gazetteer, GazetteerError
from index.entities.log import read
from index.formats import Unreadable
from index.formats.markdown import split_front_matter
from index.sanitise import visible
from index.spoofing import suspicion
from index.toml import NotToml, tables
from notes import InvalidTag
from notes.export.escape import blockquote, comment
from notes.tags import key, normalise
from notes.verify import quotations
from reader.config import parse

_KEPT = {"\n", "\u200c", "\u200d", "\u00ad", "\u0600", "\u0601", "\u0602", "\u0603", "\u0604", "\u0605", "\u06dd", "\u070f"}  # fmt: skip
_PLACES = "Cf", "Cc", "Cs", "Zl", "Zp"


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def front_matter(data: bytes) -> None:
    """Front matter is a mapping and the rest of the text is whole; or it is refused."""
    text = data.decode("utf-8", "replace")
    for tried in (text, f"---\n{text}\n---\nLe corps."):
        with suppress(Unreadable):
            fields, body = split_front_matter(tried)
            assert isinstance(fields, dict)
            assert body.replace("\r", "") in tried.replace("\r", "")


def corrections(data: bytes) -> None:
    """A colleague's corrections are read line by line, and written as they were read."""
    for one in read(data):
        (again,) = read(json.dumps(one.to_json()).encode())
        assert again == one


def settings(data: bytes) -> None:
    """Settings settle what they may and tell of the rest, by its line."""
    text = data.decode("utf-8", "replace")
    found = parse(text)
    assert found.column > 0
    for problem in found.problems:
        assert 0 <= problem.line <= text.count("\n") + 1
        assert str(problem)


def gazetteer(data: bytes) -> None:
    """A gazetteer finds names in a text at places that are in it; or it is refused."""
    with suppress(GazetteerError, NotToml):
        text = data.decode("utf-8", "replace")
        for found in Gazetteer.of(tables(text)).matches(text):
            assert 0 <= found.start < found.end <= len(text)


def reports(data: bytes) -> None:
    """The quotes of any Markdown have words and lines that are in the file."""
    text = data.decode("utf-8", "replace")
    for found in quotations(text):
        assert 1 <= found.line <= text.count("\n") + text.count("\r") + 1


def exports(data: bytes) -> None:
    """A quote is one block quote, and a comment ends where it ends, whatever they hold."""
    text = text_of(data).encode("utf-8", "replace").decode()
    tokens = MarkdownIt("commonmark").parse(f"{blockquote(text)}\n\nFin.")
    assert [t.type for t in tokens if t.level == 0 and t.nesting >= 0][-1] == "paragraph_open"
    assert not [
        c for t in tokens for c in t.children or () if c.type in {"link_open", "image", "html_inline"}
    ]
    after = MarkdownIt("commonmark").parse(f"{comment(text)}\n\nFin.")
    assert after[-2].content == "Fin."


def tags(data: bytes) -> None:
    """A tag is the same once it has been made one; or it is refused."""
    with suppress(InvalidTag):
        name = normalise(text_of(data))
        assert normalise(name) == name
        assert key(name)
        assert not [c for c in name if unicodedata.category(c) in {"Cc", "Cs"}]


def spoofing(data: bytes) -> None:
    """What is suspected is in the text, and nothing that steers or hides is left to be painted."""
    text = text_of(data)
    found = suspicion(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found.mixed)
    assert all(found.words(text))
    painted = visible(text)
    assert not [
        c for c in painted if unicodedata.category(c) in _PLACES and c not in _KEPT and not _is_script(c)
    ]
    assert suspicion(painted).hidden == 0


def _is_script(char: str) -> bool:
    """Whether a format character is a visible part of a script: number signs, hieroglyphs, shorthand, music."""
    return ord(char) in {0x0890, 0x0891, 0x08E2} or 0x11000 <= ord(char) < 0x1F000
