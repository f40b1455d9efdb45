"""Files cut short and bits flipped at sampled places, in every store.

Whatever happened: nothing ends in a traceback, reading never changes the notes' file, and after
`doctor --repair` what can be made again is as it was. `make test` takes a few places of each file,
`make faults` forty.
"""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli import run
from reader.paths import places
from reader.workspace import Workspace

SAMPLE = int(os.environ.get("LISEUSE_FAULTS", "3"))
STORES = ("notes", "library", "cache/index", "state")
USUAL = (
    ["search", "Bamako"],
    ["search", "title:Titre OR date:2024*"],
    ["notes"],
    ["entities"],
    ["tags"],
    ["sync"],
)

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Whoosh drops what it fails to read
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("whole")
    (here / "articles").mkdir()
    for number in range(4):
        text = f"Titre {number}\n\nBamako, 19 septembre 2024 – Le texte numéro {number} du Mali. " * 9
        (here / "articles" / f"{number}.txt").write_text(text)
    with Workspace(places(str(here / "home"))) as space:
        list(space.add([here / "articles"]))
        for id in space.collection.library.ids():
            article = space.collection.article(id)
            space.note(article, None, "un commentaire", ["bilan"])
        space.memory.remember("Bamako")
        space.prepare()
    return here / "home"


def harmed(path: Path, seed: str) -> Iterator[bytes]:
    """Yield a file's bytes, cut short and with one bit the other way, at sampled places."""
    data, chance = path.read_bytes(), random.Random(seed)
    for _ in range(SAMPLE):
        yield data[: chance.randrange(len(data))]
    for _ in range(2 * SAMPLE):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


@pytest.mark.parametrize("store", STORES)
def test_damage_is_told_and_mended_where_it_can_be_and_notes_are_left_alone(
    store: str, whole: Path, tmp_path: Path
) -> None:
    tried = 0
    for path in sorted((whole / store).rglob("*")):
        if path.is_file() and path.stat().st_size:
            for number, data in enumerate(harmed(path, f"{path.name[-8:]}")):
                tried += 1
                home = tmp_path / f"{tried}-{number}"
                shutil.copytree(whole, home)
                (home / path.relative_to(whole)).write_bytes(data)
                live_through(home, store)
                shutil.rmtree(home)
    assert tried >= SAMPLE * 3


def live_through(home: Path, store: str) -> None:
    notes = (home / "notes" / "notes.sqlite").read_bytes()
    for arguments in (["doctor"], *USUAL, ["doctor", "--repair"]):
        assert run(["--home", str(home), *arguments]) in {0, 1, 2, 3, 4}, arguments
    assert (home / "notes" / "notes.sqlite").read_bytes() == notes
    if store in {"cache/index", "state"}:  # only caches, made again to the letter
        assert run(["--home", str(home), "doctor"]) == 0
        with Workspace(places(str(home))) as space:
            space.prepare()
            assert space.finder.search("Bamako").total == 4
            assert len(space.notebook.notes()) == 4
