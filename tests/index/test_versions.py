"""Near copies: which texts are versions of one, whatever the order and however often they were compared."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import WORDS, prose

from index.article import Article, revision_of
from index.library import Library
from index.shingles import FEWEST, are_versions, containment, sample, shingles
from index.versions import Versions


def put(library: Library, body: str, id: str = "") -> str:
    revision = revision_of(body)
    library.put(
        Article(id=id or revision[:12], revision=revision, title=body[:9], text=body, source="S", date="2024")
    )
    return id or revision[:12]


def compare(versions: Versions) -> None:
    while versions.compare_some():
        pass


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as opened:
        yield opened


def test_shingles_do_not_see_case_accents_elision_or_punctuation() -> None:
    one = "L’armée, dit-il, s'est repliée « à l’aube » vers l'Est du Mali."
    assert shingles(one) == shingles("L'ARMEE dit il s’est repliee à l'aube vers l’est du MALI")
    assert shingles("trois mots seulement") == frozenset()


def test_what_is_too_short_to_say_is_a_version_of_nothing() -> None:
    short = shingles(" ".join(WORDS[: FEWEST + 2]))
    assert len(short) == FEWEST - 1
    assert not sample(short)
    assert not are_versions(short, short)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=60),
    st.lists(st.sampled_from(["a", "b"]), max_size=60),
)
def test_containment_is_a_part_and_the_same_both_ways(one: list[str], other: list[str]) -> None:
    here, there = shingles(" ".join(one)), shingles(" ".join(other))
    assert 0 <= containment(here, there) == containment(there, here) <= 1


def test_a_rewritten_text_and_an_extract_are_versions_another_text_is_not(library: Library) -> None:
    whole = put(library, prose(1, 2, 3, 4))
    rewritten = put(library, prose(9, 2, 3, 4, 10))
    brief = put(library, prose(3))
    put(library, prose(5, 6, 7))
    compare(library.versions)
    assert library.versions.counts([whole, rewritten, brief]) == dict.fromkeys((whole, rewritten, brief), 3)
    found = library.versions.of(whole)
    assert [v.id for v in found] == [brief, rewritten]
    assert found[0].similarity == 1
    assert 0.5 < found[1].similarity < 0.9
    assert (found[0].source, found[0].date) == ("S", "2024")
    assert library.versions.duplicates() == {whole, rewritten, brief}


def test_an_article_whose_text_changes_leaves_its_cluster_and_comes_back(library: Library) -> None:
    one, other, third = (put(library, prose(1, 2, seed)) for seed in (3, 4, 5))
    compare(library.versions)
    put(library, prose(6, 7, 8), other)
    compare(library.versions)
    assert library.versions.counts([one, other, third]) == {one: 2, third: 2}
    put(library, prose(1, 2, 9), other)
    compare(library.versions)
    assert library.versions.counts([one, other, third]) == {one: 3, other: 3, third: 3}


def test_a_cluster_falls_apart_when_what_held_it_together_changes(library: Library) -> None:
    one, bridge, other = put(library, prose(1, 2)), put(library, prose(1, 2, 3, 4)), put(library, prose(3, 4))
    compare(library.versions)
    assert library.versions.counts([one]) == {one: 3}
    put(library, prose(1, 2, 5, 6), bridge)
    compare(library.versions)
    assert library.versions.counts([one, bridge, other]) == {one: 2, bridge: 2}


def test_a_text_that_changes_while_it_is_compared_is_compared_again(library: Library) -> None:
    one, other = put(library, prose(1, 2)), put(library, prose(5, 6))

    class Overtaken(Versions):
        """Sees an article change between the reading of its text and the comparison."""

        def _remember(self, revision: str, text: str) -> frozenset[int]:
            if text == prose(5, 6):
                put(library, prose(1, 2, 3), other)
            return super()._remember(revision, text)

    compare(Overtaken(library.versions._store))
    assert library.versions.counts([one, other]) == {one: 2, other: 2}


def state(library: Library) -> list[list[tuple[object, ...]]]:
    store = library.versions._store
    return [
        sorted(store.rows(f"SELECT * FROM {table}"))
        for table in ("sample", "sampled", "pair", "cluster", "uncompared")
    ]


# Few paragraphs and a crowd of two: shingles that many share, whose lowest ids come and go.
TEXTS = st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(lambda seeds: prose(*seeds))
CHANGES = st.lists(st.tuples(st.integers(0, 7), TEXTS, st.booleans()), min_size=1, max_size=24)


@given(CHANGES)
@settings(max_examples=60)
def test_the_clusters_are_those_of_the_texts_however_they_came(changes: list[tuple[int, str, bool]]) -> None:
    with (
        tempfile.TemporaryDirectory() as here,
        Library(Path(here) / "grown.sqlite") as grown,
        Library(Path(here) / "fresh.sqlite") as fresh,
    ):
        now: dict[str, str] = {}
        versions = Versions(grown._store, crowd=2)
        for number, body, at_once in changes:
            id = f"{number:012x}"
            put(grown, body, id)
            now[id] = body
            if at_once:
                compare(versions)
        compare(versions)
        for id, body in sorted(now.items(), reverse=True):
            put(fresh, body, id)
        compare(Versions(fresh._store, crowd=2))
        assert state(grown) == state(fresh)
        if len(now) < 3:  # no crowd: every pair is as its texts are
            pairs = [row for row in state(grown)[2] if row[0] < row[1]]
            expected = [
                    (a, b) for a in sorted(now) for b in sorted(now)
                    if a < b and are_versions(shingles(now[a]), shingles(now[b]))
                ]  # fmt: skip
            assert pairs == expected


def test_many_copies_are_one_cluster_and_few_pairs(library: Library) -> None:
    ids = [put(library, prose(1, 2, 100 + number)) for number in range(120)]
    compare(library.versions)
    assert library.versions.counts(ids) == dict.fromkeys(ids, 120)
    (pairs,) = library.versions._store.rows("SELECT count(*) FROM pair")[0]
    assert pairs < 120 * 2 * 20
