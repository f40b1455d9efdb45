"""The quotes of a report: what a reader of an exported Markdown file sees as quoted, and of which article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_ARTICLE: Final = re.compile(r"article ([0-9a-f]{12})\b")
_BLOCK_ID: Final = re.compile(r"\^n-([0-9a-f]{12})\b")
_CALLOUT: Final = re.compile(r"^\[![\w-]+\][+-]?[^\n]*\n?")
_RECORDS: Final = "json liseuse-note"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of a Markdown file: its words, its line (from 1), and what it is said to be from.

    `article` and `note` are empty where the file does not say.
    """

    words: str
    line: int
    article: str
    note: str


def quotations(markdown: str) -> Iterator[Quoted]:
    """Yield the outermost block quotes of a file (CommonMark), each with the citation that follows it.

    Of a note, the first is its quote; block quotes of its comment are its author's.
    Those that stand outside of the notes of an export are for their author to cite.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - for reading reports only

    tokens = MarkdownIt("commonmark").parse(markdown)
    bare, own = _without_quotes(tokens), _own(markdown)
    seen: set[str] = set()
    for words, line, end in _block_quotes(tokens):
        note, article = ("", _after(tokens, end)) if line in own else _cited(tokens, end)
        if note not in bare and (not note or note not in seen):
            seen.add(note)
            yield Quoted(_CALLOUT.sub("", words), line, article, note)


def _block_quotes(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Yield the text and the line of each, and the number of the token after it."""
    for first, token in enumerate(tokens):
        if token.type == "blockquote_open" and token.level == 0:
            last = next(n for n in range(first, len(tokens)) if _closes(tokens[n]))
            inside = (t for t in tokens[first:last] if t.type in {"inline", "fence", "code_block"})
            yield "\n".join(map(_text, inside)), (token.map or [0])[0] + 1, last + 1


def _closes(token: Token) -> bool:
    return token.type == "blockquote_close" and token.level == 0


def _text(token: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    if token.children is None:
        return token.content
    return "".join(breaks.get(child.type, child.content) for child in token.children)


def _own(markdown: str) -> frozenset[int]:
    """Return the lines, from 1, that stand outside of the notes of an export; none of any other file."""
    from notes.incoming import Refused  # noqa: PLC0415 - for reading reports only
    from notes.incoming.report import report  # noqa: PLC0415

    try:
        found = report(markdown)
    except Refused:
        return frozenset()
    notes = (range(one.first, one.citation + 1) for one in found.sections if one.body is not None)
    return frozenset(range(1, len(found.lines) + 1)) - {at + 1 for lines in notes for at in lines}


def _after(tokens: Sequence[Token], start: int) -> str:
    """Return the article named in the paragraph that follows a place, if one follows."""
    following = tokens[start : start + 2]
    is_paragraph = bool(following) and following[0].type == "paragraph_open"
    return _first(_ARTICLE, _text(following[1])) if is_paragraph else ""


def _cited(tokens: Sequence[Token], start: int) -> tuple[str, str]:
    """Return the note and the article named first after a place, before another note's quote."""
    article = ""
    for token in tokens[start:]:
        if token.type == "inline":
            text = _text(token)
            article = article or _first(_ARTICLE, text)
            if note := _first(_BLOCK_ID, text):
                return note, article
    return "", article


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _without_quotes(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the notes of the file's exact records that are on whole articles."""
    lines = (
        line for t in tokens if t.type == "fence" and t.info == _RECORDS for line in t.content.splitlines()
    )
    return frozenset(record["id"] for record in map(_record, lines) if record.get("quote") == "")


def _record(line: str) -> dict[str, str]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) and isinstance(record.get("id"), str) else {}
