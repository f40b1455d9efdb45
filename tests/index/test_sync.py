"""Looking again: what is new, changed, moved and gone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import Draft
from index.events import Outcome, Summary
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
    texts = (folder / "a.txt").read_text(), (folder / "b.txt").read_text()
    (folder / "a.txt").write_text(texts[1])
    (folder / "b.txt").write_text(texts[0])
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
    library: Library, folder: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "r.jsonl").write_text('{"text": "un"}\n{bad}\n{"text": " "}')
    summary = Summary()
    for event in sync(library):
        summary.note(event)
    told = summary.rejected
    assert len(told) == 2
    monkeypatch.setattr("index.parse_worker._bounded", None)  # what no file should come to
    for at in (1, 2):
        for path in folder.iterdir():
            os.utime(path, (at, at))
        summary = Summary()
        for event in [*sync(library), *sync(library)]:
            summary.note(event)
        assert (summary.counts[Outcome.UNCHANGED], summary.rejected) == (6, told * 2)


def test_what_was_refused_is_read_again_by_better_readers(
    library: Library, folder: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "r.jsonl").write_text('{"text": "un"}\n{bad}')
    assert look(library) == {"added": 1, "unchanged": 2, "rejected": 1}
    monkeypatch.setattr("index.places.READERS", 2)
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
