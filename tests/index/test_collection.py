"""Library and index together: what one owes the other is paid, in batches, and the paying ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import Article, revision_of
from index.collection import Collection


@pytest.fixture
def collection(tmp_path: Path, monkeypatch) -> Iterator[Collection]:
    monkeypatch.setattr("index.collection._BATCH", 3)
    with Collection(tmp_path / "library" / "library.sqlite", tmp_path / "index") as opened:
        yield opened


def put(collection: Collection, text: str, id: str = "") -> str:
    revision = revision_of(text)
    article = Article(id or revision[:12], revision, "T", text)
    collection.library.put(article)
    return article.id


def test_all_that_is_owed_is_paid_in_batches(collection: Collection) -> None:
    ids = {put(collection, f"texte {number}") for number in range(8)}
    told = [(step.done, step.total) for step in collection.settle()]
    assert told == [(3, 8), (6, 8), (8, 8)]
    assert set(collection.index.ids()) == ids
    assert list(collection.settle()) == []


def test_what_changes_while_it_is_paid_is_left_for_the_next_time(collection: Collection) -> None:
    first = min(put(collection, f"texte {number}") for number in range(8))
    for number, _step in enumerate(collection.settle()):
        put(collection, f"autre texte {number}", first)
    assert [debt.article for debt in collection.library.unindexed()] == [first]
    assert [(step.done, step.total) for step in collection.settle()] == [(1, 1)]


def test_it_stops_between_batches_when_asked_and_goes_on_later(collection: Collection) -> None:
    ids = {put(collection, f"texte {number}") for number in range(8)}
    enough = iter([False, True])
    assert [step.done for step in collection.settle(stop=lambda: next(enough))] == [3]
    list(collection.settle())
    assert set(collection.index.ids()) == ids
