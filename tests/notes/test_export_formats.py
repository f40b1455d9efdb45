"""The formats for other programs: as looked at once (golden files), and as those programs read them."""

import csv
import io
import json
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from notebooks import BAMAKO, HOSTILE, NOTES, TEXT, note, on_text

from notes import Note, Source
from notes.characters import plain
from notes.export import FORMATS, Document, Known
from notes.export.bibtex import escaped
from notes.export.citation import cited
from notes.export.table import COLUMNS, cell
from notes.tags import COLORS

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
ON_TEXT = [
    on_text(11, "🛩️ à Gao", "En **gras** & <b>", "lieu/Gao"),
    on_text(12, "à Gao :\n\nsix avions détruits", "", "chiffres/avions", "LIEU/gao"),
    on_text(13, "𝒳avier — « rien", "", "À vérifier"),
    on_text(14, "e\u0301."),
]
ALL = [*NOTES, *ON_TEXT]
BAMAKO_ID = "af133a31c0de"
PROJECT = {"p": "urn:QDA-XML:project:1.0"}
BOOK = {"b": "urn:QDA-XML:codebook:1.0"}


def texts(revision: str) -> str | None:
    return TEXT if revision == ON_TEXT[0].revision else None


def author(article: str) -> str:
    return "Amélie {R} & Cie" if article == BAMAKO_ID else ""


def label(tag: str) -> tuple[str, str]:
    return {"chiffres": ("red", "Tous les chiffres <&>"), "chiffres/avions": ("amber", "")}.get(tag, ("", ""))


KNOWN = Known(texts, author, label)


def export(name: str, notes: list[Note]) -> Document:
    (document,) = FORMATS[name](notes, layout="single", lang="en", known=KNOWN)
    return document


