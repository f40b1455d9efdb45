"""Dates in words: what they mean on a given day, and what is no date."""

from datetime import date

import pytest

from index.query import QueryError, parse
from index.query.tree import And, DateRange, Word


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("hier", "2024-09-19", "2024-09-19"),
        ("avant-hier", "2024-09-18", "2024-09-18"),
        ("aujourd’hui", "2024-09-20", "2024-09-20"),
        ("today", "2024-09-20", "2024-09-20"),
        ("yesterday", "2024-09-19", "2024-09-19"),
        ('"semaine dernière"', "2024-09-09", "2024-09-15"),
        ("semaine dernière", "2024-09-09", "2024-09-15"),
        ("last-week", "2024-09-09", "2024-09-15"),
        ("semaine", "2024-09-16", "2024-09-22"),
        ("this-week", "2024-09-16", "2024-09-22"),
        ("mois-dernier", "2024-08", "2024-08"),
        ("mois", "2024-09", "2024-09"),
        ("last-year", "2023", "2023"),
        ("l’an dernier", "2023", "2023"),
        ("7j", "2024-09-14", "2024-09-20"),
        ("3 derniers jours", "2024-09-18", "2024-09-20"),
        ("2-weeks", "2024-09-07", "2024-09-20"),
        ("1 mois", "2024-08-21", "2024-09-20"),
        ("1 an", "2023-09-21", "2024-09-20"),
        ("lundi", "2024-09-16", "2024-09-16"),
        ("vendredi", "2024-09-20", "2024-09-20"),
        ("vendredi dernier", "2024-09-13", "2024-09-13"),
        ("septembre", "2024-09", "2024-09"),
        ("octobre", "2023-10", "2023-10"),
        ("sept. 2022", "2022-09", "2022-09"),
        ("17 septembre 2024", "2024-09-17", "2024-09-17"),
        ("1er mai", "2024-05-01", "2024-05-01"),
        ("2024-09..hier", "2024-09", "2024-09-19"),
        ("..yesterday", "", "2024-09-19"),
        (">=lundi", "2024-09-16", ""),
        ("<last-week", "", "2024-09-08"),
    ],
)
def test_dates_in_words(said, start, end):
    today = date(2024, 9, 20)  # a Friday
    assert parse(f"date:{said}", today) == DateRange(start, end)
    assert parse(f"a1 date:{said} b1", today) == And((Word("a1"), DateRange(start, end), Word("b1")))


@pytest.mark.parametrize("said", ["demain", "31 février 2024", "0 jours", "semaine 12", "9999 ans", "hi", ""])
def test_words_that_are_no_date(said):
    with pytest.raises(QueryError):
        parse(f'date:"{said}"', date(2024, 9, 20))
