"""Facets: what each count promises is what choosing it finds."""

import json
from pathlib import Path

import pytest

from index.query.narrow import clause_of, found_by_source, narrowed
from reader.paths import places
from reader.workspace import Workspace

SOURCES = (
    "AFP",
    "Orange avec AFP",
    "Orange avec AFP-Services",
    "Jeune Afrique",
    "Afrique",
    "« Le » Quotidien",
    "?",
    "***",
    "B AB",
    "AB",
)
TAGS = ("group", "group/jnim", "Group/jnim/katiba", "bilan", "groupe")


@pytest.fixture
def space(tmp_path: Path):
    lines = [
        {
            "title": f"Titre {n}",
            "date": f"2024-{n + 1:02}-01",
            "source": source,
            "text": f"Texte {n} sur Gao.",
        }
        for n, source in enumerate((*SOURCES, "AFP"))
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    with Workspace(places(tmp_path / "home")) as space:
        list(space.add([tmp_path / "a.jsonl"]))
        for id, tag in zip(space.collection.library.ids(), TAGS, strict=False):
            space.note(space.collection.article(id), None, "", [tag])
        yield space


@pytest.mark.parametrize("query", ["*", "gao", "-titre:3"])
def test_each_value_s_count_is_what_it_finds(space, query: str) -> None:
    facets = space.finder.search(query, facets=True).facets
    assert len(facets["tag"]) > 1
    for field, counts in facets.items():
        for told in counts:
            found = space.finder.search(narrowed(query, clause_of(field, told.value))).total
            assert (field, told.value, told.count) == (field, told.value, found)


def test_the_commonest_come_first() -> None:
    counts = {"Orange avec AFP": 5, "Studio": 4, "AFP": 3}
    assert list(found_by_source(counts).items()) == [("AFP", 8), ("Orange avec AFP", 5), ("Studio", 4)]
