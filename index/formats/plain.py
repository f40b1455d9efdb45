"""Plain text: the title, place and date are found in the text itself, which is kept whole."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from index.article import Draft, canonical
from index.formats.dates import Dateline, find_date, find_dateline
from index.formats.decode import decode
from index.formats.record import whole

_TITLE_LENGTH: Final = 160
_HEAD: Final = 6
_SENTENCE_END: Final = re.compile(r"[.!?…»”\"][)\]]?\s*\Z")
_WRAP_WIDTH: Final = (50, 100)


def read(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one draft of a plain text file."""
    text = as_paragraphs(decode(whole(stream)))
    blocks = text.split("\n\n")[:_HEAD]
    dateline = next(filter(None, map(find_dateline, blocks)), None)
    yield Draft(
        text=text,
        title=find_title(blocks),
        date=dateline.date if dateline else _date_line(blocks),
        place=_place(dateline),
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


def _is_heading(block: str) -> bool:
    is_one_line = "\n" not in block and 0 < len(block) <= _TITLE_LENGTH
    is_date = bool(find_date(block)) and len(block.split()) <= 6  # noqa: PLR2004 - a date is a few words
    return is_one_line and not is_date and not _SENTENCE_END.search(block) and not find_dateline(block)


def _date_line(blocks: list[str]) -> str:
    """Return the date of a short line that is hardly anything but a date."""
    lines = (block for block in blocks if len(block) <= 60)  # noqa: PLR2004 - "Publié le mardi 19 septembre 2024"
    return next(filter(None, map(find_date, lines)), "")


def _place(dateline: Dateline | None) -> str:
    if dateline is None:
        return ""
    return dateline.place.title() if dateline.place.isupper() else dateline.place


def _unwrapped(block: str) -> str:
    lines = block.split("\n")
    low, high = _WRAP_WIDTH
    if len(lines) > 1 and all(low <= len(line) <= high for line in lines[:-1]):
        return " ".join(line.strip() for line in lines)
    return block
