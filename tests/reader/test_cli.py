"""The command line: the contract's JSON, exit codes and messages."""

import json
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from prose import TEXT, prose

from index.collection import Collection
from reader.cli import run
from reader.pace import Pace


def test_adding_the_seed_and_searching_it(cli, shared: Path) -> None:
    seed = str(shared / "corpora" / "seed")
    code, out, _ = cli("add", seed, "--json")
    assert code == 0
    summary = json.loads(out)
    assert summary == {
        "version": 1, "added": 1, "updated": 0, "moved": 0, "unchanged": 0, "duplicates": 0, "gone": 0, "rejected": [],
    }  # fmt: skip
    assert json.loads(cli("add", seed, "--json")[1])["unchanged"] == 1
    for query in (
        "aeroport",
        '"l\'attaque"',
        "ATTAQUE",
        "l’attaque",
        "attaques",
        "« forces armées maliennes »",
    ):
        assert cli("search", query)[0] == 0, query
    code, out, _ = cli("search", "xyzzy")
    assert (code, out) == (1, "")


def test_search_has_the_contracts_shape(cli, article) -> None:
    code, out, _ = cli("search", "avions", "--json")
    found = json.loads(out)
    assert code == 0
    assert out.isascii()
    assert set(found) == {
        "version",
        "query",
        "understood",
        "total",
        "seconds",
        "hits",
        "facets",
        "suggestion",
        "offers",
    }
    (hit,) = found["hits"]
    assert set(hit) == {
        "id",
        "title",
        "date",
        "lang",
        "source",
        "path",
        "score",
        "excerpt",
        "excerpts",
        "notes",
        "read",
        "versions",
    }
    text = hit["excerpt"]["text"]
    assert [text[a:b] for a, b in hit["excerpt"]["matches"]] == ["avions"]
    assert {"person", "org", "place", "source", "lang", "month"} <= set(found["facets"])


@pytest.mark.parametrize(
    "query", ["titel:bamako", "date:2024-99", '""', "(", ")", "-", "a" * 5000, "NOT", "\0"]
)
def test_nonsense_is_answered_or_refused(cli, article, query: str) -> None:
    code, _out, err = cli("search", query)
    assert code in (0, 1, 2)
    assert err
    assert "Traceback" not in err


def test_a_wrong_query_says_the_column(cli, article) -> None:
    code, out, err = cli("search", "bamako titel:x")
    assert (code, out) == (2, "")
    assert "column 8" in err
    assert "title" in err


def test_show(cli, article) -> None:
    code, out, _ = cli("show", article[:6], "--json")
    shown = json.loads(out)
    assert code == 0
    assert (shown["id"], shown["text"], shown["title"]) == (article, TEXT, "Une attaque")
    assert TEXT in cli("show", article, "--plain")[1]
    code, _out, err = cli("show", "ffff")
    assert code == 2
    assert "no article" in err


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


def test_rejected_inputs_are_told_and_exit_3(cli, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"")
    code, out, err = cli("add", str(tmp_path / "x.jpg"), "--json")
    assert code == 3
    assert json.loads(out)["rejected"][0]["reason"] == "not a format Liseuse reads"
    assert "x.jpg" in err


def test_a_damaged_library_exits_4(cli, tmp_path: Path) -> None:
    (tmp_path / "home" / "library").mkdir(parents=True)
    (tmp_path / "home" / "library" / "library.sqlite").write_bytes(b"junk" * 2000)
    code, _out, err = cli("search", "x")
    assert code == 4
    assert "the sources again" in err


