"""EPUB books (EPUB 3.3, W3C; OPF 2.0): a chapter is an article, in the order of the spine."""

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote

from index.article import Draft
from index.formats.container import Container
from index.formats.dates import parse_date
from index.formats.decode import decode
from index.formats.markup import html_text
from index.formats.record import MAX_DOCUMENT, Refusal, Unreadable, reason_of
from index.sanitise import clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_BOOK: Final = "not an EPUB book, or a damaged one"


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str
    title: str


class _Book:
    """The package document: what the book is called, and which files it is made of."""

    def __init__(self, container: Container) -> None:
        self._container = container
        rootfiles = self._xml("META-INF/container.xml").xpath("//*[local-name()='rootfile']/@full-path")
        if not rootfiles:
            raise Unreadable(_NO_BOOK)
        self._folder = posixpath.dirname(rootfiles[0])
        self._package = self._xml(rootfiles[0])
        items = self._package.xpath("//*[local-name()='manifest']/*[local-name()='item']")
        self._files = {item.get("id"): self._place(item.get("href") or "") for item in items}
        self._tables = [
            self._place(item.get("href") or "")
            for item in items
            if "nav" in (item.get("properties") or "").split() or "ncx" in (item.get("media-type") or "")
        ]

    def about(self, name: str) -> str:
        """Return a field of Dublin Core; empty if it has none."""
        values = self._package.xpath(
            "//*[local-name()=$name and contains(namespace-uri(), 'purl.org/dc')]/text()", name=name
        )
        return clean_line(str(values[0])) if values else ""

    def chapters(self) -> Iterator[_Chapter]:
        """Yield the files of the spine, but for the tables of contents, with the titles these give them."""
        titles: dict[str, str] = {}
        with suppress(Unreadable, ValueError):  # a damaged table of contents costs titles only
            self._add_titles(titles)
        idrefs = self._package.xpath("//*[local-name()='spine']/*[local-name()='itemref']/@idref")
        for name in dict.fromkeys(filter(None, map(self._files.get, idrefs))):
            if name not in self._tables:
                yield _Chapter(name, titles.get(name, ""))

    def _add_titles(self, titles: dict[str, str]) -> None:
        for table in self._tables:
            root = self._xml(table)
            points = root.xpath("//*[local-name()='navPoint']")
            links = [
                (
                    p.xpath("string(*[local-name()='content']/@src)"),
                    p.xpath("string(*[local-name()='navLabel'])"),
                )
                for p in points
            ]
            links += [
                (a.get("href") or "", a.xpath("string()"))
                for a in root.xpath("//*[local-name()='nav']//*[local-name()='a']")
            ]
            for target, title in links:
                name = posixpath.normpath(
                    posixpath.join(posixpath.dirname(table), unquote(target.partition("#")[0]))
                )
                titles.setdefault(name, clean_line(" ".join(title.split())))

    def _place(self, href: str) -> str:
        return posixpath.normpath(posixpath.join(self._folder, unquote(href.partition("#")[0])))

    def _xml(self, name: str) -> "_Element":
        from lxml import etree  # noqa: PLC0415 - costs 30 ms, needed by few files

        safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        try:
            root = etree.fromstring(self._container.data(name, MAX_DOCUMENT), safe)
        except etree.XMLSyntaxError:  # nothing that could be recovered
            root = None
        if root is None:
            raise Unreadable(_NO_BOOK)
        return root


def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield a draft for each chapter that has a text; its key is its file's name. Raises Unreadable."""
    container = Container(stream)
    try:
        book = _Book(container)
        title, author, lang = book.about("title"), book.about("creator"), book.about("language")[:2].lower()
        date, chapters = parse_date(book.about("date")), list(book.chapters())
    except UnicodeDecodeError as error:  # lxml recovers bytes that are no text, and fails when asked for them
        raise Unreadable(_NO_BOOK) from error
    for number, chapter in enumerate(chapters, start=1):
        try:
            text = html_text(decode(container.data(chapter.name, MAX_DOCUMENT)))
        except Exception as error:  # noqa: BLE001 - the border: one bad chapter must not cost the book
            yield Refusal(chapter.name, reason_of(error))
            continue
        # Else a cover, or a page that only announces a part.
        if any(map(str.isalpha, text.replace(chapter.title, "", 1))):
            name = chapter.title or text.split("\n\n", 1)[0][:120] or f"{number}"
            yield Draft(
                text=text, title=name, date=date, lang=lang, source=title, author=author, key=chapter.name
            )
