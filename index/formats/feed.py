"""RSS and Atom: each entry with a text is an article; feedparser reads what no parser should have to."""

import re
from collections.abc import Iterator
from io import BytesIO
from time import struct_time
from typing import Any, BinaryIO, Final

from index.article import Draft
from index.formats.dates import parse_date
from index.formats.markup import html_text
from index.formats.record import Refusal, Unreadable, whole
from index.sanitise import clean_line

_BLANKS: Final = re.compile(rb"\n\s{64,}")
"""Many blank lines: feedparser looks for entities after each, in time that grows with their square."""


def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield a draft for each entry that has a text, and a refusal for each that has none.

    A draft's key is the entry's id, else its link, else its number, counted from 1.
    Raises Unreadable for what is not a feed.
    """
    feed = _understood(_BLANKS.sub(b"\n\n", whole(stream)))
    if not feed.entries:
        message = "a feed without entries" if feed.get("version") else "not a feed"
        raise Unreadable(message)
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield _record(feed.feed, entry, f"entry {number}")
        except Unreadable as error:
            yield Refusal(f"entry {number}", str(error))


def _understood(data: bytes) -> Any:  # noqa: ANN401 - feedparser's dicts of anything
    """Return what feedparser makes of a feed, mended if that is what it takes. Raises Unreadable."""
    for attempt in (bytes, _mended):
        try:
            return _parsed(attempt(data))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - feedparser raises anything at all on a few damaged feeds
            continue
    message = "a feed damaged beyond reading"
    raise Unreadable(message)


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - feedparser's dicts of anything
    import feedparser  # noqa: PLC0415 - costs 40 ms, needed by few files

    # A stream, never a text: feedparser takes a text that looks like an address for one.
    return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


def _mended(data: bytes) -> bytes:
    """Return a feed as well-formed XML, without what feedparser is known to fail on."""
    from lxml import etree  # noqa: PLC0415 - costs 30 ms, needed by few files

    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(data, safe)
    etree.strip_elements(root, "{*}height", "{*}width", with_tail=False)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _record(feed: Any, entry: Any, number: str) -> Draft | Refusal:  # noqa: ANN401 - feedparser's dicts of anything
    key = clean_line(_text(entry, "id") or _text(entry, "link")) or number
    contents = [_text(part, "value") for part in entry.get("content", []) if isinstance(part, dict)]
    text = max([*map(html_text, contents), html_text(_text(entry, "summary"))], key=len)
    if not text:
        return Refusal(key, "no text" if not entry.get("title") else "no text, only a title")
    return Draft(
        text=text,
        title=clean_line(html_text(_text(entry, "title"))),
        date=_date(entry),
        lang=clean_line(_text(feed, "language"))[:2].lower(),
        source=clean_line(html_text(_text(feed, "title"))),
        author=clean_line(_text(entry, "author")),
        url=clean_line(_text(entry, "link")),
        key=key,
    )


def _text(fields: Any, name: str) -> str:  # noqa: ANN401 - see above
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _date(entry: Any) -> str:  # noqa: ANN401 - see above
    for name in ("published", "updated", "created"):
        # As it is written where that can be read: feedparser moves it to Greenwich, and so to another day.
        if iso := parse_date(_text(entry, name)):
            return iso
        parsed = entry.get(f"{name}_parsed")
        if isinstance(parsed, struct_time):
            return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
    return ""
