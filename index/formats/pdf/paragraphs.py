"""Lines to paragraphs, with the hyphenation of line ends undone."""

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from index.formats.pdf.lines import Line

_SENTENCE_END: Final = re.compile(r"[.!?…:»”\"][)\]]?\s*\Z")
_GAP: Final = 1.45
_LEADING: Final = 1.2
_FAR: Final = 20
_INDENT: Final = 0.9
_SHORT: Final = 0.82
_SAME_SIZE: Final = 0.6
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CUT: Final = re.compile(r"([^\W_]+)[-‐\u00ad]\Z")
_BULLET: Final = re.compile(r"(?:[•·▪◦‣–—-]|\d{1,2}[.)])\s")
# First parts of compounds that keep their hyphen in French and English wherever the line ends.
_FIRST_PARTS_NAMES: Final = (
    "après arrière auto avant co contre demi entre ex grand grande half haut haute lui mi micro mini "
    "multi non nord ouest est sud nous vous eux elle elles peut porte post pré pro quasi saint sainte "
    "self semi sous super sur vice well long court cessez rendez celui celle ceux celles ci là même "
    "garde chef"
)
_FIRST_PARTS: Final = frozenset(_FIRST_PARTS_NAMES.split())


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the paragraphs of a document; one that goes on over a page is one."""
    lines = [line for page in pages for line in page]
    words = _whole_words(lines)
    pitch, width = _pitch(pages), _widths(lines)
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and not _begins(blocks[-1], line, pitch, width):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [text for block in blocks if (text := joined([line.text for line in block], words).strip())]


def joined(lines: Iterable[str], words: frozenset[str] = frozenset()) -> str:
    """Return lines as one text; a word cut at a line end is whole again, a compound keeps its hyphen.

    `words` are words that stand unbroken elsewhere in the document, in lower case.
    """
    text = ""
    for line in lines:
        text = _glued(text, line, words) if text else line
    return text.replace("\u00ad", "")


def _glued(text: str, line: str, words: frozenset[str]) -> str:
    cut = _CUT.search(text)
    if not cut or not line[:1].isalnum():
        return f"{text} {line}"
    stem, first, last = text[:-1], cut[1], _WORD.match(line)
    if last and first.isalpha() and line[0].islower() and not _is_compound(stem, first, last[0], words):
        return stem + line
    return f"{stem}-{line}"


def _is_compound(stem: str, first: str, last: str, words: frozenset[str]) -> bool:
    whole, compound = (first + last).lower(), f"{first}-{last}".lower()
    if whole in words or compound in words:
        return whole not in words
    return first.lower() in _FIRST_PARTS or stem.endswith(f"-{first}")


def _whole_words(lines: Iterable[Line]) -> frozenset[str]:
    found: set[str] = set()
    for line in lines:
        inner = line.text.split()[1:-1]  # a word at a line's edge may be half of one
        found.update(word.lower() for word in _WORD.findall(" ".join(inner)))
    return frozenset(found)


def _begins(block: Sequence[Line], line: Line, pitch: float, width: float) -> bool:
    last = block[-1]
    drop = last.bottom - line.bottom
    is_short = last.right - block[0].left < _SHORT * width
    ends = bool(_SENTENCE_END.search(last.text))
    if abs(line.size - last.size) > _SAME_SIZE:
        return True
    if drop <= 0 or drop > _FAR * pitch:  # the next column or page
        return ends or is_short
    if drop > _GAP * max(pitch, line.size * _LEADING) or _BULLET.match(line.text):
        return True
    if len(block) > 1 and line.left - min(item.left for item in block[1:]) > _INDENT * line.size:
        return True
    return is_short and (ends or line.text[:1].isupper())


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """Return the usual distance from one line to the next, in points."""
    drops = [
        upper.bottom - lower.bottom
        for page in pages
        for upper, lower in pairwise(page)
        if 0 < upper.bottom - lower.bottom < 60  # noqa: PLR2004 - larger ones are not between lines
    ]
    return statistics.median(drops) if drops else 12.0


def _widths(lines: Sequence[Line]) -> float:
    """Return the width of a full line, in points."""
    widths = sorted(line.right - line.left for line in lines)
    return widths[int(len(widths) * 0.8)] if widths else 0.0
