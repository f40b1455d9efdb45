"""Looking again: what is new, changed, moved and gone; the same state whatever the order and however often."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.collection import Collection
from index.events import Summary
from index.ingest import ingest, sync
from index.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "home" / "library.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, library: Library) -> Path:
    """A remembered folder with two articles."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "a.txt").write_text("Titre a\n\nTexte a.")
    (made / "b.txt").write_text("Titre b\n\nTexte b.")
    list(ingest(library, [made]))
    return made


def look(library: Library) -> dict[str, int]:
    summary = Summary()
    for event in sync(library):
        summary.note(event)
    return {outcome.value: count for outcome, count in summary.counts.items() if count}


def article_at(library: Library, path: Path) -> str | None:
    return library.places.at(os.fsencode(path), "")


def test_nothing_new(library: Library, folder: Path) -> None:
    assert look(library) == {"unchanged": 2}


def test_new_changed_and_gone(library: Library, folder: Path) -> None:
    changed, gone = article_at(library, folder / "a.txt"), article_at(library, folder / "b.txt")
    (folder / "a.txt").write_text("Titre a\n\nTexte corrigé.")
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text("Titre c\n\nTexte c.")
    assert look(library) == {"added": 1, "updated": 1, "gone": 1}
    assert library.get(str(changed)).text.endswith("corrigé.")
    assert library.get(str(gone)).text.endswith("Texte b.")
    assert library.places.is_gone(str(gone))
    assert look(library) == {"unchanged": 2}


def test_a_moved_file_keeps_its_article(library: Library, folder: Path) -> None:
    article = article_at(library, folder / "a.txt")
    (folder / "deep").mkdir()
    (folder / "a.txt").rename(folder / "deep" / "new name.txt")
    assert look(library) == {"moved": 1, "unchanged": 1}
    assert article_at(library, folder / "deep" / "new name.txt") == article
    assert not library.places.is_gone(str(article))
    assert library.count() == 2


def test_a_file_that_comes_back_is_no_longer_gone(library: Library, folder: Path) -> None:
    article = str(article_at(library, folder / "a.txt"))
    text = (folder / "a.txt").read_text()
    (folder / "a.txt").unlink()
    assert look(library)["gone"] == 1
    (folder / "a.txt").write_text(text)
    look(library)
    assert not library.places.is_gone(article)


def test_one_of_two_places_gone_is_not_gone(library: Library, folder: Path) -> None:
    (folder / "copy.txt").write_text((folder / "a.txt").read_text())
    assert look(library) == {"duplicates": 1, "unchanged": 2}
    (folder / "a.txt").unlink()
    assert look(library) == {"unchanged": 2}


def test_a_record_that_leaves_its_file_is_gone(library: Library, folder: Path) -> None:
    lines = ['{"id": "1", "text": "un"}', '{"id": "2", "text": "deux"}']
    (folder / "r.jsonl").write_text("\n".join(lines))
    assert look(library)["added"] == 2
    (folder / "r.jsonl").write_text(lines[1])
    assert look(library) == {"gone": 1, "unchanged": 3}


def test_a_missing_folder_is_an_unmounted_disk_not_a_loss(library: Library, folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    assert look(library) == {"rejected": 1}
    (folder.parent / "elsewhere").rename(folder)
    assert look(library) == {"unchanged": 2}


def test_a_single_file_that_was_added_is_looked_at_too(
    library: Library, tmp_path: Path, folder: Path
) -> None:
    alone = tmp_path / "alone.txt"
    alone.write_text("Seul ici")
    list(ingest(library, [alone]))
    alone.unlink()
    assert look(library) == {"unchanged": 2, "gone": 1}


NAMES = st.sampled_from(["a.txt", "b.txt", "deep/c.txt", "deep/d.txt"])
TEXTS = st.sampled_from(["Texte un.", "Texte deux.", "Texte trois.", "Texte quatre."])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TEXTS),
        st.tuples(st.just("move"), NAMES, NAMES),
        st.tuples(st.just("delete"), NAMES, st.just("")),
        st.tuples(st.just("sync"), st.just(""), st.just("")),
    ),
    max_size=12,
)


def play(folder: Path, step: tuple[str, str, str]) -> None:
    what, name, other = step
    path = folder / name
    if what == "write":
        path.write_text(other)
    elif what == "move" and path.exists():
        path.rename(folder / other)
    elif what == "delete":
        path.unlink(missing_ok=True)


def state(library: Library) -> dict[str, str]:
    """What can be read where, by place."""
    places = library.places
    at = {path: places.at(path, "") for path in places.files()}
    return {os.path.basename(path).decode(): library.get(str(id)).text for path, id in at.items()}


@given(STEPS)
@settings(max_examples=25, deadline=None)
def test_the_library_says_what_the_folder_says_whatever_happened(steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here) / "articles"
        (folder / "deep").mkdir(parents=True)
        with Library(Path(here) / "often.sqlite") as often:
            list(ingest(often, [folder]))
            texts = set()
            for step in steps:
                play(folder, step)
                if step[0] == "sync":
                    list(sync(often))
                    texts |= set(state(often).values())
            list(sync(often))
            on_disk = {path.name: path.read_text() for path in folder.rglob("*.txt")}
            assert state(often) == on_disk
            kept = {often.revision_text(a.revision) for a in often.articles(often.ids())}
            assert all(event.outcome.value == "unchanged" for event in sync(often))
            assert set(on_disk.values()) <= kept
            with Library(Path(here) / "once.sqlite") as once:
                list(ingest(once, [folder]))
                assert state(once) == on_disk


def test_killed_at_any_moment_and_run_again_it_is_as_if_undisturbed(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"Titre {number}\n\nTexte {number} sur le Mali. " * 20)
    library, index = tmp_path / "home" / "library.sqlite", tmp_path / "home" / "index"
    command = [sys.executable, "-m", "index.adder", str(library), str(index), str(folder)]
    chance = random.Random(7)
    killed = 0
    for _ in range(6):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 0.9))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdin
        process.stdin.close()
    assert killed
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    with Collection(library, index) as collection:
        list(collection.add([folder]))
        list(collection.settle())
        texts = {a.text for a in collection.library.articles(collection.library.ids())}
        assert len(texts) == collection.library.count() == 120
        assert collection.index.ids() == frozenset(collection.library.ids())
