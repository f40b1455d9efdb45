"""The dossier on the command line, and the corrections."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import EntityType, Mention
from index.entities.corrections import Correction, Kind
from index.entities.log import CorrectionLog
from notes import Notebook
from reader.cli import run
from reader.dossier import bars
from reader.exporting import write_text
from reader.paths import places
from reader.workspace import Workspace

TEXT = "Le JNIM attaque Bamako. Le JNIM *se tait*."


@pytest.fixture
def home(tmp_path: Path) -> str:
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"title": "A", "date": "2024-09-19", "lang": "fr", "text": TEXT}))
    with Workspace(places(tmp_path / "home")) as space:
        list(space.add([source]))
        library = space.collection.library
        article = library.get(library.ids()[0])
        found = [Mention(3, 7, EntityType.ORG, "JNIM"), Mention(16, 22, EntityType.PLACE, "Bamako")]
        library.mentions.put(
            article.revision, article.text, "test", [*found, Mention(27, 31, EntityType.ORG, "JNIM")]
        )
        list(space.collection.settle())
    return str(tmp_path / "home")


def test_the_dossier_is_found_by_an_alias_no_article_uses(home: str, capsys) -> None:
    assert run(["--home", home, "entity", "gsim", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["name"], said["type"], said["mentions"]) == (1, "JNIM", "org", 2)
    assert said["aliases"] == [{"name": "JNIM", "count": 2}]
    assert said["months"] == [{"month": "2024-09", "count": 2}]
    assert said["concordance"][0]["text"] == "JNIM"
    assert said["neighbours"][0]["name"] == "Bamako"
    assert said["neighbours"][0]["evidence"][0]["text"] == "Le JNIM attaque Bamako."


def test_the_dossier_is_printed_and_written(home: str, capsys) -> None:
    assert run(["--home", home, "--lang", "en", "entity", "JNIM"]) == 0
    printed = capsys.readouterr().out
    for part in ("mentions: 2 · articles: 1", "2024-09 ", "█", "Bamako", "attaque"):
        assert part in printed
    assert run(["--home", home, "--lang", "en", "entity", "JNIM", "--markdown"]) == 0
    written = capsys.readouterr().out
    assert written.startswith("# JNIM\n")
    assert r"\*se tait\*" in written


def test_notes_are_about_a_name_that_stands_in_them_as_words(home: str, capsys) -> None:
    with Workspace(places(home)) as space:
        article = space.collection.article(space.collection.library.ids()[0])
        for comment in ("jnimiste ?", "le Bamakois", "celui du J.N.I.M., dit-on", "d’après JNIM"):
            space.note(article, None, comment)
    assert run(["--home", home, "entity", "JNIM", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert sorted(note["comment"] for note in said["notes"]) == ["celui du J.N.I.M., dit-on", "d’après JNIM"]


def test_an_unknown_name_is_nothing_found(home: str, capsys) -> None:
    assert run(["--home", home, "entity", "Zou"]) == 1
    assert "Zou" in capsys.readouterr().err


def test_corrections_are_exported_and_merged(home: str, tmp_path: Path, capsys) -> None:
    theirs = CorrectionLog(tmp_path / "theirs.jsonl")
    theirs.append(Correction.of(Kind.SAME, "JNIM", EntityType.ORG, "Groupe Z"))
    assert run(["--home", home, "corrections"]) == run(["--home", home, "corrections", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["corrections"] == []
    assert run(["--home", home, "corrections", "merge", str(theirs.path)]) == 0
    assert run(["--home", home, "entity", "Groupe Z", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mentions"] == 2
    assert run(["--home", home, "corrections", "export", str(tmp_path / "mine.jsonl")]) == 0
    assert (tmp_path / "mine.jsonl").read_bytes() == theirs.path.read_bytes()
    assert run(["--home", home, "--lang", "en", "corrections"]) == 0
    assert "“JNIM” is also “Groupe Z”" in capsys.readouterr().out
    assert run(["--home", home, "search", 'org:"groupe z"', "--json"]) == 0
    assert run(["--home", home, "corrections", "merge", str(tmp_path / "a.jsonl")]) == 2


def test_a_correction_of_the_beginning_of_time_can_be_undone(home: str, tmp_path: Path, capsys) -> None:
    theirs = tmp_path / "theirs.jsonl"
    made = Correction.of(Kind.SAME, "JNIM", EntityType.ORG, "Groupe Z")
    theirs.write_text(json.dumps(replace(made, time="0001-01-01T00:00:00+23:59").to_json()))
    assert run(["--home", home, "corrections", "merge", str(theirs)]) == 0
    assert run(["--home", home, "corrections"]) == 0
    assert "0001-01-01" in capsys.readouterr().out
    assert run(["--home", home, "undo"]) == 0
    assert run(["--home", home, "corrections"]) == 1


def test_many_months_are_told_by_year() -> None:
    months = [(f"{year}-{month:02}", 1) for year in range(2010, 2015) for month in range(1, 13)]
    assert [(when, count) for when, _, count in bars(months)] == [
        (str(year), 12) for year in range(2010, 2015)
    ]


def test_what_is_written_for_others_follows_no_link_and_is_nobody_elses(
    home: str, tmp_path: Path, capsys
) -> None:
    theirs, target = tmp_path / "theirs", tmp_path / "mine.jsonl"
    theirs.write_text("of somebody")
    target.symlink_to(theirs)
    log = CorrectionLog(places(home).corrections)
    log.append(Correction.of(Kind.SAME, "JNIM", EntityType.ORG, "Groupe Z"))
    assert run(["--home", home, "corrections", "export", str(target)]) == 0
    assert theirs.read_text() == "of somebody"
    assert target.stat().st_mode & 0o777 == 0o600


def test_what_was_exported_stays_when_there_is_nothing_to_export(home: str, tmp_path: Path, capsys) -> None:
    target = tmp_path / "mine.jsonl"
    target.write_text("of yesterday")
    assert run(["--home", home, "--lang", "en", "corrections", "export", str(target)]) == 1
    assert "no corrections" in capsys.readouterr().err
    assert target.read_text() == "of yesterday"


@pytest.mark.parametrize(
    "name", ["notes/corrections.jsonl", "notes/notes.lock", "notes/new", "config.toml", "gazetteer.toml"]
)
def test_nothing_is_written_among_what_liseuse_keeps(home: str, name: str, capsys) -> None:
    log = CorrectionLog(places(home).corrections)
    log.append(Correction.of(Kind.SAME, "JNIM", EntityType.ORG, "Groupe Z"))
    before = {path: path.lstat().st_mtime_ns for path in Path(home).rglob("*") if "library" not in str(path)}
    assert run(["--home", home, "--lang", "en", "corrections", "export", f"{home}/state/../{name}"]) == 4
    assert "keeps its own" in capsys.readouterr().err
    assert before.items() <= {path: path.lstat().st_mtime_ns for path in before}.items()


def test_nor_over_the_corrections_of_another_home(home: str, tmp_path: Path) -> None:
    log = CorrectionLog(places(home).corrections)
    log.append(Correction.of(Kind.SAME, "JNIM", EntityType.ORG, "Groupe Z"))
    other = places(tmp_path / "other")
    with Notebook.open(other.notes):
        other.corrections.write_text("of somebody")
    assert run(["--home", home, "corrections", "export", str(other.corrections)]) == 4
    assert other.corrections.read_text() == "of somebody"


def test_a_text_is_written_beside_one_that_is_there(home: str, tmp_path: Path) -> None:
    path = tmp_path / "dossier.md"
    written = [write_text(path, text, places(home), beside=True) for text in ("un", "deux", "trois")]
    assert [one.name for one in written] == ["dossier.md", "dossier-2.md", "dossier-3.md"]
    assert [one.read_text() for one in written] == ["un", "deux", "trois"]
