"""A home in which everything that can be named, written or remembered is hostile.

`sources` writes a file of every format with the payload in each of its fields; `fill` adds them,
annotates them, and then writes the payload past every sanitiser into the stores themselves: what is
painted must be safe whatever way it came in.
"""

import csv
import hashlib
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Final

import yaml
from wire.payload import IN_A_LINE, IN_A_NAME, PAYLOAD

from index.article import Article, EntityType, Mention, Span
from index.entities.corrections import Correction, Kind
from notes import Source
from reader.paths import Places, places
from reader.workspace import Workspace

PROSE: Final = "Le JNIM a frappé Bamako lundi. Le général Oumar Diarra a parlé à Gao, selon des sources."
FIELDS: Final = ("title", "place", "source", "author", "url", "id")


def _record(suffix: str) -> dict[str, str]:
    fields = {name: f"{name} {suffix} {PAYLOAD}" for name in FIELDS}
    return {**fields, "date": "2024-09-19", "lang": "fr", "text": f"{PROSE} {suffix}.\n\n{PAYLOAD} {PROSE}"}


def _json(suffix: str) -> bytes:
    return json.dumps([_record(suffix)]).encode()


def _plain(suffix: str) -> bytes:
    return f"Titre {suffix} {IN_A_LINE}\n\nBamako{IN_A_LINE}, 19 septembre 2024 – {PROSE} {suffix}\n".replace(
        "\x00", ""
    ).encode()


def _markdown(suffix: str) -> bytes:
    front = yaml.safe_dump({k: v for k, v in _record(suffix).items() if k != "text"})
    return b"---\n" + front.encode() + b"---\n# " + _plain(suffix)


def _table(suffix: str) -> bytes:
    stream = io.StringIO()
    record = {name: value.replace("\x00", "") for name, value in _record(suffix).items()}
    delimiter = "," if suffix == ".csv" else "\t"
    rows = csv.DictWriter(stream, list(record), delimiter=delimiter)
    rows.writeheader()
    rows.writerow(record)
    return stream.getvalue().encode()


def _page(suffix: str) -> bytes:
    shown = escape(PAYLOAD.replace("\x00", ""))
    metas = "".join(
        f'<meta property="{name}" content="{shown}">'
        for name in ("og:title", "og:site_name", "og:url", "article:author", "author")
    )
    return (
        f"<html lang=fr><head><title>{suffix} {shown}</title>{metas}<script>document.write('{shown}')</script>"
        f"</head><body><article><h1>{suffix} {shown}</h1><p>{PROSE} {suffix} {shown}</p>"
        f"{f'<p>{PROSE}</p>' * 4}<a href='javascript:{shown}'>{shown}</a></article></body></html>"
    ).encode()


def _xml_text(text: str) -> str:
    """Escape what XML can hold, and leave the C1 and the deceptive characters in."""
    return escape("".join(c for c in text if c in "\t\n" or ord(c) >= 0x20))


def _feed(suffix: str) -> bytes:
    shown = _xml_text(f"{suffix} {PAYLOAD}")
    tags = {"title": shown, "link": shown, "author": shown, "guid": shown, "description": shown + PROSE}
    item = "".join(f"<{tag}>{text}</{tag}>" for tag, text in tags.items())
    return f"<rss version='2.0'><channel><title>{shown}</title><item>{item}</item></channel></rss>".encode()


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _book(suffix: str) -> bytes:
    shown = _xml_text(PAYLOAD)
    facts = "".join(
        f"<dc:{tag}>{shown}</dc:{tag}>" for tag in ("title", "creator", "publisher", "identifier", "language")
    )
    package = (
        f"<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>{facts}</metadata>"
        "<manifest><item id='c' href='c.xhtml'/></manifest><spine><itemref idref='c'/></spine></package>"
    )
    chapter = (
        f"<html><head><title>{shown}</title></head><body><h1>{shown}</h1><p>{PROSE}{suffix}</p></body></html>"
    )
    container = "<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>"
    parts = {"META-INF/container.xml": container, "p.opf": package, "c.xhtml": chapter}
    return _zip({name: text.encode() for name, text in parts.items()})


def _letter(suffix: str) -> bytes:
    body = EmailMessage()
    body.set_content(f"{PROSE} {suffix} {PAYLOAD}")
    named = f"=?utf-8?q?{''.join(f'={byte:02X}' for byte in IN_A_LINE.encode())}?="
    heads = f"From: {named} <a@b.example>\nSubject: {suffix} {named}\nMessage-ID: {named}\n"
    return (heads + "Date: Thu, 19 Sep 2024 10:00:00 +0000\n").encode() + body.as_bytes()


