"""Saved web pages: trafilatura finds the article, its title, date, author and site among the rest."""

from collections.abc import Iterator
from typing import BinaryIO

from index.article import Draft
from index.formats.dates import find_dateline, parse_date
from index.formats.decode import decode
from index.formats.record import Unreadable, whole
from index.sanitise import clean_line


def read(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one draft of a saved page. Raises Unreadable where no article is found."""
    # Imported here: it brings lxml and more, half a second, and only pages need it.
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    page = bare_extraction(
        decode(whole(stream)),
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(page, Document) or not page.text:
        message = "no article found in the page"
        raise Unreadable(message)
    text = "\n\n".join(line for line in page.text.split("\n") if line.strip())
    dateline = find_dateline(text)
    yield Draft(
        text=text,
        title=clean_line(page.title or ""),
        date=parse_date(page.date or ""),
        place=dateline.place if dateline else "",
        lang=(page.language or "")[:2],
        source=clean_line(page.sitename or page.hostname or ""),
        author=clean_line(page.author or ""),
        url=clean_line(page.url or ""),
    )
