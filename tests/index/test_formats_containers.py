"""Books and archives: every file in them read, none that does harm."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import RSS, drafts, read

from index.article import Draft, canonical
from index.formats import FORMATS, Refusal, Unreadable, archive, container

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


@pytest.mark.parametrize(
    ("name", "first", "last", "count"),
    [
        ("developers-reference", "Portée de ce document", "Internationalisation et traduction", 11),
        ("live-manual", "1. À propos de ce manuel", "19. Guide de style", 21),
    ],
)
def test_the_french_books_are_read_by_chapter(shared, name, first, last, count):
    (path,) = (shared / "corpora" / "epub").glob(f"{name}*.epub")
    titles = [draft.title for draft in drafts(path.name, path.read_bytes())]
    assert len(titles) == len(set(titles)) == count
    assert titles.index(first) == 1 < titles.index(last)


def test_a_page_that_only_announces_a_chapter_is_none() -> None:
    files = {"O/deux.xhtml": "<html><body><p>12</p><h1>Chapitre premier</h1></body></html>"}
    (only,) = drafts("livre.epub", book(**files))
    assert only.key == "O/un .xhtml"


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


def test_an_archive_of_many_small_bombs_gives_no_more_than_its_share() -> None:
    members = {f"{number}.txt": "Titre\n\n" + "Une phrase. " * 80_000 for number in range(200)}
    records = list(read("a.zip", zipped(members)))
    whole = sum(len(record.text) for record in records if isinstance(record, Draft))
    assert 32 << 20 < whole <= 64 << 20
    assert any(isinstance(record, Refusal) and "grows" in record.reason for record in records)


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


def test_a_file_without_a_name_in_an_archive_is_passed_over() -> None:
    data = zipped({"x": "?", "b.txt": "Titre\n\nDeux."})
    nameless = bytearray(data)
    for mark, name_length in ((b"PK\x03\x04", 26), (b"PK\x01\x02", 28)):
        at = nameless.index(mark)
        nameless[at + name_length] = 0
        nameless[at + name_length + 2] = 1  # its letter is an extra field, and one too short
    with suppress(Unreadable):
        assert [record.key for record in read("a.zip", bytes(nameless))] == ["b.txt"]


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


def test_unpacked_sizes_that_lie_are_not_believed() -> None:
    data = bytearray(zipped({"a.txt": b"x" * 3_000_000}))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 10)
    struct.pack_into("<I", data, central + 16, zlib.crc32(b"x" * 10))
    (record,) = read("a.zip", bytes(data))
    assert isinstance(record, Refusal) or len(record.text) <= 10


@pytest.mark.parametrize("suffix", sorted(set(FORMATS)))
@settings(max_examples=40)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        for record in read(f"x{suffix}", data):
            if isinstance(record, Draft):
                assert canonical(canonical(record.text)) == canonical(record.text)
    except Unreadable as error:
        assert str(error)
