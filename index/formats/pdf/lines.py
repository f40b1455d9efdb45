"""The characters of a PDF as PDFium gives them, gathered into lines."""

import statistics
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from index.formats.record import Unreadable

_MAX_PAGES: Final = 5_000
_FIELDS: Final = ("Title", "Author")
_LINE_ENDS: Final = {0x0A, 0x0D}
_LINE_HYPHENS: Final = {0x02, 0xFFFE}
"""How PDFium writes a hyphen at the end of a line that it takes for one of hyphenation."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; places in points from the lower left corner, `size` the font's."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


def document_lines(data: bytes) -> tuple[list[list[Line]], dict[str, str]]:
    """Return the lines of each page in reading order, and the document's metadata. Raises Unreadable."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - loads PDFium, needed by few files

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        wants_password = "password" in str(error).lower()
        message = "needs a password" if wants_password else "not a PDF file, or a damaged one"
        raise Unreadable(message) from error
    try:
        if len(document) > _MAX_PAGES:
            message = f"more than {_MAX_PAGES} pages"
            raise Unreadable(message)
        return [_page_lines(page) for page in _pages(document)], _about(document)
    finally:
        document.close()


def _about(document: Any) -> dict[str, str]:  # noqa: ANN401 - pypdfium2 is imported late
    """Return what the document says of itself; a field that is damaged costs itself."""
    about = {}
    for field in _FIELDS:
        with suppress(UnicodeDecodeError):
            about[field] = str(document.get_metadata_value(field))
    return about


def _pages(document: Any) -> Iterator[Any]:  # noqa: ANN401 - pypdfium2 is imported late
    import pypdfium2 as pdfium  # noqa: PLC0415 - see above

    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue  # a page that is damaged costs itself
        yield page
        page.close()


def _page_lines(page: Any) -> list[Line]:  # noqa: ANN401 - see above
    text = page.get_textpage()
    try:
        gathered: list[list[int]] = [[]]
        codes = [_code(text, index) for index in range(text.count_chars())]
        for index, code in enumerate(codes):
            if code in _LINE_ENDS:
                gathered.append([])
            elif code:
                gathered[-1].append(index)
            if code in _LINE_HYPHENS:  # PDFium goes on with the next line as if it were the same
                gathered.append([])
        return [line for indices in gathered if (line := _line(text, codes, indices))]
    finally:
        text.close()


def _code(text: Any, index: int) -> int:  # noqa: ANN401 - see above
    from pypdfium2 import raw  # noqa: PLC0415 - see above

    return int(raw.FPDFText_GetUnicode(text, index))


def _line(text: Any, codes: list[int], indices: list[int]) -> Line | None:  # noqa: ANN401 - see above
    from pypdfium2 import raw  # noqa: PLC0415 - see above

    written = "".join("\u00ad" if codes[i] in _LINE_HYPHENS else chr(codes[i]) for i in indices)
    seen = [i for i in indices if not chr(codes[i]).isspace()]
    if not seen:
        return None
    boxes = [text.get_charbox(i, loose=True) for i in (seen[0], seen[-1])]
    bottom = statistics.median(text.get_charbox(i, loose=True)[1] for i in seen[:20])
    size = statistics.median(raw.FPDFText_GetFontSize(text, i) for i in seen[:20])
    utf16 = written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Line(utf16.strip(" "), boxes[0][0], boxes[1][2], bottom, size)