def test_a_lost_index_is_made_again(cli, article, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(tmp_path / "home" / "cache")
    assert json.loads(cli("search", "avions", "--json")[1])["total"] == 1


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


def test_a_query_that_the_shell_took_apart_is_asked_for_in_quotes(cli, article) -> None:
    assert "'avions -Niger'" in cli("search", "avions", "-Niger")[2]
    assert "'avions -Niger'" not in cli("search", "avions", "--Niger")[2]


def test_wrong_usage_exits_2_and_help_teaches(cli) -> None:
    assert cli("nonsense")[0] == 2
    assert cli("note", "abcd")[0] == 2
    for command in ("add", "search", "show", "note", "export"):
        code, out, _ = cli(command, "--help")
        assert code == 0
        assert "examples:" in out
    assert cli("--version")[1].startswith("liseuse ")
    assert "export" in cli("--help")[1]
    assert cli("-h", "open") == cli("-h")


def test_the_interface_needs_a_terminal(cli) -> None:
    code, _out, err = cli()
    assert code == 2
    assert "terminal" in err


def test_the_interface_does_not_begin_where_what_it_paints_would_go_to_a_file(tmp_path: Path) -> None:
    _ours, theirs = pty.openpty()
    with (tmp_path / "errors").open("w+b") as errors:
        program = [sys.executable, "-m", "reader", "--lang", "en", "--home", str(tmp_path / "home")]
        code = subprocess.run(
            program, stdin=theirs, stdout=theirs, stderr=errors, timeout=60, check=False
        ).returncode
        errors.seek(0)
        assert code == 2
        assert errors.read().startswith(b"liseuse: the interface needs a terminal")


def test_hostile_text_does_not_reach_the_terminal(cli, tmp_path: Path) -> None:
    payload = "A\x1b]52;c;UFdO\x07B\x9b2JC\u202eD"
    (tmp_path / "h.jsonl").write_text(
        json.dumps({"title": payload, "source": payload, "text": payload + " mot"})
    )
    cli("add", str(tmp_path / "h.jsonl"))
    id = json.loads(cli("search", "mot", "--json")[1])["hits"][0]["id"]
    cli("note", id, "--quote", "mot", "--comment", payload, "--tag", "x")
    for command in (
        ["search", "mot"],
        ["show", id],
        ["show", id, "--plain"],
        ["notes"],
        ["export"],
        ["search", payload],
    ):
        _code, out, err = cli(*command)
        assert not {"\x1b", "\x07", "\x9b"} & set(out + err), command
        # An export that is no terminal's keeps the analyst's own comment to the character.
        assert "\u202e" not in out + err or command == ["export"], command


def test_annotating_and_listing_entities(cli, article, monkeypatch) -> None:
    """Rules alone, so that no model is loaded: the models have tests of their own."""
    from index.entities import models

    monkeypatch.setattr(models, "installed", lambda lang: None)
    code, out, err = cli("annotate", "--json")
    assert code == 0
    assert json.loads(out)["annotated"] == 1
    assert "pip install" in err
    names = [e["name"] for e in json.loads(cli("entities", "--json")[1])["entities"]]
    assert "Bamako" in names
    assert cli("entities", "nobody")[0] == 1
    assert json.loads(cli("search", "place:bamako", "--json")[1])["total"] == 1
    assert "[place: Bamako]" in cli("show", article, "--plain")[1]


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


def test_show_says_where_else_a_text_is_and_its_versions(cli, tmp_path) -> None:
    text = prose(1, 2, 3)
    for name, source, body in (("a", "AFP", text), ("b", "RFI", text), ("c", "TV5", prose(2, 3, 4))):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"title": name, "source": source, "text": body}))
        cli("add", str(tmp_path / f"{name}.jsonl"))
    found = {hit["title"]: hit for hit in json.loads(cli("search", "*", "--json")[1])["hits"]}
    assert {hit["versions"] for hit in found.values()} == {2}
    assert found["a"]["source"] == "AFP / RFI"
    shown = json.loads(cli("show", found["a"]["id"], "--json")[1])
    assert [(origin["source"], origin["gone"]) for origin in shown["sources"]] == [
        ("AFP", False),
        ("RFI", False),
    ]
    assert [(version["id"], version["source"]) for version in shown["versions"]] == [
        (found["c"]["id"], "TV5")
    ]
    told = cli("show", found["a"]["id"])[1]
    assert "RFI" in told
    assert f"{found['c']['id']}  " in told
    assert "2 versions" in cli("search", "*")[1]
    cli("note", found["a"]["id"], "--whole", "--comment", "x")
    assert "AFP / RFI" in cli("export")[1]


def test_interrupted_adding_says_what_is_done_and_goes_on_when_run_again(cli, tmp_path, monkeypatch) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "un"}\n{bad}')

    def interrupted(_collection: Collection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Collection, "settle", interrupted)
        code, out, err = cli("add", str(tmp_path / "a.jsonl"), "--json")
    assert code == 130
    assert json.loads(out)["added"] == 1
    assert "1 added, 1 rejected" in err
    assert "not valid JSON" in err
    assert "run it again" in err
    code, out, err = cli("add", str(tmp_path / "a.jsonl"), "--json")
    assert (code, json.loads(out)["unchanged"]) == (3, 1)
    assert cli("search", "un", "--json")[0] == 0


def test_adding_before_opening_is_interrupted_as_adding_is(tmp_path, monkeypatch, capfd) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "un"}')

    def interrupted(_collection: Collection) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Collection, "settle", interrupted)
    asked = ["--home", str(tmp_path / "home"), "--lang", "en", "open", str(tmp_path / "a.jsonl")]
    assert run(asked) == 130
    err = capfd.readouterr().err
    assert "1 added" in err
    assert err.count("run it again") == 1


def test_the_time_left_is_said_once_it_can_be_known() -> None:
    now = iter([0.0, 0.001, 1.0, 10.0, 10.0, 10.0, 3600.0])
    pace = Pace(lambda: next(now))
    assert pace.rate(128) == ""
    assert pace.left(5, 10) == ""
    assert pace.left(10, 40) == "0:30 left"
    assert pace.rate(55) == "5.5 articles/s"
    assert pace.rate(500) == "50 articles/s"
    assert pace.left(10, 30) == "2:00:00 left"
