"""Notes on the command line: by quote, by span, edited, exported, searched for."""

import json
from pathlib import Path

from prose import TEXT


def test_a_note_by_quote_and_its_offsets(cli, article) -> None:
    code, out, _ = cli(
        "note", article, "--quote", "Six avions", "--comment", "à vérifier", "--tag", "bilan", "--tag", "a/b"
    )
    assert code == 0
    (note,) = json.loads(cli("notes", "--json")[1])["notes"]
    assert note["id"] == out.strip()
    assert TEXT[note["start"] : note["end"]] == note["quote"] == "Six avions"
    assert (note["comment"], note["tags"], note["state"]) == ("à vérifier", ["bilan", "a/b"], "exact")
    assert note["source"]["title"] == "Une attaque"
    assert json.loads(cli("search", "avions", "--json")[1])["hits"][0]["notes"] == 1
    assert json.loads(cli("show", article, "--json")[1])["notes"] == [note]
    assert json.loads(cli("tags", "--json")[1])["tags"] == [
        {"name": "a/b", "count": 1, "color": "", "description": ""},
        {"name": "bilan", "count": 1, "color": "", "description": ""},
    ]


def test_an_ambiguous_or_absent_quote_says_where(cli, article) -> None:
    code, _out, err = cli("note", article, "--quote", "Bamako")
    assert code == 2
    assert f"--span {TEXT.index('Bamako')}:{TEXT.index('Bamako') + 6}" in err
    code, _out, err = cli("note", article, "--quote", "Gao")
    assert code == 2
    assert "no such passage" in err
    assert cli("note", article, "--span", "5:9999")[0] == 2
    assert cli("notes")[0] == 1


def test_notes_on_spans_and_whole_articles(cli, article) -> None:
    assert cli("note", article, "--span", "3:7", "--tag", "x")[0] == 0
    assert cli("note", article, "--whole", "--comment", "tout")[0] == 0
    whole, span = sorted(json.loads(cli("notes", "--json")[1])["notes"], key=lambda n: n["quote"])
    assert (span["quote"], whole["start"], whole["end"]) == ("JNIM", None, None)
    assert len(json.loads(cli("notes", "tout", "--json")[1])["notes"]) == 1
    assert len(json.loads(cli("notes", "--tag", "X", "--json")[1])["notes"]) == 1


def test_export(cli, article, tmp_path: Path) -> None:
    assert cli("export")[0] == 1
    cli("note", article, "--quote", "Six avions", "--comment", "**à vérifier**", "--tag", "bilan")
    code, out, _ = cli("export")
    assert code == 0
    assert "> Six avions" in out
    assert "**à vérifier**" in out
    assert "#bilan" in out
    assert cli("export", "-o", str(tmp_path / "n.md"))[0] == 0
    assert (tmp_path / "n.md").read_text() == out
    assert cli("export", "-o", str(tmp_path / "folder") + "/")[0] == 0
    assert [p.suffix for p in (tmp_path / "folder").iterdir()] == [".md"]
    records = [json.loads(line) for line in cli("export", "--format", "jsonl")[1].splitlines()]
    assert any(record.get("quote") == "Six avions" for record in records)


def test_notes_are_edited_deleted_and_brought_back_without_the_interface(cli, article) -> None:
    id = cli("note", article, "--quote", "Six avions", "--tag", "bilan", "--tag", "À vérifier")[1].strip()
    assert cli("edit", id[:6], "--comment", "confirmé", "--tag", "neuf", "--untag", "a verifier")[0] == 0

    def there() -> list[tuple[str, list[str]]]:
        return [(one["comment"], one["tags"]) for one in json.loads(cli("notes", "--json")[1])["notes"]]

    assert there() == [("confirmé", ["bilan", "neuf"])]
    assert cli("delete", id)[0] == 0
    assert there() == []
    assert "note deleted" in cli("undo")[2]
    assert there() == [("confirmé", ["bilan", "neuf"])]
    assert cli("undo")[0] == cli("undo")[0] == 0
    assert cli("undo")[0] == 1
    assert cli("edit", id)[0] == cli("delete", "ffff")[0] == cli("note", article, "--whole")[0] == 2


def test_an_edit_that_changes_nothing_says_so_and_is_no_step(cli, article) -> None:
    id = cli("note", article, "--quote", "Six avions", "--comment", "vu", "--tag", "Bilan")[1].strip()
    for same in (("--comment", "vu"), ("--tag", "bilan"), ("--comment", "vu", "--tag", "BILAN")):
        code, _out, err = cli("edit", id, *same)
        assert (code, "as it was" in err, "changed" in err) == (0, True, False)
    code, _out, err = cli("edit", id, "--comment", "autre", "--untag", "bilans")
    assert (code, "no tag bilans" in err) == (2, True)
    (note,) = json.loads(cli("notes", "--json")[1])["notes"]
    assert (note["comment"], note["tags"]) == ("vu", ["Bilan"])
    assert "changed" in cli("edit", id, "--untag", "bilan")[2]


def test_an_article_is_shown_with_the_places_of_its_notes_in_that_text(cli, article, tmp_path: Path) -> None:
    source = tmp_path / "c.txt"
    for text in (
        "Six avions détruits à Gao, dit-on. Fin.",
        "Un ajout, en tête.\n\nSept avions détruits à Gao, dit-on.",
    ):
        source.write_text(text)
        cli("add", str(source))
        (hit,) = json.loads(cli("search", "détruits Gao", "--json")[1])["hits"]
        if text.startswith("Six"):
            for quote in ("avions détruits", "Six avions détruits à Gao", "Fin."):
                assert cli("note", hit["id"], "--quote", quote)[0] == 0
    shown = json.loads(cli("show", hit["id"], "--json")[1])["text"]
    start, lines = shown.index("avions"), cli("show", hit["id"], "--plain")[1].splitlines()
    assert f"  {start}:{start + 15}  « avions détruits »" in lines
    assert f"  {start - 5}:{start + 21}  « Six avions détruits à Gao »" in lines
    assert "  « Fin. »" in lines


def test_names_and_notes_are_searched_for(cli, article, tmp_path: Path, monkeypatch) -> None:
    from index.entities import models

    monkeypatch.setattr(models, "installed", lambda lang: None)
    (tmp_path / "b.txt").write_text(
        "Le Groupe de soutien à l’islam et aux musulmans a revendiqué une attaque à Gao."
    )
    cli("add", str(tmp_path / "b.txt"))
    cli("annotate")

    def total(query: str) -> int:
        return int(json.loads(cli("search", query, "--json")[1])["total"])

    assert (
        total("org:jnim")
        == total("org:GSIM")
        == total('entity:"groupe de soutien a l\'islam et aux musulmans"')
        == 2
    )
    assert total("person:jnim") == 0
    assert total("has:note") == 0
    cli("note", article, "--quote", "Six avions", "--comment", "non confirmé", "--tag", "bilan/avions")
    assert (
        total("has:note")
        == total("tag:bilan")
        == total("note:confirme")
        == total("gao OR tag:bilan") - 1
        == 1
    )
    assert total("tag:autre") == 0
    assert total("tag:a//b") == 0
