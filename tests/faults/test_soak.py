"""A short soak; `make soak` is the long one."""

from pathlib import Path

from faults.soak import soak

from reader.paths import places
from reader.workspace import Workspace


def test_random_keys_break_nothing(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(12):
        (articles / f"{number}.txt").write_text(
            f"Titre {number}\n\nBamako, attaque numéro {number} au Mali. " * 9
        )
    *_, report = soak(tmp_path, articles, seed=3, keys=60)
    assert report.keys >= 60
    with Workspace(places(str(tmp_path / "home"))) as space:
        assert space.collection.library.count() >= 12
        assert space.collection.index.ids() <= frozenset(space.collection.library.ids())
