"""The command line: the contract's JSON, exit codes and messages."""

import json
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from prose import TEXT, prose


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
        ["export", "--format", "commonmark"],
        ["search", payload],
    ):
        _code, out, err = cli(*command)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out + err), command


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


def test_the_word_after_an_option_is_its_value_even_with_a_dash(cli, article) -> None:
    assert cli("search", "avions", "--sort", "-date", "--limit", "1")[0] == 0
    assert cli("note", article, "--whole", "--comment", "-non", "--tag", "-x")[0] == 0
    (note,) = json.loads(cli("notes", "--json")[1])["notes"]
    assert note["comment"] == "-non"
    assert "--sort=-x" not in cli("search", "--", "--sort", "-x")[2]
    for missing in (("--sort", "--json"), ("--limit", "--sort=date"), ("--sort",), ("--sort", "--")):
        code, _out, err = cli("search", "avions", *missing)
        assert (code, "expected one argument" in err) == (2, True), missing


@pytest.mark.parametrize("word", ["\udcff", "Bamako\udcff"])
def test_a_word_that_is_no_utf_8_is_a_word_that_is_not_there(cli, article, word: str) -> None:
    for command in (
        ["search", word],
        ["show", word],
        ["entity", word],
        ["entities", word],
        ["notes", word],
        ["notes", "--tag", word],
        ["delete", word],
        ["edit", word, "--comment", word],
        ["tags", "rename", word, word],
        ["export", "--tag", word],
        ["verify", word],
        ["import", word],
        ["restore", word],
    ):
        code, out, err = cli(*command)
        assert code in range(5), command
        assert "Traceback" not in out + err
    assert cli("note", article, "--whole", "--comment", word, "--tag", word)[0] == 0
