"""Looking again: what is new, changed, moved and gone; the same state whatever the order and however often."""

import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prose import prose

from index.article import Draft, canonical, paragraphs
from index.collection import Collection
from index.events import Outcome, Summary
from index.formats import Refusal, Unreadable
from index.ingest import article_of, ingest, sync
from index.library import Library
from index.parse_worker import parse
from index.parsing import Parser, _record
from index.places import SAID, Stamp


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


def test_when_one_of_two_copies_changes_the_other_keeps_the_article(library: Library, folder: Path) -> None:
    article, text = article_at(library, folder / "a.txt"), (folder / "a.txt").read_text()
    (folder / "copy.txt").write_text(text)
    look(library)
    (folder / "a.txt").write_text("Titre a\n\nTexte corrigé.")
    assert look(library) == {"added": 1, "unchanged": 2}
    assert article_at(library, folder / "copy.txt") == article
    assert library.get(str(article)).text == text
    assert library.get(str(article_at(library, folder / "a.txt"))).text.endswith("corrigé.")


def test_swapped_files_keep_their_articles(library: Library, folder: Path) -> None:
    one, other = article_at(library, folder / "a.txt"), article_at(library, folder / "b.txt")
    play(folder, ("swap", "a.txt", "b.txt"))
    assert look(library)["moved"] == 1
    assert (article_at(library, folder / "a.txt"), article_at(library, folder / "b.txt")) == (other, one)


def test_lines_put_in_before_others_leave_the_others_their_articles(library: Library, folder: Path) -> None:
    old = [json.dumps({"title": f"Titre {n}", "text": f"Texte {n}"}) for n in range(3)]
    (folder / "r.jsonl").write_text("\n".join(old))
    look(library)
    before = set(library.ids())
    (folder / "r.jsonl").write_text("\n".join([json.dumps({"title": "Titre", "text": "Neuf"}), *old]))
    assert look(library) == {"added": 1, "unchanged": 5}
    assert before < set(library.ids())


def test_a_file_that_was_only_touched_is_not_parsed_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "r.jsonl").write_text('{"text": "un"}\n{bad}\n{"text": " "}')
    summary = Summary()
    for event in sync(library):
        summary.note(event)
    told = summary.rejected
    assert len(told) == 2
    monkeypatch.setattr("index.ingest.Parser", InProcess)
    monkeypatch.setattr("index.parse_worker._bounded", None)  # what no file should come to
    for at in (1, 2):
        for path in folder.iterdir():
            os.utime(path, (at, at))
        summary = Summary()
        for event in [*sync(library), *sync(library)]:
            summary.note(event)
        assert (summary.counts[Outcome.UNCHANGED], summary.rejected) == (6, told * 2)


def test_what_was_refused_is_read_again_by_better_readers(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "r.jsonl").write_text('{"text": "un"}\n{bad}')
    assert look(library) == {"added": 1, "unchanged": 2, "rejected": 1}
    monkeypatch.setattr("index.places.READERS", 2)
    monkeypatch.setattr("index.ingest.Parser", InProcess)
    monkeypatch.setattr(
        "index.formats.jsonl._record", lambda number, line: Draft(f"Texte {number}", key=str(number))
    )
    assert look(library)["added"] == 2


def test_two_records_of_one_id_are_two_articles(library: Library, folder: Path) -> None:
    (folder / "r.jsonl").write_text('{"id": 1, "text": "un"}\n{"id": 1, "text": "deux"}')
    assert look(library)["added"] == 2
    os.utime(folder / "r.jsonl", (1, 1))
    assert look(library) == {"unchanged": 4}


def test_a_text_in_two_places_is_told_with_what_each_says(library: Library, folder: Path) -> None:
    for name, source in (("1.jsonl", "AFP"), ("2.jsonl", "RFI")):
        (folder / name).write_text(json.dumps({"text": "Le même texte.", "source": source, "title": "T"}))
    assert look(library) == {"added": 1, "duplicates": 1, "unchanged": 2}
    article = next(a for a in library.articles(library.ids()) if a.source)
    assert (article.source, article.gone) == ("AFP / RFI", False)
    assert [(Path(s.path).name, s.source, s.gone) for s in library.places.of(article.id)] == [
        ("1.jsonl", "AFP", False),
        ("2.jsonl", "RFI", False),
    ]
    (folder / "1.jsonl").unlink()
    look(library)
    assert [(s.source, s.gone) for s in library.places.of(article.id)] == [("RFI", False), ("AFP", True)]
    assert library.get(article.id).source == "RFI"
    (folder / "2.jsonl").unlink()
    look(library)
    last = library.get(article.id)
    assert (Path(last.path).name, last.source, last.gone) == ("1.jsonl", "AFP / RFI", True)


class InProcess(Parser):
    """Parses without a child, so that a property can be tried often."""

    def records(self, path: bytes, known: str = "") -> Iterator[tuple[Draft | Refusal | Stamp, int]]:
        for said in parse(path, known):
            if reason := said.get("unreadable"):
                raise Unreadable(reason)
            if stamp := said.get("end"):
                yield Stamp(**stamp), stamp["size"]
            else:
                yield _record(said), said["at"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingest.Parser", InProcess)


NAMES = st.sampled_from(["a.txt", "b.txt", "deep/c.txt"])
TEXTS = st.sampled_from([prose(0), prose(1), prose(0, 1), prose(2, 3)])
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS},
        optional={
            "id": st.integers(1, 3),
            "source": st.sampled_from(["AFP", "RFI"]),
            "date": st.just("2024-09-17"),
        },
    ),
    min_size=1,
    max_size=3,
).map(lambda records: "\n".join(map(json.dumps, records)))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TEXTS),
        st.tuples(st.just("write"), st.just("r.jsonl"), RECORDS),
        st.tuples(st.just("move"), NAMES, NAMES),
        st.tuples(st.just("swap"), NAMES, NAMES),
        st.tuples(st.just("delete"), NAMES, st.just("")),
        st.tuples(st.just("sync"), st.just(""), st.just("")),
    ),
    max_size=16,
)


