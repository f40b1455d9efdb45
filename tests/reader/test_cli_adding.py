"""Adding on the command line: interrupted, with damaged stores, and how long it will take."""

import json
from pathlib import Path

from index.collection import Collection
from reader.cli import run
from reader.pace import Pace


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
