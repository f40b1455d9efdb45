"""Dates, datelines and what plain texts say of themselves: found as they are written, never made up."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Draft, canonical
from index.formats.dates import Dateline, find_date, find_dateline, parse_date
from index.formats.plain import as_paragraphs, read

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def draft_of(text: str) -> Draft:
    (draft,) = read(io.BytesIO(text.encode()))
    return draft


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Le 3 mars 2021", "2021-03-03"),
        ("1ᵉʳ mars 2021", "2021-03-01"),
        ("Publié le mardi 19\u00a0septembre\u00a02024 à 10h", "2024-09-19"),
        ("3 févr. 2020", "2020-02-03"),
        ("Sept. 19, 2024", "2024-09-19"),
        ("the 19th of September 2024", "2024-09-19"),
        ("19-09-2024", "2024-09-19"),
        ("2024/09/19", "2024-09-19"),
        ("26-FEB-1987 15:01", "1987-02-26"),
        ("05/06/2024", "2024-06-05"),  # day first
        ("9/19/2024", "2024-09-19"),  # nothing else is possible
        ("09/10/24", ""),
        ("3 mars 3021", ""),
        ("12 mai 20245", ""),
        ("1.2.3.2024", ""),
        ("192.168.10/12/2024", ""),
    ],
)
def test_a_date_is_read_as_it_is_written_or_not_at_all(text: str, iso: str) -> None:
    assert find_date(text) == iso


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_style(day: date) -> None:
    french, english = MONTHS[day.month - 1], ENGLISH[day.month - 1]
    for style in (
        f"{day.day} {french} {day.year}",
        f"le {day.day} {french.upper()} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{day.day} {english} {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
    ):
        assert find_date(style) == day.isoformat()
        assert parse_date(style) == day.isoformat()


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("1726740000", "2024-09-19"),
        ("1726740000000", "2024-09-19"),
        ("20240919", "2024-09-19"),
        ("0001-01-01", ""),
    ],
)
def test_what_programs_write_for_a_date(value: str, iso: str) -> None:
    assert parse_date(value) == iso


@pytest.mark.parametrize(
    ("opening", "place", "iso"),
    [
        ("BAMAKO (AFP) - Les soldats", "BAMAKO", ""),
        ("OUAGADOUGOU, Feb 16 (Reuters) - Burkina", "OUAGADOUGOU", ""),
        ("NIAMEY, Sept. 19, 2024 (AFP) -- Niger", "NIAMEY", "2024-09-19"),
        ("GAO, Mali (AP) — Soldiers", "GAO", ""),
        ("Bamako, le 3 mars 2021. Le président", "Bamako", "2021-03-03"),
        ("Bamako – 19 septembre 2024 – Le", "Bamako", "2024-09-19"),
        ("Bamako, 19 sept 2024 (AMAP) Le président", "Bamako", "2024-09-19"),
        ("Kidal (nord du Mali), 2 août 2020 – Des", "Kidal", "2020-08-02"),
        ("N’Djamena, le mardi 3 mai 2021 (AFP) – Le", "N’Djamena", "2021-05-03"),
        ("22 mai 2012. - Prévu samedi", "", "2012-05-22"),
        ("Fait à Niamey, le 5 juin 2024", "Niamey", "2024-06-05"),
    ],
)
def test_how_agencies_open(opening: str, place: str, iso: str) -> None:
    assert find_dateline(opening) == Dateline(place, iso)


@pytest.mark.parametrize(
    "opening",
    [
        "Selon lui, le 3 mai 2021 - jour férié - fut long",
        "Réuni à Bamako, le 3 mai 2021 – le conseil",
        "Bamako, 19 septembre – Le président",  # of which year?
        "Damien Abad (LR) se dit contre",
        "The Chicago Mercantile Exchange (CME)\nposted record volume",
        "Lundi, 3 mai, le conseil",
    ],
)
def test_what_only_looks_like_a_dateline(opening: str) -> None:
    assert find_dateline(opening) is None


@pytest.mark.parametrize(
    ("text", "title", "place", "iso"),
    [
        (
            "Titre de l’article\n\nPublié le 19/09/2024 à 10h30\n\nLe texte.",
            "Titre de l’article",
            "",
            "2024-09-19",
        ),
        ("Par Awa Traoré, le 3 mars 2021\n\nUn titre\n\nLe texte suit.", "Un titre", "", "2021-03-03"),
        ("19 septembre 2024\nUn titre\nLe texte suit, et dit tout.", "Un titre", "", "2024-09-19"),
        (
            "Les attentats du 11 septembre 2001\n\nLe texte suit.",
            "Les attentats du 11 septembre 2001",
            "",
            "",
        ),
        ("Communiqué\n\nLe texte.\n\nFait à Niamey, le 5 juin 2024", "Communiqué", "Niamey", "2024-06-05"),
        (
            "BAMAKO (AFP) - Des soldats ont été vus.\n\nLa suite.",
            "BAMAKO (AFP) - Des soldats ont été vus.",
            "Bamako",
            "",
        ),
        ("https://example.org/a\n\nUn titre\n\nLe texte.", "Un titre", "", ""),
    ],
)
def test_what_a_plain_text_says_of_itself(text: str, title: str, place: str, iso: str) -> None:
    draft = draft_of(text)
    assert (draft.title, draft.place, draft.date) == (title, place, iso)


def test_labelled_lines_are_believed_and_kept() -> None:
    draft = draft_of(
        "Titre : Gao sans eau\nDate : 23/01/2024\nAuteur : A. Cissé\nSource : Le Fleuve\n\nL’eau manque."
    )
    assert (draft.title, draft.date, draft.author, draft.source) == (
        "Gao sans eau",
        "2024-01-23",
        "A. Cissé",
        "Le Fleuve",
    )
    assert "Titre : Gao sans eau" in draft.text
    assert draft_of("Date : demain\n\nUn texte.").source == ""


@given(st.text("aB é’\u00a0\u202f.,-–:()0123456789\n\t", max_size=300))
def test_the_body_keeps_every_character(text: str) -> None:
    kept = canonical(as_paragraphs(text))
    assert "".join(kept.split()) == "".join(canonical(text).split())
    assert kept.count("\u00a0") == canonical(text).count("\u00a0")
