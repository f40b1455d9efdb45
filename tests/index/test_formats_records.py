"""Files of many records: feeds, JSON, tables, mailboxes, books, archives."""

import io
import json
import struct
import zipfile
import zlib
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Draft, canonical
from index.formats import FORMATS, Refusal, Unreadable, archive, container, format_of
from index.formats.markup import html_text


def read(name: str, data: str | bytes) -> list[Draft | Refusal]:
    reader = format_of(name)
    assert reader
    return list(reader(io.BytesIO(data.encode() if isinstance(data, str) else data)))


def drafts(name: str, data: str | bytes) -> list[Draft]:
    return [record for record in read(name, data) if isinstance(record, Draft)]


# Markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un</p><p>deux</p>", "Un\n\ndeux"),
        ("Un<br>deux", "Un\n\ndeux"),
        ("<div>L&rsquo;État  \n dit&nbsp;: «&#8239;non&#8239;»</div>", "L’État dit\u00a0: «\u202fnon\u202f»"),
        ("<p>Le <b>JNIM</b>, <i>lié</i> à…</p>", "Le JNIM, lié à…"),
        ("<p>a</p><script>alert('x')</script><style>p{}</style><p>b</p>", "a\n\nb"),
        ("<ul><li>un<li>deux</ul>fin", "un\n\ndeux\n\nfin"),
        ("<!-- rien -->", ""),
        ("sans balise", "sans balise"),
        ("<p>3 < 4 & 5 > 2</p>", "3 < 4 & 5 > 2"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert html_text(markup) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="<&"), min_size=1))
def test_text_without_markup_keeps_every_character(text: str) -> None:
    collapsed = " ".join(text.replace("\u2028", "\u2028").split(" ")).strip(" ")
    words = [word for word in collapsed.split(" ") if word]
    assert html_text(f"<p>{text}</p>") == " ".join(words)


def test_deep_nesting_loses_no_text_in_silence() -> None:
    assert html_text("<div>" * 1_000 + "fond" + "</div>" * 1_000 + "<p>fin</p>") == "fond\n\nfin"
    with pytest.raises(Unreadable, match="deep"):
        html_text("<div>" * 100_000 + "fond")
    record = {"title": "T", "text": "<p>" + "<div>" * 5_000 + "fond</p>"}
    assert read("a.jsonl", json.dumps(record)) == [Refusal("line 1", "its elements are nested too deep")]


