"""PDF with a text layer: PDFium gives the characters and where they stand; lines become paragraphs again."""

from collections.abc import Iterator
from itertools import takewhile
from typing import BinaryIO, Final

from index.article import Draft
from index.formats.dates import find_dateline
from index.formats.pdf.lines import Line, document_lines
from index.formats.pdf.paragraphs import joined, paragraphs_of
from index.formats.pdf.running import without_running
from index.formats.plain import find_date_line, find_title
from index.formats.record import MAX_RECORDS, Unreadable, whole
from index.sanitise import clean_line

_HEAD: Final = 8
_NO_TITLE: Final = (
    "untitled",
    "sans titre",
    "microsoft word",
    "microsoft powerpoint",
    "document1",
    "(anonymous)",
)


def read(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one draft of a PDF file. Raises Unreadable, also for one that is pictures of text only."""
    pages, about = document_lines(whole(stream, MAX_RECORDS))
    blocks = paragraphs_of(without_running(pages))
    if not any(map(str.isalpha, "".join(blocks))):
        message = "no text in this PDF, only pictures of it: give it a text layer first, with OCR"
        raise Unreadable(message)
    dateline = next(filter(None, map(find_dateline, blocks[:_HEAD])), None)
    written = (dateline.date if dateline else "") or find_date_line(blocks[:_HEAD])
    yield Draft(
        text="\n\n".join(blocks),
        title=_title(about.get("Title", ""), pages, blocks),
        date=written,  # the date a file was made on is not the article's
        place=dateline.place if dateline else "",
        author=clean_line(about.get("Author", "")),
    )


def _title(said: str, pages: list[list[Line]], blocks: list[str]) -> str:
    """Return the title in the metadata if it is one, else the largest line, else the first."""
    said = clean_line(said)
    if (
        said
        and not said.lower().startswith(_NO_TITLE)
        and not said.lower().endswith((".doc", ".docx", ".pdf"))
    ):
        return said
    first = pages[0] if pages else []
    largest = max((line.size for line in first), default=0.0)
    usual = sorted(line.size for line in first)[len(first) // 2] if first else 0.0
    if largest > usual * 1.2:
        begins = next(i for i, line in enumerate(first) if line.size == largest)
        headline = takewhile(lambda line: line.size >= largest * 0.95, first[begins : begins + 4])
        return clean_line(joined(line.text for line in headline))
    return find_title(blocks[:_HEAD])
