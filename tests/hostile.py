"""A folder of files made to harm: each with what must become of it, ADDED or a part of the reason."""

import io
import json
import os
import socket
import struct
import zipfile
from contextlib import chdir
from email.message import EmailMessage
from pathlib import Path
from typing import Final

ADDED: Final = ""
MIB: Final = 1 << 20
PROSE: Final = "Les combats ont repris lundi dans le nord du pays, selon des sources locales. "
BOMB: Final = "too large, or grows too much"

Files = dict[str | bytes, tuple[bytes, str]]


def build(folder: Path) -> dict[bytes, str]:
    """Fill a folder; return what must become of each name in it, `ADDED` or a part of the reason."""
    expected = {}
    for name, (data, fate) in every_file().items():
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        Path(os.fsdecode(path)).write_bytes(data)
        expected[os.fsencode(name)] = fate
    return expected | _special(folder)


def every_file() -> Files:
    """Return what is in each file, with its fate, by name."""
    return {
        **_plain(),
        **_records(),
        **_pages(),
        **_books(),
        **_pdf(),
        **_mail(),
        **_archives(),
    }


def _special(folder: Path) -> dict[bytes, str]:
    """What is no regular file, or one that must not be read."""
    secret = folder.parent / "secret.txt"
    secret.write_text("SECRET")
    os.mkfifo(folder / "pipe.txt")
    links = {"zero.txt": "/dev/zero", "loop": ".", "itself.txt": "itself.txt", "out.txt": secret}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    with socket.socket(socket.AF_UNIX) as made, chdir(folder):  # a socket's path is short
        made.bind("socket.txt")
    with (folder / "sparse.txt").open("wb") as stream:
        stream.truncate(100 << 30)
    (folder / "locked.txt").write_text(PROSE)
    (folder / "locked.txt").chmod(0)
    (folder / "closed").mkdir(mode=0)
    return {
        **dict.fromkeys(map(os.fsencode, links), "links are not followed"),
        b"pipe.txt": "not a regular file",
        b"socket.txt": "not a regular file",
        b"sparse.txt": "larger than",
        b"locked.txt": "Permission denied",
        b"closed": "Permission denied",
    }


