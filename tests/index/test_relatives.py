"""Relatives: where any word will do, an article with a word of the family stands before one with none."""

import pytest

from index.article import Article, canonical, revision_of
from index.engine import SearchIndex
from index.query import parse

TEXTS = [
    "Un rapport sur le fleuve.",
    "Un rapport sur une usine polluante.",
    "Un rapport sur la pollution.",
    *[f"Le numéro {n} parle du temps." for n in range(8)],
]


@pytest.fixture
def index(tmp_path):
    found = SearchIndex.create(tmp_path / "index")
    found.add(
        Article(f"{n:012x}", revision_of(canonical(text)), "", canonical(text), lang="fr")
        for n, text in enumerate(TEXTS)
    )
    return found


def ranked(index, query):
    return [int(hit.id, 16) for hit in index.search(parse(query), text_of=lambda _: "").hits]


@pytest.mark.parametrize(
    "query", ["rapport OU pollution", "rapport OU pollutions", "zzz OU pollution OU rapport"]
)
def test_a_relative_puts_an_article_before_one_with_none(index, query):
    assert ranked(index, query) == [2, 1, 0]


def test_a_relative_is_never_an_answer(index):
    assert ranked(index, "pollution OU zzz") == [2]
    assert ranked(index, "pollution") == [2]
    assert ranked(index, "rapport pollution") == [2]


def test_a_word_of_few_letters_has_no_relatives(index):
    assert ranked(index, "rapport OU poll") == ranked(index, "rapport OU zzz") == ranked(index, "rapport")


def test_a_family_that_stands_everywhere_says_nothing(index, monkeypatch):
    monkeypatch.setattr("index.engine.ranking.COMMON", 1)
    assert ranked(index, "rapport OU pollution") == [2, 0, 1]
