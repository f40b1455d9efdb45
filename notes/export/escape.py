r"""Text that must not act: quotes and titles made inert, comments made harmless to their neighbours.

Inert against CommonMark, and against what viewers add to it: tables, bare links,
Obsidian's `[[ ]]`, `%%`, `==`, `$`, `#tag`, `^id`, Dataview's `key:: value`.
A backslash is put only where a character could act, so that prose stays legible.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from notes.characters import clean, one_line, plain, unturned

_ACTIVE: Final = re.compile(
    r"""
      [\\`*_\[\]<>\#|$~^=@]   # always: rare in prose, active almost anywhere
    | &(?=[\w\#])             # the beginning of an entity
    | !(?=\[)
    | %(?=%) | (?<=%)%        # an Obsidian comment
    | (?<=:): | :(?=[^\s\d])  # https://, key:: value, :emoji:
    | (?<=www)\.              # a bare link
    | \{(?=[{%])              # templates
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WEB: Final = re.compile(r"https?://[!-;=?-~]+")
_BACKSLASH: Final = r"\\\g<0>"


def line(text: str) -> str:
    """Return `text` on one line, escaped: for titles and citations, not at the beginning of a line."""
    return _ACTIVE.sub(_BACKSLASH, one_line(text))


def link(url: str) -> str:
    """Return a web address as a link if it surely is one, else as inert text."""
    return f"<{url}>" if _WEB.fullmatch(url) else line(url)


def blockquote(text: str) -> str:
    """Return `text` as one Markdown block quote, line for line, with nothing in it that acts."""
    lines = [part.strip() for part in plain(text).strip().split("\n")]
    quoted = (f"> {_first(_ACTIVE.sub(_BACKSLASH, part))}".rstrip() for part in _single_gaps(lines))
    return "\n".join(quoted) or ">"


def _first(text: str) -> str:
    """Escape what begins a list or an underline where a line begins."""
    if text[:1] in ("-", "+"):
        return "\\" + text
    return re.sub(r"^([0-9]+)([.)])", r"\1\\\2", text)


def _single_gaps(lines: list[str]) -> Iterator[str]:
    for at, part in enumerate(lines):
        if part or (at and lines[at - 1]):
            yield part


def tag(name: str) -> str:
    """Return a tag as Obsidian takes it: letters, digits, `-`, `_` and `/`, not digits alone."""
    legal = "/".join(_legal(segment) for segment in name.split("/"))
    return legal if any(char.isalpha() for char in legal) else f"_{legal}"


def _legal(segment: str) -> str:
    kept = "".join(char if _is_word(char) else "-" for char in segment)
    return re.sub(r"_*-[-_]*", "-", kept).strip("-_") or "-"


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


# Comments are the analyst's own Markdown. They may look as they like, but not
# fetch anything when the file is opened, nor swallow what comes after them.

_LOCAL_IMAGE: Final = r"\[[^\[\]\\`<]*\]\((?!/)[^\s()<>&\\:`]*\)|\[\[[^\[\]\\`<]*\]\](?![(\[])"
_IMAGE: Final = re.compile(rf"(?<!\\)((?:\\\\)*)!(?=\[)(?!{_LOCAL_IMAGE})")
_PLAIN_HTML: Final = r"/?(?:abbr|b|br|cite|del|em|i|ins|kbd|mark|q|s|small|strong|sub|sup|u)\s*/?>"
_AUTOLINK: Final = r"[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*>|[\w.+\-]+@[\w.\-]+>"
_HTML: Final = re.compile(rf"(?<!\\)((?:\\\\)*)<(?=[A-Za-z/!?])(?!(?:{_PLAIN_HTML}|{_AUTOLINK}))")
_FENCE: Final = re.compile(r"(?P<indent>\s*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_RECORDS: Final = "liseuse-note"
_BLOCK_ID: Final = re.compile(r"(?<!\\)((?:\\\\)*)\^(?=n-[0-9a-f]{12})")  # would pass for the end of a note


def comment(text: str) -> str:
    """Return a comment as it is, but for turned text, remote images, HTML that acts, and blocks left open."""
    text = unturned(clean(text)).strip("\n").rstrip()
    text = _HTML.sub(r"\1\\<", _IMAGE.sub(r"\1\\!", text))
    text = _BLOCK_ID.sub(r"\1\\^", text)
    for mark, escaped in (("%%", r"\%\%"), ("$$", r"\$\$")):
        if text.count(mark) % 2:
            text = text.replace(mark, escaped)
    return _fences_closed(text)


def _fences_closed(text: str) -> str:
    r"""Escape each code fence without a sure partner: left open, it would swallow the following notes.

    Sure is a closing line of the same indentation with nothing in between that is
    indented less, for then both lines are in the same list or in none.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if found := _FENCE.fullmatch(lines[at]):
            end = _partner(lines, at, found)
            if end is None:
                indent = len(found["indent"])
                lines[at] = f"{found['indent']}\\{lines[at][indent:]}"
            else:
                at = end
        at += 1
    return "\n".join(lines)


def _partner(lines: list[str], at: int, opening: re.Match[str]) -> int | None:
    indent, fence = opening["indent"], opening["fence"]
    if indent.strip(" ") or _RECORDS in opening["info"]:
        return None
    closing = re.compile(rf"{indent}{fence}{fence[0]}*[ \t]*")
    for later in range(at + 1, len(lines)):
        if lines[later].strip() and not lines[later].startswith(indent):
            return None
        if closing.fullmatch(lines[later]):
            return later
        if _FENCE.fullmatch(lines[later]) and _closes_elsewhere(lines[later], fence):
            return None
    return None


def _closes_elsewhere(line: str, fence: str) -> bool:
    """Tell whether a line could close the fence at another indentation."""
    return re.fullmatch(rf"\s*{fence}{fence[0]}*\s*", line) is not None