# Feeds

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le Fil &amp; Cie</title><language>fr-FR</language>
<item><title>Une attaque à Gao</title><link>https://exemple.test/1</link><guid>g1</guid>
<pubDate>Tue, 17 Sep 2024 23:30:00 +0200</pubDate><description>Court.</description>
<content:encoded><![CDATA[<p>Premier paragraphe.</p><p>« Second » paragraphe.</p>]]></content:encoded></item>
<item><title>Sans texte</title><link>https://exemple.test/2</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atome</title>
<entry><id>tag:1</id><title>Titre</title><updated>2024-09-19T10:00:00Z</updated>
<author><name>A. Diallo</name></author><summary>Un résumé qui tient lieu de texte.</summary></entry></feed>"""


def test_a_feed_is_its_entries() -> None:
    first, second = read("fil.rss", RSS)
    assert first == Draft(
        text="Premier paragraphe.\n\n« Second » paragraphe.",
        title="Une attaque à Gao",
        date="2024-09-17",
        lang="fr",
        source="Le Fil & Cie",
        url="https://exemple.test/1",
        key="g1",
    )
    assert second == Refusal("https://exemple.test/2", "no text, only a title")


def test_an_atom_entry_with_only_a_summary_is_read() -> None:
    (entry,) = drafts("fil.atom", ATOM)
    assert (entry.key, entry.author, entry.date) == ("tag:1", "A. Diallo", "2024-09-19")
    assert entry.text == "Un résumé qui tient lieu de texte."


@pytest.mark.parametrize(
    "data", ["", "rien", "<html><body>x</body></html>", '<rss version="2.0"/>', "http://127.0.0.1/"]
)
def test_what_is_no_feed_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        read("fil.xml", data)


def test_entities_do_not_explode() -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    data = bomb + "]><rss version='2.0'><channel><item><description>&j;</description></item></channel></rss>"
    with suppress(Unreadable):
        assert sum(len(draft.text) for draft in drafts("bombe.xml", data)) < 1_000_000


# JSON and tables


@pytest.mark.parametrize(
    "given",
    [
        {"title": "T", "text": "Un texte."},
        [{"title": "T", "text": "Un texte."}],
        {"articles": [{"titre": "T", "contenu": "Un texte."}], "total": 1},
        {"status": "ok", "data": {"items": [{"headline": "T", "body": "Un texte."}]}},
        [{"title": {"rendered": "T"}, "content": {"rendered": "<p>Un texte.</p>"}}],
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "title": "T", "content_html": "<p>Un texte.</p>"}],
        },
    ],
)
def test_json_of_any_usual_shape(given: object) -> None:
    (draft,) = drafts("export.json", json.dumps(given))
    assert (draft.title, draft.text) == ("T", "Un texte.")


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", '"x"', "[" * 100_000, '{"a": 1}'])
def test_json_without_articles_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        read("export.json", data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_its_rows(delimiter: str) -> None:
    rows = [
        ["id", "Titre", "Date", "Texte", "source"],
        ["7", "Un titre", "19 septembre 2024", '"Le JNIM, dit-il, « a » attaqué ; oui."', "Presse"],
        ["8", "Vide", "", "", ""],
    ]
    first, second = read("export.csv", "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows))
    assert isinstance(first, Draft)
    assert (first.key, first.date, first.source) == ("7", "2024-09-19", "Presse")
    assert first.text == "Le JNIM, dit-il, « a » attaqué ; oui."
    assert second == Refusal("8", "no text")


def test_a_table_without_a_column_of_texts_is_refused() -> None:
    with pytest.raises(Unreadable, match="column"):
        read("export.csv", "a,b\n1,2\n")


def test_lines_in_a_quoted_field_are_the_text() -> None:
    (draft,) = drafts("export.csv", 'title,text\nT,"Un\n\ndeux"\n')
    assert canonical(draft.text) == "Un\n\ndeux"


# E-mail


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = headers.get("subject", "Réunion à Ouagadougou")
    made["From"] = "Aminata <a@exemple.test>"
    made["Date"] = "Tue, 17 Sep 2024 23:30:00 +0200"
    if "id" in headers:
        made["Message-ID"] = headers["id"]
    return made


def test_a_message_is_read_with_its_plain_part() -> None:
    made = message()
    made.set_content("L’État-major dit : « non ».\n\nFin.")
    made.add_alternative("<p>autre</p>", subtype="html")
    made.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="x.bin")
    (draft,) = drafts("m.eml", made.as_bytes())
    assert draft.title == "Réunion à Ouagadougou"
    assert draft.text == "L’État-major dit : « non ».\n\nFin."
    assert (draft.date, draft.source) == ("2024-09-17", "Aminata <a@exemple.test>")


def test_a_message_in_html_and_a_forwarded_one() -> None:
    inner = message(subject="Dedans")
    inner.set_content("Texte transféré.")
    outer = message()
    outer.set_content("<p>Voir&nbsp;ci-dessous</p>", subtype="html")
    outer.add_attachment(inner)
    (draft,) = drafts("m.eml", outer.as_bytes())
    assert draft.text == "Voir\u00a0ci-dessous\n\nTexte transféré."


def test_a_message_in_latin_1_that_says_nothing_of_it() -> None:
    data = (
        b"Subject: Essai\r\nDate: 19 Sep 2024 10:00 +0000\r\n\r\n"
        + "Été à Gao, où l'armée a reculé.".encode("latin-1")
    )
    (draft,) = drafts("m.eml", data)
    assert draft.text == "Été à Gao, où l'armée a reculé."


def test_a_mailbox_is_its_messages() -> None:
    one, two = message(id="<1@x>"), message()
    one.set_content("Premier.\n\n>From ici on compte.")
    two.set_content("Second.")
    data = b"".join(b"From a@x Tue Sep 17 2024\n" + m.as_bytes() + b"\n\n" for m in (one, two))
    first, second = drafts("boite.mbox", data.replace(b"\r\n", b"\n"))
    assert (first.key, second.key) == ("<1@x>", "message 2")
    assert first.text == "Premier.\n\nFrom ici on compte."
    with pytest.raises(Unreadable):
        read("boite.mbox", "Subject: rien\n\n")


def test_a_header_in_bytes_that_say_nothing_of_themselves() -> None:
    for encoding in ("utf-8", "cp1252"):
        (draft,) = drafts("m.eml", "Subject: L’été à Gao, côté État\r\n\r\nTexte.".encode(encoding))
        assert draft.title == "L’été à Gao, côté État"


@pytest.mark.parametrize(
    "headers",
    [
        b"Subject: " + b"=?utf-8?q?a?= " * 50_000,
        b"From: " + b"(" * 50_000,
        b"Content-Type: text/plain; " + b"(" * 5_000,
        b"Content-Disposition: " + b"(" * 5_000,
        b"Message-ID: " + b"[" * 5_000,
    ],
    ids=["words", "comments", "type", "disposition", "id"],
)
def test_a_hostile_header_costs_itself(headers: bytes) -> None:
    (draft,) = drafts("m.eml", headers + b"\r\nDate: 19 Sep 2024 10:00 +0000\r\n\r\nTexte.")
    assert (draft.text, draft.date) == ("Texte.", "2024-09-19")


def test_a_message_that_cannot_be_read_costs_itself_in_its_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    from index.formats import mail

    def record(data: bytes, read=mail._record) -> Draft | Refusal:
        if b"mauvais" in data:
            raise RecursionError
        return read(data)

    monkeypatch.setattr(mail, "_record", record)
    data = b"".join(b"From a@x\n\n%s\n\n" % body for body in (b"Un.", b"mauvais", b"Trois."))
    one, bad, three = read("boite.mbox", data)
    assert isinstance(one, Draft)
    assert isinstance(three, Draft)
    assert bad == Refusal("message 2", "its parts are nested too deep")


# Books and archives

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>'
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Le Livre</dc:title><dc:creator>M. Keïta</dc:creator><dc:date>2023-03-06</dc:date><dc:language>fr-FR</dc:language>
</metadata><manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="a" href="un%20.xhtml" media-type="application/xhtml+xml"/><item id="b" href="deux.xhtml" media-type="x"/></manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/><itemref idref="rien"/></spine></package>"""
NAV = '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a href="deux.xhtml#x">Chapitre\n premier</a></li></ol></nav></body></html>'


