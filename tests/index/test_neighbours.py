"""Neighbours: words side by side as they were typed put an article higher and leave none out."""

import pytest

from index.article import Article, canonical, revision_of
from index.engine import SearchIndex
from index.query import parse

TEXTS = {
    "beside": "Ils ont pris le camp de gendarmerie avant la nuit.",
    "apart": "Ils ont pris la gendarmerie avant la nuit de camp.",
}


@pytest.fixture
def index(tmp_path):
    found = SearchIndex.create(tmp_path / "index")
    texts = [*TEXTS.values(), *[f"Un autre texte, le numéro {n}." for n in range(8)]]
    found.add(
        Article(f"{n:012x}", revision_of(canonical(text)), "", canonical(text), lang="fr")
        for n, text in enumerate(reversed(texts))  # so that equals would stand the other way round
    )
    return found


def ranked(index, query):
    texts = {}
    hits = index.search(parse(query), text_of=lambda _: "").hits
    for hit in hits:
        texts[hit.id] = hit.score
    return texts


BESIDE, APART = f"{9:012x}", f"{8:012x}"


@pytest.mark.parametrize(
    "query", ["camp de gendarmerie", "camp OU de OU gendarmerie", "title:rien OU (camp de gendarmerie)"]
)
def test_neighbours_come_first_and_nothing_is_left_out(index, query):
    found = ranked(index, query)
    assert list(found) == [BESIDE, APART]
    assert found[BESIDE] > found[APART]


@pytest.mark.parametrize(
    "query", ["gendarmerie camp", "camp -rien gendarmerie", "camp camp", '"camp" "gendarmerie"']
)
def test_only_words_typed_side_by_side_are_neighbours(index, query):
    found = ranked(index, query)
    assert found.keys() == {BESIDE, APART}
    assert found[BESIDE] == found[APART]


def test_stop_words_alone_are_no_neighbours(index):
    assert ranked(index, "le camp")[BESIDE] > ranked(index, "la camp")[BESIDE]
    assert ranked(index, "de le camp")[BESIDE] == ranked(index, "le camp")[BESIDE]