def _pdf(suffix: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setTitle(f"{suffix} {IN_A_LINE}")
    canvas.setAuthor(IN_A_LINE)
    canvas.setSubject(IN_A_LINE)
    for height in range(700, 100, -20):
        canvas.drawString(72, height, f"{PROSE} {suffix} \x1b[2J {height}")
    canvas.save()
    return stream.getvalue()


SAMPLES: Final[dict[str, Callable[[str], bytes]]] = {
    **dict.fromkeys((".txt", ".text"), _plain),
    **dict.fromkeys((".md", ".markdown"), _markdown),
    **dict.fromkeys((".htm", ".html", ".xhtml"), _page),
    **dict.fromkeys((".jsonl", ".ndjson"), lambda suffix: json.dumps(_record(suffix)).encode()),
    ".json": _json,
    **dict.fromkeys((".csv", ".tsv", ".tab"), _table),
    **dict.fromkeys((".rss", ".atom", ".xml", ".rdf"), _feed),
    ".epub": _book,
    ".pdf": _pdf,
    ".eml": _letter,
    **dict.fromkeys((".mbox", ".mbx"), lambda suffix: b"From a@b\n" + _letter(suffix)),
    ".zip": lambda suffix: _zip({f"{IN_A_LINE.replace(chr(0), '')}.txt": _plain(suffix)}),
}
"""For each name a file can end in, what makes a hostile one."""


def sources(folder: Path) -> Path:
    """Write a hostile file of every format, each under a hostile name, and some that are refused."""
    folder.mkdir(parents=True)
    for suffix, make in SAMPLES.items():
        _write(folder, f"{suffix[1:]}{IN_A_NAME}"[:120], suffix, make(suffix))
        _write(folder, f"refused{suffix[1:]}{IN_A_NAME}"[:120], suffix, b"\x00\x01" + PAYLOAD.encode())
    return folder


def _write(folder: Path, stem: str, suffix: str, data: bytes) -> None:
    name = os.fsencode(folder) + b"/" + stem.encode()[:200].decode("utf-8", "ignore").encode()
    with open(name + suffix.encode(), "wb") as stream:
        stream.write(data)


def fill(home: Path, files: Path) -> list[str]:
    """Make the home of `files`; return the ids of its articles."""
    where = places(str(home))
    with Workspace(where) as space:
        list(space.add([str(files)]))
        articles = [space.collection.article(id) for id in space.collection.library.ids()]
        for article in sorted(articles, key=lambda one: (one.date, one.id)):
            _annotate(space, article)
        _note(space, article, None)  # in the notebook's last place: what asks for a passage meets one first
        _remember(space)
    _say(where)
    _poison(where)
    with Workspace(where) as space:
        space.collection.library.owe_everything()
        list(space.collection.settle())
        return space.collection.library.ids()


def _annotate(space: Workspace, article: Article) -> None:
    names = [("Bamako", EntityType.PLACE), ("JNIM", EntityType.ORG), ("Oumar Diarra", EntityType.PERSON)]
    names += [("Gao", EntityType.PLACE), ("here", EntityType.OTHER), ("cleared", EntityType.EVENT)]
    found = [
        Mention(article.text.index(n), article.text.index(n) + len(n), kind, n)
        for n, kind in names
        if n in article.text
    ]
    space.collection.library.mentions.put(article.revision, article.text, "wire", found)
    _note(space, article, found[0] if found else Span(0, len(article.text) // 2 + 1))


def _note(space: Workspace, article: Article, span: Span | None) -> None:
    source = Source(PAYLOAD, article.date, PAYLOAD, PAYLOAD, PAYLOAD)
    anchor = space.anchor(article, span) if span else None
    tags = [f"étiquette {IN_A_LINE.replace(',', ' ').replace('/', '')}"[:60], "plain"]
    space.notebook.add(article.id, article.revision, source, anchor, PAYLOAD, tags, article.text)


def _remember(space: Workspace) -> None:
    for query in (IN_A_LINE, f"JNIM {IN_A_LINE}", "JNIM"):
        space.memory.remember(query)
        space.memory.keep(query)
    id = space.collection.library.ids()[0]
    space.notebook.save_draft(id, None, comment=PAYLOAD, tags=PAYLOAD)
    for kind in (Kind.TYPE, Kind.WRONG):
        to = "org" if kind is Kind.TYPE else ""
        space.corrector.keep(Correction.of(kind, IN_A_LINE, EntityType.PLACE, to, id), shown="")


def _say(where: Places) -> None:
    """Settings and a gazetteer that are wrong, in words that are hostile."""
    said = json.dumps(IN_A_LINE.replace("\U000e0041", "").replace("\U000e007f", "").replace("\U000e0100", ""))
    where.config.write_text(f"theme = {said}\n[keys]\n{said} = {said}\n")


_TEXTS: Final = {
    "library": {
        "article": ("title", "place", "source", "author", "url"),
        "location": ("title", "place", "source", "author", "url"),
        "mention": ("entity", "surface"),
        "naming": ("name",),
    },
    "notes": {
        "note_revision": ("comment", "quote", "prefix", "suffix", "title", "source", "url", "path"),
        "tag": ("name",),
        "draft": ("comment",),
    },
}


def _poison(where: Places) -> None:
    """Write the payload behind what is in the stores, as somebody could who has sent the file itself."""
    for store, tables in _TEXTS.items():
        with closing(sqlite3.connect(getattr(where, store))) as db, db:
            guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for guard, _sql in guards:
                db.execute(f"DROP TRIGGER {guard}")
            for table, columns in tables.items():
                for column in columns:
                    sql = f"UPDATE {table} SET {column} = {column} || ? WHERE {column} NOT IN ('', '[]')"
                    db.execute(sql, [PAYLOAD])
            for _guard, sql in guards:
                db.execute(sql)
    with closing(sqlite3.connect(where.library)) as db, db:
        for revision, body in db.execute("SELECT revision, body FROM text").fetchall():
            _rewrite(db, revision, f"{body}\n\n{PAYLOAD}")


def _rewrite(db: sqlite3.Connection, revision: str, body: str) -> None:
    """Put another text in the place of one, under the name that is its own."""
    name = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    db.execute("UPDATE text SET body = ? WHERE revision = ?", [body, revision])
    for table in ("text", "article", "annotation", "finding", "mention"):
        db.execute(f"UPDATE {table} SET revision = ? WHERE revision = ?", [name, revision])