def unpacked(document: Document) -> dict[str, bytes]:
    if document.packed is None:
        return {document.name: document.data}
    with zipfile.ZipFile(io.BytesIO(document.packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", [name for name in FORMATS if "mark" not in name])
def test_the_files_are_those_we_looked_at(name: str) -> None:
    """Set LISEUSE_GOLDEN=1 to write them again, then read what changed."""
    document = export(name, ALL)
    whole = b"".join(b"<<< %s >>>\n%s" % (part.encode(), data) for part, data in unpacked(document).items())
    golden = GOLDEN / f"{document.name}.txt"
    if os.environ.get("LISEUSE_GOLDEN"):
        golden.write_bytes(whole)
    assert whole == golden.read_bytes()


# REFI-QDA


def valid(schema: str, text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(HERE / "refi" / schema)).assertValid(root)
    return root


def coded(document: Document) -> list[tuple[str, list[str], str]]:
    """Return what a program of qualitative analysis finds in a project: passages, their codes, comments."""
    files = unpacked(document)
    root = valid("project.xsd", files["project.qde"].decode())
    names = {code.get("guid"): code.get("name") for code in root.iterfind(".//p:Code", PROJECT)}
    found = []
    for source in root.iterfind("p:Sources/p:TextSource", PROJECT):
        path = source.get("plainTextPath")
        assert source.find("p:PlainTextContent", PROJECT) is None  # one or the other, never both
        text = files[path.replace("internal://", "sources/")].decode()
        for passage in source.iterfind("p:PlainTextSelection", PROJECT):
            start, end = int(passage.get("startPosition")), int(passage.get("endPosition"))
            codes = [names[ref.get("targetGUID")] for ref in passage.iterfind("p:Coding/p:CodeRef", PROJECT)]
            found.append((text[start:end], codes, passage.findtext("p:Description", "", PROJECT)))
    return found


def test_a_project_has_each_passage_at_its_place_with_its_codes_and_comment() -> None:
    assert coded(export("qdpx", ON_TEXT)) == [
        ("🛩️ à Gao", ["Gao"], "En **gras** & <b>"),
        ("à Gao :\n\nsix avions détruits", ["avions", "Gao"], ""),
        ("𝒳avier — « rien", ["À vérifier"], ""),
        ("e\u0301.", [], ""),
    ]


def test_a_project_without_the_texts_has_the_passages_with_their_contexts() -> None:
    found = coded(export("qdpx", NOTES))
    assert next(quote for quote, _, _ in found).startswith("# h\n```")
    assert sorted(plain(quote) for quote, _, _ in found) == sorted(
        plain(one.quote) for one in NOTES if one.quote
    )
    texts = [data.decode() for name, data in unpacked(export("qdpx", NOTES)).items() if "sources/" in name]
    assert any("avant un agent de l’aéroport" in text for text in texts)


def test_a_comment_on_a_whole_article_is_a_note_that_its_text_refers_to() -> None:
    root = valid("project.xsd", export("qdpx", NOTES).text)
    (remark,) = root.iterfind("p:Notes/p:Note", PROJECT)
    assert remark.findtext("p:PlainTextContent", "", PROJECT) == "L’article entier est à relire."
    (reference,) = root.iterfind("p:Sources/p:TextSource/p:NoteRef", PROJECT)
    assert reference.get("targetGUID") == remark.get("guid")


def test_a_codebook_is_the_tree_of_tags() -> None:
    root = valid("codebook.xsd", export("qdc", ALL).text)
    tree = [
        (code.getparent().get("name"), code.get("name"), code.get("isCodable"))
        for code in root.iterfind(".//b:Code", BOOK)
    ]
    assert tree == [
        (None, "2024", "true"),
        (None, "À vérifier", "true"),
        (None, "a_b*c", "false"),
        ("a_b*c", "(d)", "true"),
        (None, "chiffres", "false"),
        ("chiffres", "avions", "true"),
        (None, "lieu", "false"),
        ("lieu", "Gao", "true"),
    ]


def test_codes_have_the_colours_and_descriptions_of_their_tags() -> None:
    root = valid("codebook.xsd", export("qdc", ALL).text)
    (above,) = root.iterfind("b:Codes/b:Code[@name='chiffres']", BOOK)
    assert (above.get("color"), above.findtext("b:Description", "", BOOK)) == (
        "#d0382f",
        "Tous les chiffres <&>",
    )
    for color in filter(None, COLORS):
        FORMATS["qdc"](ALL, known=Known(tag=lambda _, color=color: (color, "")))


def test_codes_keep_their_guids_whatever_else_is_exported() -> None:
    def guids(name: str, notes: list[Note]) -> set[str]:
        text = unpacked(export(name, notes)).get("project.qde", export(name, notes).data)
        found = etree.fromstring(text).iterfind(".//{*}Code")
        return {code.get("guid") for code in found if code.get("name").lower() == "gao"}

    assert guids("qdc", ON_TEXT[:1]) == guids("qdc", ALL) == guids("qdpx", ON_TEXT[1:2])


def test_notes_without_tags_make_no_codebook() -> None:
    assert FORMATS["qdc"]([note(1, BAMAKO, "x")]) == []
    assert coded(export("qdpx", [note(1, BAMAKO, "x")])) == [("x", [], "")]


def test_the_same_project_is_the_same_file() -> None:
    assert export("qdpx", ALL).data == export("qdpx", ALL[::-1]).data


@given(st.text(min_size=1, max_size=40), st.text(max_size=40), st.integers(0, 39), st.integers(1, 40))
@settings(max_examples=60)
@example("\ufffe\uffff\U0001f6e9\U00010400é", "\x00\x1b]]>&<", 0, 3)
def test_any_project_is_valid_and_read_back(text: str, comment: str, start: int, length: int) -> None:
    text = "".join(char for char in text if char != "\r")
    quote = text[start : start + length]
    made = on_text(1, quote, comment, "a/b", text=text) if quote else note(1, BAMAKO, "", comment, "a/b")
    (document,) = FORMATS["qdpx"]([made], known=Known(lambda _: text))
    assert [found for found, _, _ in coded(document)] == ([quote] if quote else [])


# CSV


@given(st.text())
@example("=1+1")
@example(" \t=cmd|' /C calc'!A0")
@example("\r\n@SUM(A1)")
@example("\x00-1")
@example("＝1")
def test_no_cell_is_a_formula(text: str) -> None:
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert cell(text).replace("'", "") == plain(text).replace("'", "")
    for piece in re.split(r"[;\t\n]", cell(text)):
        assert not piece.lstrip().startswith(("=", "+", "@", "＝", "＋", "＠", "-1", "-c"))


def test_the_dashes_of_a_dialogue_are_left_in_their_cell() -> None:
    quote = "Il dit :\n- non ;\n— peut-être ; - enfin"
    assert cell(quote) == quote


def test_a_tag_of_a_notebook_that_somebody_sent_is_plain_in_bibtex() -> None:
    note = replace(NOTES[0], tags=("a\x1b]52;c;eA==\x07\u202eb\x9b",))
    assert "keywords = {a]52;c;eA==b}" in export("bibtex", [note]).text


def test_a_spreadsheet_reads_each_note_in_a_row() -> None:
    data = export("csv", NOTES).data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [f"{number:012x}" for number in (5, 6, 3, 1, 2, 4)]
    first = rows[3]
    assert (first["quote"], first["comment"]) == (NOTES[0].quote, NOTES[0].comment)
    assert (first["start"], first["end"], first["tags"]) == ("100", "187", "chiffres/avions, À vérifier")
    assert (rows[2]["start"], rows[2]["quote"]) == ("", "")


# Citations


def test_each_cited_article_has_one_stable_key() -> None:
    assert [one.key for one in cited(NOTES)] == [
        "ihttpxfrtitle-0123456789ab",
        "lemonde2024attaque-af133a31c0de",
    ]
    assert cited([note(1, Source("", "")), note(2, Source("ما بعد"))])[0].key.isascii()
    assert cited(NOTES[:1])[0].key == cited(NOTES)[1].key


@pytest.mark.parametrize(
    ("date", "parts"),
    [("2024-09-19", [2024, 9, 19]), ("2024-09-19T10:00:00Z", [2024, 9, 19]), ("2024-09", [2024, 9]),
     ("2024", [2024]), ("", []), ("hier", [])],
)  # fmt: skip
def test_a_date_is_cited_as_far_as_it_is_known(date: str, parts: list[int]) -> None:
    (one,) = cited([note(1, Source("t", date))])
    assert one.parts == parts


@given(st.text())
@example("100 % {de} $x$ \\input{/etc/passwd} a_b^c~d #1 & co")
def test_latex_sees_no_command_of_an_article(text: str) -> None:
    made = escaped(text)
    for known in ("textbackslash", "textbraceleft", "textbraceright", "textasciicircum", "textasciitilde"):
        made = made.replace(f"\\{known}{{}}", "")
    for char in "$&#_%":
        made = made.replace("\\" + char, "")
    assert not set(made) & set("\\{}$&#_%^~")


def test_a_processor_of_citations_finds_the_fields() -> None:
    hostile, bamako = json.loads(export("csl", NOTES).text)
    assert bamako == {
        "id": "lemonde2024attaque-af133a31c0de",
        "type": "article-newspaper",
        "author": [{"literal": "Amélie {R} & Cie"}],
        "title": BAMAKO.title,
        "container-title": "Le Monde",
        "issued": {"date-parts": [[2024, 9, 19]]},
        "URL": "https://example.net/bamako?a=1",
        "keyword": "2024, À vérifier, chiffres/avions",
        "custom": {"liseuse-article": "af133a31c0de"},
    }
    assert "URL" not in hostile
    assert "javascript" not in export("bibtex", NOTES).text + json.dumps(hostile)
    assert HOSTILE.title.split(" ---")[0].replace("\u2028", "").strip() in hostile["title"]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_has_comments_or_titles_that_turn_the_text_round(name: str) -> None:
    turned = "a\u202eb\u2066c\u200f"
    for quote in ("", "six avions"):
        made = note(1, replace(BAMAKO, title=turned, source=turned), quote, turned, "bilan")
        for document in FORMATS[name]([made]):
            assert not set("\u202e\u2066\u200f") & set(document.text)
