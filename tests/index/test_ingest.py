import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.events import Event, Outcome, Summary
from index.ingest import ingest
from index.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "home" / "library.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def run(library: Library, *paths: Path) -> Summary:
    summary = Summary()
    for event in ingest(library, paths):
        summary.note(event)
    return summary


def counts(summary: Summary) -> dict[str, int]:
    return {outcome.value: count for outcome, count in summary.counts.items() if count}


def test_a_folder_is_added_to_the_bottom_and_again_is_unchanged(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text("Titre\n\nUn texte sur le Mali et les pays de la région.")
    (folder / "deep").mkdir()
    (folder / "deep" / "b.md").write_text("# Autre\n\nUn autre texte.")
    (folder / ".hidden.txt").write_text("caché")
    assert counts(run(library, folder)) == {"added": 2}
    assert counts(run(library, folder)) == {"unchanged": 2}
    assert library.places.folders() == [os.fsencode(folder)]


def test_an_unchanged_text_under_a_new_date_is_unchanged(library: Library, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text("Titre\n\nTexte.")
    run(library, folder)
    os.utime(path, (1, 1))
    assert counts(run(library, folder)) == {"unchanged": 1}


def test_an_edited_file_keeps_its_article(library: Library, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text("Titre\n\nTexte.")
    run(library, folder)
    (id,) = library.ids()
    before = library.get(id)
    path.write_text("Titre\n\nTexte corrigé.")
    assert counts(run(library, folder)) == {"updated": 1}
    after = library.get(id)
    assert after.text.endswith("corrigé.")
    assert library.revision_text(before.revision) == before.text


def test_the_same_text_twice_is_one_article(library: Library, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("Titre\n\nTexte.")
    assert counts(run(library, folder)) == {"added": 1, "duplicates": 1}
    assert library.count() == 1
    assert counts(run(library, folder)) == {"unchanged": 2}


def test_one_bad_line_is_told_each_time_and_costs_nothing_else(library: Library, folder: Path) -> None:
    path = folder / "a.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "un"}) + "\n{bad\n" + json.dumps({"id": 2, "text": "deux"}))
    for outcome in ("added", "unchanged"):
        summary = run(library, folder)
        assert counts(summary) == {outcome: 2, "rejected": 1}
        assert summary.rejected == [(f"{path}: line 2", "not valid JSON")]


def test_what_is_no_article_is_listed_with_its_reason(library: Library, folder: Path) -> None:
    (folder / "empty.txt").write_text(" \n")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    (folder / "binary.txt").write_bytes(b"a\0b")
    (folder / "good.txt").write_text("Bon texte")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(folder)
    summary = run(library, folder, folder / "absent.txt")
    assert counts(summary) == {"added": 1, "rejected": 7}
    assert {Path(path).name: reason for path, reason in summary.rejected} == {
        "absent.txt": "No such file or directory",
        "binary.txt": "not a text file",
        "empty.txt": "no text",
        "loop": "a link: links are not followed",
        "picture.jpg": "not a format Liseuse reads",
        "pipe.txt": "not a regular file",
        "zero.txt": "a link: links are not followed",
    }


def test_names_that_are_not_utf8_are_read_and_printed(library: Library, folder: Path) -> None:
    path = os.path.join(os.fsencode(folder), b"caf\xe9.txt")
    with open(path, "w") as stream:
        stream.write("Texte")
    (event,) = [e for e in ingest(library, [folder]) if e.article]
    assert event.path.endswith("caf\\xe9.txt")


def test_what_was_told_is_kept_when_the_run_is_cut(library: Library, folder: Path) -> None:
    for number in range(100):
        (folder / f"{number:03}.txt").write_text(f"Texte {number}")
    events = ingest(library, [folder])
    told = [next(events) for _ in range(40)]
    events.close()
    assert {event.article for event in told} <= set(library.ids())
    assert counts(run(library, folder))["unchanged"] >= 40
    assert library.count() == 100


def test_progress_never_goes_back_and_ends_at_the_total(library: Library, folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.jsonl").write_text(
            "\n".join(json.dumps({"text": f"t{number}{n}"}) for n in range(9))
        )
    events: list[Event] = list(ingest(library, [folder]))
    done = [event.done for event in events]
    assert done == sorted(done)
    assert done[-1] == events[-1].total == sum(path.stat().st_size for path in folder.iterdir())


def test_the_seed_article(library: Library, shared: Path) -> None:
    (event,) = ingest(library, [shared / "corpora" / "seed"])
    assert event.outcome is Outcome.ADDED
    article = library.get(event.article)
    assert article.title == "L’ attaque de Bamako : Un défi direct à l’État malien"
    assert (article.place, article.date, article.lang) == ("Bamako", "2024-09-19", "fr")


def test_saved_pages(shared: Path) -> None:
    """Title and date of each of 20 pages; the text is the business of docs/formats.md."""
    from index.formats import format_of

    pages = shared / "corpora" / "html-orange"
    reader = format_of("a.html")
    assert reader
    for line in (pages / "gold.jsonl").read_text().splitlines():
        gold = json.loads(line)
        with (pages / "raw" / f"{gold['id']}.html").open("rb") as stream:
            (draft,) = reader(stream)
        assert (draft.title, draft.date) == (gold["title"], gold["date"])
