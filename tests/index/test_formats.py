import io
import json

import pytest

from index.article import Draft
from index.formats import FORMATS, Refusal, Unreadable, format_of
from index.formats.dates import find_date, find_dateline, parse_date
from index.formats.plain import as_paragraphs


def read(name: str, data: str | bytes) -> list[Draft | Refusal]:
    reader = format_of(name)
    assert reader
    return list(reader(io.BytesIO(data.encode() if isinstance(data, str) else data)))


def one(name: str, data: str | bytes) -> Draft:
    (draft,) = read(name, data)
    assert isinstance(draft, Draft)
    return draft


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Bamako, 19 septembre 2024 –", "2024-09-19"),
        ("le 1er février 2023", "2023-02-01"),
        ("AOÛT : 3 août 2020", "2020-08-03"),
        ("July 26, 2023", "2023-07-26"),
        ("26th July 2023", "2023-07-26"),
        ("17/09/2024", "2024-09-17"),
        ("2024-09-17T10:00:00Z", "2024-09-17"),
        ("31 février 2024", ""),
        ("en 2024", ""),
    ],
)
def test_written_dates(text: str, iso: str) -> None:
    assert find_date(text) == iso


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-09", "2024-09"),
        ("2024", "2024"),
        ("Tue, 17 Sep 2024 20:00:00 +0200", "2024-09-17"),
        ("2024-09-17T23:30:00+02:00", "2024-09-17"),
        ("hier", ""),
    ],
)
def test_metadata_dates(value: str, iso: str) -> None:
    assert parse_date(value) == iso


@pytest.mark.parametrize(
    ("text", "place", "iso"),
    [
        ("Bamako, 19 septembre 2024 – La capitale", "Bamako", "2024-09-19"),
        ("OUAGADOUGOU, 29 janvier 2025 — Le", "OUAGADOUGOU", "2025-01-29"),
        ("NIAMEY, 26 July 2023 (Sample) - Soldiers", "NIAMEY", "2023-07-26"),
        ("N'Djamena, le 3 mai 2021 : Le", "N'Djamena", "2021-05-03"),
    ],
)
def test_datelines(text: str, place: str, iso: str) -> None:
    found = find_dateline(text)
    assert found
    assert (found.place, found.date) == (place, iso)


def test_a_sentence_with_a_comma_is_no_dateline() -> None:
    assert find_dateline("Selon lui, le 3 mai 2021 fut long.") is None


def test_plain_text_of_one_paragraph_a_line() -> None:
    draft = one("a.txt", "Bamako, 6 juillet 2024 – Les chefs.\nUne alliance née\nLe texte suit, et dit tout.")
    assert draft.title == "Une alliance née"
    assert (draft.place, draft.date) == ("Bamako", "2024-07-06")
    assert draft.text.count("\n\n") == 2


def test_hard_wrapped_paragraphs_are_joined() -> None:
    lines = ["mot " * 15 + "fin", "mot " * 14 + "fin", "court"]
    assert as_paragraphs("Titre\n\n" + "\n".join(lines)) == "Titre\n\n" + " ".join(lines)


def test_verse_is_not_joined() -> None:
    assert as_paragraphs("Titre\n\nun\ndeux\ntrois") == "Titre\n\nun\ndeux\ntrois"


def test_a_text_without_headline_is_called_by_its_first_words() -> None:
    draft = one("a.txt", "Une phrase très simple. Une autre suit ici.")
    assert draft.title == "Une phrase très simple"


def test_markdown() -> None:
    source = (
        "---\ntitle: 'Le titre : vrai'\ndate: 2024-01-26\nlang: fr\nsource: X\n---\n# Le titre : vrai\n\n"
        "Un *mot* et [un lien](https://example.org/).\n\n> Cité\n\n- un\n- deux\n"
    )
    draft = one("a.md", source)
    assert (draft.title, draft.date, draft.lang, draft.source) == ("Le titre : vrai", "2024-01-26", "fr", "X")
    assert draft.text == "Le titre : vrai\n\nUn mot et un lien.\n\nCité\n\n- un\n\n- deux"


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_what_is_nested_in_markdown_is_read_or_refused_and_never_left_out(mark: str) -> None:
    for depth in (1, 15, 45, 60, 120, 50_000):
        try:
            assert "la fin" in one("a.md", mark * depth + "la fin").text
        except Unreadable as error:
            assert "nested" in str(error)
            assert depth > 45
        else:
            assert depth < 120


