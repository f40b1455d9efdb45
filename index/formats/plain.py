"""Plain text: the title, place and date are found in the text itself, which is kept whole."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from index.article import Draft, canonical
from index.formats.dates import find_date, find_dateline, parse_date, without_dates
from index.formats.decode import decoded
from index.formats.fields import draft_of
from index.formats.record import whole

_TITLE_LENGTH: Final = 160
_HEAD: Final = 6
_SENTENCE_END: Final = re.compile(r"[.!?…»”\"][)\]]?\s*\Z")
_WRAP_WIDTH: Final = (50, 100)
_BYLINE_LENGTH: Final = 120
_WORD: Final = re.compile(r"[^\W_]+")
_BYLINE: Final = re.compile(
    r"(?:publiée?|posté|mis en ligne|mise? à jour|modifié|actualisé|published|posted|updated|last updated"
    r"|par|by|source|auteur|author|date|url)\b(?!.*[.!?…]\s*\Z)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_AROUND_DATES: Final = re.compile(
    r"le|la|à|a|at|on|du|of|the|th|et|and|date|h|min|gmt|utc|cet|cest|am|pm|t|z|\d+h?\d*"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"(?P<name>titre|title|date|source|auteur|author|journal|url|lieu|langue|lang|language)\s?:\s(?P<value>\S.{0,300})",
    re.IGNORECASE,
)


def read(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one draft of a plain text file."""
    source = decoded(whole(stream))
    text = as_paragraphs(source.text)
    *_, last = blocks = text.split("\n\n")
    head = blocks[:_HEAD]
    stated = _labelled(head)
    datelines = [found for block in [*head, last] if (found := find_dateline(block))]
    yield replace(
        stated,
        text=text,
        title=stated.title or find_title(head),
        date=parse_date(stated.date)
        or next((found.date for found in datelines if found.date), "")
        or find_date_line(head),
        place=stated.place or next((as_name(found.place) for found in datelines if found.place), ""),
        encoding=source.name,
    )


def as_paragraphs(text: str) -> str:
    r"""Return canonical text in which `\n\n` stands between paragraphs and nowhere else.

    A file without blank lines has one paragraph a line. In a file with blank lines,
    the lines of a hard-wrapped paragraph are joined by the space that wrapping took.
    """
    text = canonical(text)
    if "\n\n" not in text:
        return canonical(text.replace("\n", "\n\n"))
    return "\n\n".join(_unwrapped(block) for block in text.split("\n\n"))


def find_title(blocks: list[str]) -> str:
    """Return the headline among the first paragraphs, else the start of the first sentence."""
    for block in blocks:
        if _is_heading(block):
            return block
    opening = blocks[0].split(". ")[0]
    if len(opening) <= _TITLE_LENGTH:
        return opening
    return opening[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def find_date_line(blocks: list[str]) -> str:
    """Return the date of a short line that says little but when (and by whom) a text was published."""
    lines = (
        line for block in blocks for line in block.split("\n", _HEAD)[:_HEAD] if len(line) <= _BYLINE_LENGTH
    )
    return next(filter(None, (find_date(line) for line in lines if _is_byline(line))), "")


def as_name(place: str) -> str:
    """Return the name of a place that a dateline has in capitals, as it is written elsewhere."""
    return _WORD.sub(lambda word: word[0].capitalize(), place) if place.isupper() else place


def _is_heading(block: str) -> bool:
    is_one_line = "\n" not in block and 0 < len(block) <= _TITLE_LENGTH
    return (
        is_one_line
        and not _SENTENCE_END.search(block)
        and not _is_byline(block)
        and not find_dateline(block)
        and any(map(str.isalpha, block))
    )


def _is_byline(line: str) -> bool:
    """Tell whether a line only says when, by whom or where on the web a text was published."""
    if len(line) > _BYLINE_LENGTH:
        return False
    if _BYLINE.match(line) or _LINK.fullmatch(line):
        return True
    return find_date(line) != "" and all(
        _AROUND_DATES.fullmatch(word) for word in _WORD.findall(without_dates(line))
    )


def _labelled(blocks: list[str]) -> Draft:
    """Return what a text says of itself in lines such as `Titre : …`, of which there are two at least."""
    lines = [line for block in blocks for line in block.split("\n", _HEAD)[:_HEAD]][:_HEAD]
    fields = {match["name"]: match["value"] for line in lines if (match := _LABEL.fullmatch(line))}
    return draft_of(fields, text="") if len(fields) > 1 else Draft("")


def _unwrapped(block: str) -> str:
    lines = block.split("\n")
    low, high = _WRAP_WIDTH
    if len(lines) > 1 and all(low <= len(line) <= high for line in lines[:-1]):
        return " ".join(line.strip() for line in lines)
    return block