def zipped(files: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive_file:
        for name, data in files.items():
            archive_file.writestr(name, data)
    return made.getvalue()


def book(**changes: bytes | str) -> bytes:
    files: dict[str, bytes | str] = {
        "META-INF/container.xml": CONTAINER,
        "O/b.opf": OPF,
        "O/nav.xhtml": NAV,
        "O/deux.xhtml": "<html><body><h1>Chapitre premier</h1><p>Il était une fois.</p></body></html>",
        "O/un .xhtml": "<html><body><p>La suite\u00a0: fin.</p></body></html>",
    }
    return zipped(files | changes)


def test_a_book_is_its_chapters_in_the_order_of_the_spine() -> None:
    first, second = drafts("livre.epub", book())
    assert (first.title, first.text) == ("Chapitre premier", "Chapitre premier\n\nIl était une fois.")
    assert (second.title, second.text) == ("La suite\u00a0: fin.", "La suite\u00a0: fin.")
    assert (first.source, first.author, first.date, first.lang) == (
        "Le Livre",
        "M. Keïta",
        "2023-03-06",
        "fr",
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zipped({"x": "y"}), book(**{"O/b.opf": "<x/>"})])
def test_what_is_no_book_is_refused_or_empty(data: bytes) -> None:
    with suppress(Unreadable):
        assert drafts("livre.epub", data) == []


def test_an_archive_is_the_files_in_it() -> None:
    data = zipped(
        {
            "a/un.txt": "Un titre\n\nUn texte sur Gao.",
            "fil.rss": RSS,
            "../../sortie.txt": "Titre\n\nUn nom qui voudrait sortir.",
            "photo.jpg": b"\xff\xd8",
            "__MACOSX/._un.txt": "x",
            ".cache.txt": "x",
            "dedans.zip": zipped({"b.md": "# Titre\n\nTexte du dedans."}),
        }
    )
    found = {record.key: record for record in read("tout.zip", data)}
    assert set(found) == {
        "a/un.txt", "fil.rss#g1", "fil.rss#https://exemple.test/2", "../../sortie.txt", "photo.jpg", "dedans.zip#b.md",
    }  # fmt: skip
    assert found["photo.jpg"] == Refusal("photo.jpg", "not a format Liseuse reads")
    assert isinstance(found["dedans.zip#b.md"], Draft)