def play(folder: Path, step: tuple[str, str, str]) -> None:
    what, name, other = step
    path = folder / name
    if what == "write":
        path.write_text(other)
    elif what == "move" and path.exists():
        path.rename(folder / other)
    elif what == "swap" and path.exists() and (folder / other).exists():
        texts = path.read_text(), (folder / other).read_text()
        path.write_text(texts[1])
        (folder / other).write_text(texts[0])
    elif what == "delete":
        path.unlink(missing_ok=True)


def rows(library: Library, sql: str) -> list[tuple[object, ...]]:
    return sorted(library._store.rows(sql))


def readable(library: Library) -> list[tuple[object, ...]]:
    """What can be read where, and what is said of it there."""
    return rows(library, f"SELECT path, key, body, {', '.join('l.' + name for name in SAID)}"
                " FROM location l JOIN article a ON a.id = article JOIN text USING (revision) WHERE gone = 0")  # fmt: skip


def contents(library: Library) -> list[list[tuple[object, ...]]]:
    """All that the library says, but when it was added."""
    article = f"SELECT id, revision, {', '.join(SAID)} FROM article"
    tables = ("text", "location", "sample", "sampled", "pair", "cluster", "uncompared")
    return [rows(library, article), *(rows(library, f"SELECT * FROM {table}") for table in tables)]


def compare(library: Library) -> None:
    while library.versions.compare_some():
        pass


def check_one_article_a_text(library: Library) -> None:
    """Each text that stands somewhere is one article, whose metadata are those of one of its places."""
    shown = rows(library, "SELECT body, id FROM location JOIN article a ON a.id = article JOIN text USING (revision)"
                 " WHERE gone = 0")  # fmt: skip
    assert len(dict(shown)) == len(set(shown)) == len({id for _text, id in shown})
    said = ", ".join(name for name in SAID if name != "source")
    assert not library._store.rows(
        f"SELECT id FROM article WHERE (id, {said}) NOT IN (SELECT article, {said} FROM location)"
        " AND id IN (SELECT article FROM location)"
    )


def check_clusters(library: Library, fresh: Library) -> None:
    """The clusters are those of the texts that the library has, however they came."""
    for article in library.articles(library.ids()):
        fresh.put(article)
    compare(fresh)
    for table in ("sample", "sampled", "pair", "cluster", "uncompared"):
        assert rows(library, f"SELECT * FROM {table}") == rows(fresh, f"SELECT * FROM {table}")


@given(STEPS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_library_says_what_the_folder_says_whatever_happened(
    quick: None, steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here) / "articles"
        (folder / "deep").mkdir(parents=True)
        with (
            Library(Path(here) / "often.sqlite") as often,
            Library(Path(here) / "once.sqlite") as once,
            Library(Path(here) / "fresh.sqlite") as fresh,
        ):
            list(ingest(often, [folder]))
            texts = set[str]()
            for step in steps:
                play(folder, step)
                if step[0] == "sync":
                    list(sync(often))
                    compare(often)
                    check_one_article_a_text(often)
                    texts |= {str(row[2]) for row in readable(often)}
            list(sync(often))
            compare(often)
            list(ingest(once, [folder]))
            assert readable(often) == readable(once)
            check_one_article_a_text(often)
            check_clusters(often, fresh)
            kept = {body for (body,) in often._store.rows("SELECT body FROM text")}
            assert texts <= kept
            before = contents(often)
            assert all(event.outcome.value == "unchanged" for event in sync(often))
            assert contents(often) == before


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_adding_gives_the_same_library(quick: None, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here) / "articles"
        (folder / "deep").mkdir(parents=True)
        names = ["a.txt", "b.txt", "deep/c.txt", "r.jsonl", "s.jsonl"]
        for name in names:
            (folder / name).write_text(data.draw(RECORDS if name.endswith("l") else TEXTS))
        with Library(Path(here) / "once.sqlite") as once, Library(Path(here) / "often.sqlite") as often:
            list(ingest(once, [folder]))
            compare(once)
            for name in data.draw(st.permutations(names)):
                list(ingest(often, [folder / name]))
                if data.draw(st.booleans()):
                    compare(often)
            list(ingest(often, [folder]))
            compare(often)
            assert contents(often) == contents(once)


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_input_becomes_an_article_that_keeps_the_contract(text: str, title: str) -> None:
    article = article_of(Draft(text, title=title))
    assert article.text == canonical(article.text)
    assert unicodedata.is_normalized("NFC", article.text)
    assert not re.search(r"\r|\n{3}|[\x00-\x08\x0b-\x1f\x7f-\x9f]", article.text + article.title)
    assert article.revision == hashlib.sha256(article.text.encode()).hexdigest()
    spans = list(paragraphs(article.text))
    assert "\n\n".join(article.text[span.start : span.end] for span in spans) == article.text


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