def test_markdown_without_front_matter_is_called_by_its_heading() -> None:
    assert one("a.md", "# Titre\n\nTexte.").title == "Titre"


@pytest.mark.parametrize("front", ["a: &x [1]\nb: *x", "a: [", "? !!python/object:os.system x"])
def test_front_matter_that_is_not_plain_yaml_is_refused(front: str) -> None:
    with pytest.raises(Unreadable, match="front matter"):
        read("a.md", f"---\n{front}\n---\nTexte.")


def test_a_saved_page_gives_its_article_and_nothing_around_it() -> None:
    paragraphs = "".join(
        f"<p>Le paragraphe {n} parle longuement de Bamako et de ses environs.</p>" for n in range(6)
    )
    page = (
        "<html lang='fr'><head><title>Titre | Site</title><meta property='og:title' content='Titre'>"
        "<meta property='article:published_time' content='2023-02-25T10:00:00Z'></head>"
        f"<body><nav><a href='/'>Accueil</a></nav><article><h1>Titre</h1>{paragraphs}</article>"
        "<footer>Mentions légales</footer></body></html>"
    )
    draft = one("a.html", page)
    assert (draft.title, draft.date) == ("Titre", "2023-02-25")
    assert "Bamako" in draft.text
    assert "Mentions légales" not in draft.text


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(Unreadable, match="no article"):
        read("a.html", "<html><body></body></html>")


def test_json_lines_take_the_usual_names() -> None:
    lines = [{"Headline": "T", "published": "2024-05-01", "content": "Texte.", "publisher": "S", "id": 7}]
    (draft,) = read("a.jsonl", "\n".join(map(json.dumps, lines)))
    assert draft == Draft(text="Texte.", title="T", date="2024-05-01", source="S", key="7")


def test_a_bad_line_costs_only_itself() -> None:
    records = read("a.jsonl", '{"text": "un"}\n{bad\n[1]\n{"title": "rien"}\n\n{"text": "deux"}')
    assert [getattr(record, "text", "") for record in records] == ["un", "", "", "", "deux"]
    reasons = [record.reason for record in records if isinstance(record, Refusal)]
    assert reasons == ["not valid JSON", "not a JSON object", "no text"]
    assert [r.key for r in records] == ["line 1", "line 2", "line 3", "line 4", "line 6"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_french_is_read_in_its_usual_encodings(encoding: str) -> None:
    text = "Le général a déclaré à l'été : « c'était prévu, même à Sévaré ». " * 4
    assert one("a.txt", text.encode(encoding)).text.startswith("Le général a déclaré à l'été : « c'était")


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="not a text"):
        read("a.txt", b"\x7fELF\x00\x00\x01\x02")


def test_every_format_refuses_or_reads_nonsense() -> None:
    for suffix in FORMATS:
        try:
            read("a" + suffix, "]][[ \x00 <<<>>> {\n---\n")
        except Unreadable as error:
            assert str(error)


@pytest.mark.parametrize("day", ["2024-02-30", "0000-00-00", "2024-13-01T25:00:00Z", "0x" + "f" * 5000])
def test_a_day_that_there_is_not_costs_itself_alone(day: str) -> None:
    draft = one("a.md", f"---\ntitle: Titre\ndate: {day}\n---\nUn texte de Gao.")
    assert (draft.title, draft.date, draft.text) == ("Titre", "", "Un texte de Gao.")


@pytest.mark.parametrize("value", ["!!timestamp abc", "!!bool abc", "!!int ''"])
def test_front_matter_that_says_what_it_is_not_is_refused(value: str) -> None:
    with pytest.raises(Unreadable, match="not valid YAML"):
        read("a.md", f"---\ndate: {value}\n---\nUn texte de Gao.")