def test_archives_are_opened_so_deep_and_no_deeper() -> None:
    data = zipped({"a.txt": "Titre\n\nTexte."})
    for _ in range(archive.MAX_DEPTH + 1):
        data = zipped({"z.zip": data})
    (record,) = read("poupées.zip", data)
    assert isinstance(record, Refusal)
    assert "deep" in record.reason


def test_a_bomb_is_refused_and_its_neighbour_read() -> None:
    data = zipped({"bombe.txt": b"0" * 50_000_000, "bon.txt": "Titre\n\nTexte."})
    bomb, good = read("a.zip", data)
    assert isinstance(bomb, Refusal)
    assert "grows" in bomb.reason
    assert isinstance(good, Draft)


def test_a_file_whose_reader_fails_costs_itself_in_its_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(stream: object) -> object:
        raise ZeroDivisionError
        yield

    monkeypatch.setitem(FORMATS, ".eml", fails)
    bad, good = read("a.zip", zipped({"m.eml": "x", "bon.txt": "Titre\n\nTexte."}))
    assert bad == Refusal("m.eml", "cannot be understood (ZeroDivisionError)")
    assert isinstance(good, Draft)


def test_files_that_overlap_are_not_unpacked() -> None:
    one = zipped({"1.txt": "Titre\n\n" + "Texte. " * 100})
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entries = one[at:end] * 3
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, len(entries), at, 0)
    with pytest.raises(Unreadable, match="overlap"):
        read("a.zip", one[:at] + entries + tail)


def test_names_in_an_archive_that_say_nothing_of_their_encoding() -> None:
    data = zipped({"été.txt": "Titre\n\nTexte.", "b.txt": "Titre\n\nDeux."})
    unmarked = data.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert unmarked != data
    assert [record.key for record in read("a.zip", unmarked)] == ["été.txt", "b.txt"]


def test_many_members_share_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_TOTAL", 100_000)
    data = zipped({f"{n}.txt": f"Titre {n}\n\n" + "Texte. " * 4_000 for n in range(10)})
    kinds = [type(record) for record in read("a.zip", data)]
    assert kinds[:3] == [Draft] * 3
    assert kinds[4:] == [Refusal] * 6


def test_a_member_with_a_password_and_a_damaged_one() -> None:
    data = bytearray(zipped({"un.txt": "Titre\n\n" + "Texte. " * 100, "deux.txt": "Titre\n\nTexte."}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 8] |= 1  # the bit that says that it is encrypted
    start = 30 + len("un.txt")
    data[start : start + 4] = b"\xff" * 4
    broken, locked = read("a.zip", bytes(data))
    assert isinstance(broken, Refusal)
    assert locked == Refusal("deux.txt", "needs a password")


@pytest.mark.parametrize("suffix", sorted(set(FORMATS)))
@settings(max_examples=40, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        for record in read(f"x{suffix}", data):
            if isinstance(record, Draft):
                assert canonical(canonical(record.text)) == canonical(record.text)
    except Unreadable as error:
        assert str(error)


def test_unpacked_sizes_that_lie_are_not_believed() -> None:
    data = bytearray(zipped({"a.txt": b"x" * 3_000_000}))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 10)
    struct.pack_into("<I", data, central + 16, zlib.crc32(b"x" * 10))
    (record,) = read("a.zip", bytes(data))
    assert isinstance(record, Refusal) or len(record.text) <= 10


@pytest.mark.parametrize(
    "damage",
    ["<image><height></height></image>", "<item><title>&#xd800;</title></item>", "&undefined;<b"],
)
def test_a_damaged_feed_gives_what_can_be_read_in_it(damage: str) -> None:
    """The first two are what feedparser itself fails on."""
    data = RSS.replace("<channel>", f"<channel>{damage}").replace("Court.", "Court & bref.")
    assert "Premier paragraphe.\n\n« Second » paragraphe." in [
        draft.text for draft in drafts("fil.rss", data)
    ]
