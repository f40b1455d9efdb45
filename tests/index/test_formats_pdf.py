"""PDF: paragraphs come back, what belongs to the page goes."""

import io
import re

import pytest
from reportlab.lib.pagesizes import A5
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from index.article import Draft
from index.formats import Unreadable
from index.formats.pdf import read
from index.formats.pdf.paragraphs import joined

BODY = ParagraphStyle("body", fontSize=10, leading=13, spaceAfter=6, alignment=4)
HEADING = ParagraphStyle("heading", fontSize=16, leading=20, spaceAfter=10)

PARAGRAPHS = [
    f"Le {day} septembre, l’armée a annoncé à Bamako avoir repoussé une attaque du JNIM contre un camp de "
    "gendarmerie ; « six avions ont été détruits », selon un porte-parole du ministère de la Défense, le "
    "colonel Oumar Diarra. Les habitants de Sénou disent avoir entendu des tirs dès cinq heures du matin."
    for day in range(1, 25)
]


def made(paragraphs: list[str] = PARAGRAPHS, **settings: object) -> bytes:
    file = io.BytesIO()

    def page_furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 570, "Institut d’essai – rapport mensuel")
        canvas.drawString(200, 20, f"Page {document.page} sur 9")

    story = [
        Paragraph("Une attaque contre la capitale", HEADING),
        Paragraph("Bamako, 19 septembre 2024 – Récit.", BODY),
    ]
    story += [Paragraph(text, BODY) for text in paragraphs]
    document = SimpleDocTemplate(file, pagesize=A5, **settings)
    document.build(story, onFirstPage=page_furniture, onLaterPages=page_furniture)
    return file.getvalue()


def draft_of(data: bytes) -> Draft:
    (draft,) = read(io.BytesIO(data))
    return draft


def test_paragraphs_are_whole_over_lines_and_pages_and_furniture_is_gone() -> None:
    draft = draft_of(made())
    blocks = draft.text.split("\n\n")
    assert [text for text in PARAGRAPHS if text not in blocks] == []
    assert "Institut" not in draft.text
    assert "Page" not in draft.text
    assert (draft.title, draft.place, draft.date) == (
        "Une attaque contre la capitale",
        "Bamako",
        "2024-09-19",
    )


def test_the_title_of_the_metadata_comes_first_unless_it_is_none() -> None:
    assert draft_of(made(title="Titre choisi", author="A. Diallo")).title == "Titre choisi"
    assert draft_of(made(title="Microsoft Word - essai.doc")).title == "Une attaque contre la capitale"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["la gendar-", "merie recule"], "la gendarmerie recule"),
        (["un porte-", "parole a dit"], "un porte-parole a dit"),
        (["le cessez-", "le-feu tient"], "le cessez-le-feu tient"),
        (["la Guinée-", "Bissau vote"], "la Guinée-Bissau vote"),
        (["le gouver\u00ad", "nement dit"], "le gouvernement dit"),
        (["de 10-", "15 hommes"], "de 10-15 hommes"),
        (["il a dit -", "lui aussi"], "il a dit - lui aussi"),
        (["une ligne", "puis une autre"], "une ligne puis une autre"),
    ],
)
def test_hyphenation_is_undone_and_compounds_stay(lines: list[str], text: str) -> None:
    assert joined(lines) == text


def test_the_rest_of_the_document_knows_better() -> None:
    assert joined(["un ex-", "traordinaire"], frozenset({"extraordinaire"})) == "un extraordinaire"
    assert joined(["le franco-", "malien"], frozenset({"franco-malien"})) == "le franco-malien"


def test_pictures_passwords_and_fragments_are_refused_with_the_reason() -> None:
    blank = io.BytesIO()
    canvas = Canvas(blank)
    canvas.rect(10, 10, 200, 200)
    canvas.save()
    with pytest.raises(Unreadable, match="OCR"):
        draft_of(blank.getvalue())
    with pytest.raises(Unreadable, match="password"):
        draft_of(made(encrypt=StandardEncryption("secret")))
    for data in (b"", b"%PDF-1.7\n", made()[:2_000], b"rien"):
        with pytest.raises(Unreadable):
            draft_of(data)


def test_a_title_that_is_no_text_costs_itself_alone() -> None:
    data = made(title="Titre", author="Une autrice")
    (title,) = re.findall(rb"/Title \(([^)]*)\)", data)
    broken = data.replace(title, b"\xfe\xff\xd8\x00".ljust(len(title))[: len(title)])
    draft = draft_of(broken)
    assert (draft.title, draft.author) == ("Une attaque contre la capitale", "Une autrice")
    assert PARAGRAPHS[0] in draft.text
