"""Export and import as they are typed."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from notebooks import NOTES

from index.errors import LibraryBusy, LibraryDamaged
from index.library import Library
from notes import Edit, Notebook
from notes.export import FORMATS
from reader.cli import run
from reader.cli.note_arguments import FORMATS as TYPED
from reader.paths import places

ESCAPE = "A\x1b]52;c;UFdO\x07B\x9b2JC\u202eD"


def test_every_format_can_be_typed() -> None:
    assert tuple(TYPED) == tuple(FORMATS)


def test_each_format_is_written_to_a_file_and_to_stdout(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--quote", "Six avions", "--comment", "=1+1", "--tag", "bilan")
    for name in FORMATS:
        assert cli("export", "--format", name, "-o", str(tmp_path / name))[0] == 0
        assert (tmp_path / name).stat().st_size > 100
        if name != "qdpx":  # no text, see below
            assert cli("export", "--format", name)[1].encode() == (tmp_path / name).read_bytes()
    with zipfile.ZipFile(tmp_path / "qdpx") as project:
        assert any("Six avions" in project.read(name).decode() for name in project.namelist()[1:])
    (row,) = csv.DictReader(io.StringIO((tmp_path / "csv").read_text(encoding="utf-8-sig")))
    assert (row["quote"], row["comment"]) == ("Six avions", "'=1+1")


@pytest.mark.parametrize("name", list(FORMATS))
def test_no_export_replaces_a_notebook_or_a_correction(cli, article, tmp_path: Path, name: str) -> None:
    cli("note", article, "--quote", "Six avions", "--tag", "bilan")
    here = places(tmp_path / "home")
    for path in (here.notes, here.corrections, here.library):
        before = path.read_bytes() if path.exists() else None
        assert cli("export", "--format", name, "-o", str(path))[0] == 4
        assert (path.read_bytes() if path.exists() else None) == before


def test_a_project_goes_through_a_pipe_to_the_byte(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = ["--home", str(tmp_path / "home"), "--lang", "en"]
    with Notebook.open(places(str(tmp_path / "home")).notes) as notebook:
        notebook.take_in([Edit(note) for note in NOTES[:2]])
    assert run([*options, "export", "--format", "qdpx"]) == 0
    piped = capsysbinary.readouterr().out
    assert run([*options, "export", "--format", "qdpx", "-o", str(tmp_path / "x.qdpx")]) == 0
    assert piped == (tmp_path / "x.qdpx").read_bytes()


def test_notes_without_tags_are_no_codebook(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--whole", "--comment", "x")
    assert cli("export", "--format", "qdc")[0] == 1
    code, _out, err = cli("export", "--format", "qdc", "-o", str(tmp_path / "x.qdc"))
    assert code == 1
    assert "has a tag" in err
    assert not (tmp_path / "x.qdc").exists()


@pytest.mark.parametrize("name", ["jsonl", "jsonld"])
def test_notes_are_moved_to_another_home(cli, article, tmp_path: Path, name: str) -> None:
    cli("note", article, "--quote", "Six avions", "--comment", "à vérifier", "--tag", "bilan")
    cli("export", "--format", name, "-o", str(tmp_path / "notes"))
    expected = json.loads(cli("notes", "--json")[1])["notes"]
    (tmp_path / "home" / "notes" / "notes.sqlite").unlink()
    code, out, _err = cli("import", str(tmp_path / "notes"), "--json")
    assert code == 0
    assert json.loads(out) == {
        "version": 1, "added": 1, "updated": 0, "restored": 0, "unchanged": 0, "older": 0, "left": 0,
        "notes": [{"id": expected[0]["id"], "fate": "added"}], "conflicts": [], "rejected": [], "removed": [],
    }  # fmt: skip
    assert json.loads(cli("notes", "--json")[1])["notes"] == expected


def changed(path: Path, **fields: object) -> None:
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, **fields}))


def test_a_conflict_is_shown_side_by_side_and_both_are_kept(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--quote", "Six avions", "--comment", "ici", "--tag", "x")
    cli("export", "--format", "jsonl", "-o", str(tmp_path / "n.jsonl"))
    changed(
        tmp_path / "n.jsonl",
        comment="ailleurs" + ESCAPE,
        created="2001-01-01T00:00:00Z",
        modified="2002-01-01T00:00:00Z",
    )
    code, out, err = cli("import", str(tmp_path / "n.jsonl"))
    assert code == 0
    shown = next(line for line in out.splitlines() if "ailleurs" in line)
    assert "ici" in shown
    assert "both kept: 1" in err
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out + err)
    assert len(json.loads(cli("notes", "--json")[1])["notes"]) == 2
    assert json.loads(cli("import", str(tmp_path / "n.jsonl"), "--json")[1])["unchanged"] == 1


def test_what_is_wrong_is_told_and_exits_3(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--quote", "Six avions")
    cli("export", "--format", "jsonl", "-o", str(tmp_path / "n.jsonl"))
    with (tmp_path / "n.jsonl").open("a") as stream:
        stream.write(json.dumps({"id": ESCAPE}) + "\n")
    code, _out, err = cli("import", str(tmp_path / "n.jsonl"), str(tmp_path / "none"), str(tmp_path))
    assert code == 3
    assert "n.jsonl:2: 'revision' is not" in err
    assert "none: No such file" in err
    assert "a folder: name the files in it" in err
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(err)


def test_a_vault_is_edited_on_both_sides(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--quote", "Six avions", "--comment", "Premier.", "--tag", "bilan")
    cli("note", article, "--quote", "Bamako reste", "--comment", "Second.")
    vault = tmp_path / "vault"
    cli("export", "-o", f"{vault}/")
    (file,) = vault.iterdir()
    first = file.read_bytes()
    cli("export", "-o", f"{vault}/")
    assert file.read_bytes() == first
    edited = file.read_text().replace("Premier.\n", "Premier, édité.\n", 1)
    edited = edited.replace("# Une attaque\n", "# Une attaque\n\nÀ moi.\n", 1)
    file.write_text(edited)
    second = next(
        n["id"] for n in json.loads(cli("notes", "--json")[1])["notes"] if n["comment"] == "Second."
    )
    cli("export", "-o", f"{vault}/")
    assert file.read_text() == edited
    cli("note", article, "--whole", "--comment", "Troisième.")
    cli("export", "-o", f"{vault}/")
    assert {"Premier, édité.", "À moi.", "Troisième."} <= set(file.read_text().split("\n"))
    assert json.loads(cli("import", str(file), "--json")[1])["updated"] == 1
    comments = {n["comment"] for n in json.loads(cli("notes", "--json")[1])["notes"]}
    assert comments == {"Premier, édité.", "Second.", "Troisième."}
    cli("export", "-o", f"{vault}/")
    assert json.loads(cli("import", str(file), "--json")[1])["unchanged"] == 3
    assert cli("verify", str(file))[0] == 0
    assert second in file.read_text()


def test_a_file_of_something_else_is_not_written_over(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--quote", "Six avions")
    diary = tmp_path / "diary.md"
    diary.write_text("# Cher journal\n")
    code, _out, err = cli("export", "-o", str(diary))
    assert code == 4
    assert "not written over" in err
    assert diary.read_text() == "# Cher journal\n"


def test_the_author_that_the_library_knows_is_cited(cli, tmp_path: Path) -> None:
    record = {
        "title": "Une attaque",
        "author": "A. & B.",
        "date": "2024-09-19",
        "source": "Le Monde",
        "text": "Mot.",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    cli("add", str(tmp_path / "a.jsonl"))
    found = json.loads(cli("search", "mot", "--json")[1])["hits"][0]["id"]
    cli("note", found, "--quote", "Mot.")
    (item,) = json.loads(cli("export", "--format", "csl")[1])
    assert (item["id"], item["author"]) == (f"lemonde2024attaque-{found}", [{"literal": "A. & B."}])
    assert "author = {{A. \\& B.}}" in cli("export", "--format", "bibtex")[1]


def test_what_changed_is_told_note_by_note(cli, article, tmp_path: Path) -> None:
    cli("note", article, "--whole", "--comment", "avant", "--tag", "bilan")
    (note,) = json.loads(cli("notes", "--json")[1])["notes"]
    cli("export", "--format", "jsonl", "-o", str(tmp_path / "a.jsonl"))
    record = json.loads((tmp_path / "a.jsonl").read_text())
    later = {**record, "comment": "\x1b[2Japrès", "modified": "2999-01-01T00:00:00Z"}
    (tmp_path / "a.jsonl").write_text(json.dumps(later))
    _code, _out, err = cli("import", str(tmp_path / "a.jsonl"))
    assert f"note {note['id']}, here: « avant #bilan »; now: « " in err
    assert "après #bilan »" in err
    assert "\x1b" not in err


def test_a_note_whose_words_do_not_stand_where_it_says_is_left_out_with_its_file(
    cli, article, tmp_path: Path
) -> None:
    cli("note", article, "--quote", "Six avions", "--comment", "vu")
    cli("export", "--format", "jsonl", "-o", str(tmp_path / "n.jsonl"))
    cli("undo")
    cli("purge", "--yes")
    record = json.loads((tmp_path / "n.jsonl").read_text())
    changed(tmp_path / "n.jsonl", start=record["start"] + 1, end=record["end"] + 1)
    code, out, _err = cli("import", str(tmp_path / "n.jsonl"), "--json")
    (left,) = json.loads(out)["rejected"]
    assert (code, left["path"]) == (3, str(tmp_path / "n.jsonl"))
    assert "other words stand at its place" in left["reason"]
    assert cli("notes")[0] == 1
    assert cli("import", str(tmp_path / "n.jsonl"))[0] == 3


@pytest.mark.parametrize("error", [LibraryBusy("busy"), LibraryDamaged("damaged"), FileExistsError()])
def test_notes_are_taken_in_where_the_library_cannot_be_read_which_is_asked_once(
    cli, article, tmp_path: Path, monkeypatch, error: Exception
) -> None:
    for quote in ("Six avions", "aéroport"):
        cli("note", article, "--quote", quote)
    cli("export", "--format", "jsonl", "-o", str(tmp_path / "n.jsonl"))
    asked = []

    def fails(_library: object, revision: str) -> None:
        asked.append(revision)
        raise error

    monkeypatch.setattr(Library, "revision_text", fails)
    (tmp_path / "home" / "notes" / "notes.sqlite").unlink()
    assert cli("import", str(tmp_path / "n.jsonl"))[0] == 0
    assert len(asked) == 1
