"""Saved web pages: the article among all the rest, with its title, date, author and site."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from index.article import Draft
from index.formats.dates import find_dateline, parse_date
from index.formats.decode import decoded
from index.formats.html.body import body_text
from index.formats.markup import tree_of, without_subset
from index.formats.record import Unreadable, whole
from index.sanitise import clean_line

_BY: Final = re.compile(
    r"^(?:(?:publié|posté|écrit|propos recueillis|posted|written)\s+)?(?:par|by)\s+", re.IGNORECASE
)


def read(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one draft of a saved page. Raises Unreadable where no article is found."""
    # Imported here: it brings lxml and more, half a second, and only pages need it.
    from trafilatura import bare_extraction, extract_metadata  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    found = decoded(whole(stream), declares=True)
    markup = without_subset(found.text)
    dating = {"original_date": True, "extensive_search": False}
    page = bare_extraction(markup, include_comments=False, with_metadata=True, date_extraction_params=dating)
    about = page if isinstance(page, Document) else extract_metadata(markup, date_config=dating)
    root = tree_of(markup)
    title = clean_line(about.title or "")
    text = "" if root is None else body_text(root, about.text or "", about.description or "", title)
    if not text:
        message = "no article found in the page"
        raise Unreadable(message)
    dateline = find_dateline(text)
    yield Draft(
        text=text,
        title=title,
        date=parse_date(about.date or ""),
        place=dateline.place if dateline else "",
        lang=(root.get("lang") or about.language or "")[:2].lower() if root is not None else "",
        source=clean_line(about.sitename or about.hostname or ""),
        author=_BY.sub("", clean_line(about.author or "")),
        url=clean_line(about.url or ""),
        encoding=found.name,
    )