def _plain() -> Files:
    return {
        "good.txt": (f"Titre\n\n{PROSE}".encode(), ADDED),
        b"caf\xe9.txt": (f"Latin\n\n{PROSE}".encode("latin-1"), ADDED),
        "\x1b]52;c;UFdORUQ=\x07\n.txt": (f"Nom\n\n{PROSE}".encode(), ADDED),
        "controls.txt": (f"\x1b[2J\u202eTitre\x9b31m\n\n{PROSE}".encode(), ADDED),
        "line.txt": ((PROSE * (10 * MIB // len(PROSE))).encode(), ADDED),
        "word.txt": (b"a" * 300_000, ADDED),
        "dots.txt": (b". " * 50_000, ADDED),
        "large.txt": (b"a " * (9 * MIB), "larger than 16 MiB"),
        "nul.txt": (b"a\0b", "not a text file"),
        "empty.txt": (b"", "no text"),
        "program.txt": (b"\x7fELF\x02\x01\x01" + b"\0" * 999, "not a text file"),
        "alias.md": (f"---\na: &a [x]\nb: [{'*a,' * 999}]\n---\n{PROSE}".encode(), "aliases"),
        "front.md": (f"---\na: {'[' * 2_000}\n---\n{PROSE}".encode(), "not valid YAML"),
        "quotes.md": (b">" * 60_000 + PROSE.encode(), "nested more than 100 deep"),
        "brackets.md": (b"[" * 60_000 + PROSE.encode(), ADDED),
    }


def _records() -> Files:
    good = json.dumps({"text": f"{PROSE} Un."})
    rows = f"texte\n{PROSE} Deux.\n".encode()
    entities = "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    quadratic = f"<!DOCTYPE r [<!ENTITY a '{'a' * 50_000}'>]>{_feed('&a;' * 50_000)}"
    outside = "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    return {
        "long-line.jsonl": (json.dumps({"text": PROSE * (2 * MIB // 80)}).encode(), ADDED),
        "longer-line.jsonl": (
            b'{"text": "' + b"a" * (17 * MIB) + b'"}\n' + good.encode(),
            "longer than 16 MiB",
        ),
        "deep.jsonl": (b"[" * 200_000 + b"\n" + good.replace("Un.", "Deux.").encode(), "not valid JSON"),
        "deep.json": (b'{"a":' * 200_000, "not valid JSON"),
        "digits.json": (b'[{"text":' + b"1" * 9_999 + b"}]", "not valid JSON"),
        "many.json": (b"[" + b'{"a":1},' * 50_000 + b"{}]", "more records"),
        "good.jsonl": (good.replace("Un.", "Trois.").encode(), ADDED),
        "good.csv": (f'id;titre;date;texte\n1;Titre;2024-09-19;"{PROSE} Quatre."\n'.encode(), ADDED),
        "good.rss": (_feed(f"<![CDATA[<p>{PROSE} Cinq.</p>]]>").encode(), ADDED),
        "blanks.rss": (_feed("\n" * 500_000 + f"<![CDATA[<p>{PROSE} Cinq et demi.</p>]]>").encode(), ADDED),
        "surrogate.json": (b'{"text": "seul \\ud800 et \\u0000 nul"}', ADDED),
        "field.csv": (b"texte\n" + b"a" * (17 * MIB) + b"\n", "field larger than field limit"),
        "columns.csv": (b"texte" + b",x" * 200_000 + b"\n" + PROSE.encode(), ADDED),
        "quote.csv": (b'texte\n"' + PROSE.encode() * 99, ADDED),
        "nul.csv": (rows.replace(b"Deux", b"Trois") + b"a\0b\n", "not a text file"),
        "empty-rows.csv": (
            b"texte,a\n" + b",x\n" * 100_000 + rows[6:],
            "more records of this file were refused",
        ),
        "bomb.xml": (f"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>{entities}]>{_feed('&j;')}".encode(), ADDED),
        "quadratic.xml": (quadratic.encode(), ADDED),
        "outside.xml": (f"{outside}{_feed('x&a;')}".encode(), ADDED),
        "deep.xml": (b"<a>" * 100_000, "not a feed"),
        "deep.rss": (_feed("<![CDATA[" + "<div>" * 100_000 + "]]>").encode(), "deep"),
    }


def _feed(description: str) -> str:
    return (
        f"<rss version='2.0'><channel><item><description>{description}</description></item></channel></rss>"
    )


def _pages() -> Files:
    page = f"<html><body><h1>Titre</h1><article>{f'<p>{PROSE * 5}</p>' * 5}</article></body></html>"
    return {
        "page.html": (page.encode(), ADDED),
        "deep.html": (b"<div>" * 200_000 + PROSE.encode(), "nested too deep"),
        "attributes.html": (b"<p" + b" a='b'" * 200_000 + b">" + page.encode(), ADDED),
        "nothing.html": (b"", "no "),
        "empty.html": (b"<html></html>", "no article"),
    }


def _books() -> Files:
    def book(package: bytes, chapter: bytes = b"") -> bytes:
        container = b"<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>"
        return _zip({"META-INF/container.xml": container, "p.opf": package, "c.xhtml": chapter})

    spine = b"<spine><itemref idref='c'/></spine>"
    package = b"<package><manifest><item id='c' href='%s'/></manifest>" + spine + b"</package>"
    chapter = f"<html><body><h1>Un</h1><p>{PROSE} Chapitre.</p></body></html>".encode()
    return {
        "good.epub": (book(package % b"c.xhtml", chapter), ADDED),
        "escape.epub": (book(package % b"../../../../etc/passwd"), "no file"),
        "bomb.epub": (book(package % b"c.xhtml", b"<p>" + b"a" * (64 * MIB)), BOMB),
        "package.epub": (book(b"<package>" + b" " * (64 * MIB)), BOMB),
        "none.epub": (b"PK\x03\x04", "not a ZIP file"),
    }


def _pdf() -> Files:
    from reportlab.pdfgen.canvas import Canvas

    def document(**options: object) -> bytes:
        stream = io.BytesIO()
        canvas = Canvas(stream, **options)
        for height in range(700, 100, -20):
            canvas.drawString(72, height, PROSE)
        canvas.save()
        return stream.getvalue()

    stream = io.BytesIO()
    empty = Canvas(stream)
    empty.rect(9, 9, 99, 99)
    empty.save()
    whole = document()
    return {
        "good.pdf": (whole, ADDED),
        "password.pdf": (document(encrypt="geheim"), "password"),
        "cut.pdf": (whole[: len(whole) // 3], "damaged"),
        "picture.pdf": (stream.getvalue(), "OCR"),
        "none.pdf": (b"%PDF-1.7\n" + os.urandom(999), "damaged"),
        "pages.pdf": (_page_tree_loop(), "damaged"),
    }


def _page_tree_loop() -> bytes:
    """A document whose pages contain themselves."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 999999999/Kids[2 0 R 2 0 R]>>"]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return body + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


def _mail() -> Files:
    def message(body: str, **headers: str) -> bytes:
        made = EmailMessage()
        for name, value in headers.items():
            made[name] = value
        made.set_content(body)
        return made.as_bytes()

    nested = b"Content-Type: message/rfc822\r\n\r\n" * 5_000 + b"Subject: fond\r\n\r\n" + PROSE.encode()
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2_000)
    )
    return {
        "good.eml": (message(f"{PROSE} Lettre.", Subject="Lettre"), ADDED),
        "parts-of-many-kinds.eml": (_with_parts(), ADDED),
        "good.mbox": (
            b"From a@b\n" + message(f"{PROSE} Une.") + b"\nFrom a@b\n" + _with_parts("Deux."),
            ADDED,
        ),
        "nested.eml": (nested, "no text"),
        "parts.eml": (parts + b"\r\n" + PROSE.encode(), "no text"),
        "headers.eml": (b"X-A: b\r\n" * 100_000 + b"\r\n" + PROSE.encode() + b"En-t\xc3\xaates.", ADDED),
        "subject.eml": (b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\r\n\r\n" + PROSE.encode() * 2, ADDED),
        "addresses.eml": (b"From: " + b"(" * 50_000 + b"\r\n\r\n" + PROSE.encode() * 3, ADDED),
        "empty.mbox": (
            b"From a@b Thu Sep 19 10:00:00 2024\n\n\n" * 100_000,
            "more records of this file were refused",
        ),
        "line.mbox": (b"From a@b\n" + b"a" * (17 * MIB), "larger than 16 MiB"),
    }


def _with_parts(mark: str = "Parties.") -> bytes:
    """Return a message with text as text and as HTML, an attachment, and a message passed on."""
    inner = EmailMessage()
    inner.set_content(f"{PROSE} Transmis. {mark}")
    made = EmailMessage()
    made["Subject"] = "L’été à Gao"
    made["Date"] = "Thu, 19 Sep 2024 10:00:00 +0000"
    made.set_content(f"{PROSE} {mark}")
    made.add_alternative(f"<p>{PROSE}</p>", subtype="html")
    made.add_attachment(inner)
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="é.pdf")
    return made.as_bytes()


def _archives() -> Files:
    text = f"Titre\n\n{PROSE} Dans une archive.".encode()
    zeros = b"a" * (64 * MIB)
    inner = _zip({"a.txt": zeros})
    for _ in range(4):
        inner = _zip({"inner.zip": inner})
    good = _zip({"a.txt": text})
    return {
        "good.zip": (good, ADDED),
        "flat.zip": (_zip({"a.txt": zeros}), BOMB),
        "matryoshka.zip": (inner, "deep"),
        "overlapping.zip": (_overlapping(500), "overlap"),
        "escape.zip": (_zip({"../../a.txt": text + b"1", "/etc/b.txt": text + b"2"}), ADDED),
        "members.zip": (_zip({f"{n}.txt": b"" for n in range(20_001)}), "more than 20000 files"),
        "cut.zip": (good[:-9], "damaged"),
        "empty.zip": (b"", "not a ZIP file"),
        "itself.zip": (_zip({"a.exe": b"MZ"}), "not a format"),
        "password.zip": (_flagged(good), "password"),
    }


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _flagged(archive: bytes) -> bytes:
    """Return an archive of one file that says of it that it is encrypted."""
    local, central = archive.index(b"PK\x03\x04") + 6, archive.index(b"PK\x01\x02") + 8
    data = bytearray(archive)
    data[local] = data[central] = 1
    return bytes(data)


def _overlapping(count: int) -> bytes:
    """Return an archive whose files all are the same bytes: what they take is in no entry too much."""
    one = _zip({"000.txt": PROSE.encode() * 12_000})
    at = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry = one[at:end]
    entries = b"".join(entry.replace(b"000.txt", b"%03d.txt" % n) for n in range(count))
    return one[:at] + entries + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), at, 0)
