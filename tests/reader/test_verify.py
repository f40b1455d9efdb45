"""Notes over articles that change, on the command line: placed again, and verified."""

import json
from pathlib import Path

import pytest

from reader.cli import run

OLD = (
    "L’attaque de Bamako\n\nBamako, 19 septembre 2024 – L’armée a repris l’aéroport de la capitale.\n\n"
    "Selon le ministère, l’attaque a fait 12 morts parmi les élèves gendarmes. Le calme est revenu."
)


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(["--home", str(tmp_path / "home"), "--lang", "en", *arguments])
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def source(cli, tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "a.txt"
    path.parent.mkdir()
    path.write_text(OLD)
    cli("add", str(path.parent))
    found = json.loads(cli("search", "Bamako", "--json")[1])["hits"][0]["id"]
    for quote in ("a repris l’aéroport de la capitale", "l’attaque a fait 12 morts parmi les élèves"):
        assert cli("note", found, "--quote", quote, "--comment", "> bien vu")[0] == 0
    cli("note", found, "--whole", "--comment", "> tout\n> lire")
    return path


def test_a_notebook_that_holds(cli, source) -> None:
    code, out, _err = cli("verify")
    assert (code, out) == (0, "quotes checked: 2; not as the articles have them: 0\n")


def test_a_changed_figure_is_told_when_it_comes_and_whenever_asked(cli, source) -> None:
    source.write_text("Mise à jour.\n\n" + OLD.replace("12 morts", "70 morts"))
    _code, _out, err = cli("sync")
    assert "Notes: moved: 1, passage changed: 1" in err
    code, out, _err = cli("verify", "--json")
    (failed,) = json.loads(out)["failed"]
    assert (code, failed["problem"], "12 morts" in failed["quote"]) == (1, "changed", True)
    assert "Notes:" not in cli("sync")[2]
    found = {note["quote"]: note["state"] for note in json.loads(cli("notes", "--json")[1])["notes"]}
    assert sorted(found.values()) == ["changed", "exact", "moved"]


@pytest.mark.parametrize("layout", ["single", "article"])
def test_a_report_is_checked_line_by_line(cli, source, tmp_path, layout) -> None:
    report = tmp_path / "report.md"
    cli("export", "-o", str(report), "--layout", layout)
    assert cli("verify", str(report))[0] == 0
    report.write_text(
        report.read_text().replace("> l’attaque a fait 12 morts", "> l’attaque a fait 21 morts")
    )
    code, out, _err = cli("verify", str(report))
    assert code == 1
    assert "the article has no such words" in out
    assert "21 morts" in out
    assert "checked: 2; not as the articles have them: 1" in out


def test_a_report_on_articles_that_are_not_here(cli, source, tmp_path) -> None:
    report = tmp_path / "report.md"
    report.write_text(
        "> Rien de tel.\n\n— X, article 0123456789ab, characters 1–2 ^n-000000000001\n\n> Sans source.\n"
    )
    code, out, _err = cli("verify", str(report), "--json")
    problems = [one["problem"] for one in json.loads(out)["failed"]]
    assert code == 1
    assert problems == [
        "the article is not in the library",
        "the file does not say which article this is from",
    ]


def test_notes_whose_articles_are_gone_are_not_called_checked(cli, source, tmp_path) -> None:
    for store in (tmp_path / "home").rglob("library.sqlite*"):
        store.unlink()
    code, out, _err = cli("verify", "--json")
    assert code == 1
    assert [one["problem"] for one in json.loads(out)["failed"]] == ["the article is not in the library"] * 2


def test_what_cannot_be_read_is_said(cli, source, tmp_path) -> None:
    (tmp_path / "x.md").write_bytes(b"\xff\xfe\x00")
    assert cli("verify", str(tmp_path / "x.md"))[0] == 2
    assert cli("verify", str(tmp_path / "none.md"))[0] == 2


def test_the_notebook_is_copied_and_brought_back(cli, source, tmp_path) -> None:
    code, out, _err = cli("backup")
    assert code == 0
    name = Path(out.strip()).name
    assert (
        cli(
            "note", json.loads(cli("search", "Bamako", "--json")[1])["hits"][0]["id"], "--whole", "--tag", "a"
        )[0]
        == 0
    )
    assert name in cli("backup", "--list")[1]
    code, _out, err = cli("restore", name)
    assert (code, "Notes: 3" in err, "kept in" in err) == (0, True, True)
    assert len(json.loads(cli("notes", "--json")[1])["notes"]) == 3
    assert len(json.loads(cli("backup", "--list", "--json")[1])["backups"]) == 2
    assert cli("restore", str(tmp_path / "none.sqlite"))[0] == 4


def test_a_damaged_notebook_is_brought_back_from_a_copy(cli, source, tmp_path) -> None:
    name = Path(cli("backup")[1].strip()).name
    notebook = tmp_path / "home" / "notes" / "notes.sqlite"
    notebook.write_bytes(b"gone" * 3000)
    code, _out, err = cli("notes")
    assert (code, "liseuse restore" in err) == (4, True)
    assert cli("restore", name)[0] == 0
    assert cli("verify")[0] == 0


def test_tags_are_changed_from_the_command_line(cli, source) -> None:
    found = json.loads(cli("search", "Bamako", "--json")[1])["hits"][0]["id"]
    cli("note", found, "--whole", "--tag", "groupe/jnim", "--tag", "bilan")
    assert cli("tags", "rename", "groupe", "acteurs")[0] == 0
    assert cli("tags", "describe", "bilan", "Chiffres")[0] == 0
    shown = json.loads(cli("tags", "--json")[1])["tags"]
    assert {tag["name"]: tag["description"] for tag in shown} == {"acteurs/jnim": "", "bilan": "Chiffres"}
    assert cli("tags", "merge", "bilan", "nowhere")[0] == 2
    assert cli("tags", "rename", "bilan")[0] == 2
    cli("tags", "delete", "bilan")
    assert "bilan" not in cli("tags")[1]


@pytest.mark.parametrize("form", ["markdown", "commonmark"])
def test_a_quotation_between_the_notes_does_not_stand_for_theirs(cli, source, tmp_path, form) -> None:
    report = tmp_path / "report.md"
    cli("export", "-o", str(report), "--format", form)
    article = json.loads(cli("notes", "--json")[1])["notes"][0]["article"]
    lines = report.read_text().split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("— "))
    lines[first] += f"\n\n> Le calme est revenu.\n\n— article {article}\n\n> Inventé.\n"
    report.write_text("\n".join(lines).replace("> l’attaque a fait 12 morts", "> l’attaque a fait 21 morts"))
    failed = json.loads(cli("verify", str(report), "--json")[1])["failed"]
    assert [(one["quote"], one["article"]) for one in failed] == [
        ("Inventé.", ""),
        ("l’attaque a fait 21 morts parmi les élèves", article),
    ]
