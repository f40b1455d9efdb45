"""Whatever happens to a folder, and in whatever order: the library says what the folder says."""

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
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prose import prose

from index.article import Draft, canonical, paragraphs
from index.collection import Collection
from index.ingest import article_of, ingest, sync
from index.library import Library
from index.places import SAID

EXAMPLES = int(os.environ.get("LISEUSE_FOLDERS", "8"))
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
@settings(max_examples=2 * EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
