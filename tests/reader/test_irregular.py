"""What lies where settings, a gazetteer, corrections or a report should: told in a sentence, never waited for."""

import json
import re
from pathlib import Path

import pytest
from irregular import KINDS, NESTED, in_bounds, lay

from reader.paths import places

SAID = {
    "pipe": "not a regular file",
    "device": "not a regular file",
    "folder": "Is a directory",
    "sparse": "larger than ",
}
DEEP = "[" * 200_000 + "\n"


@pytest.fixture
def bounded(cli):
    def command(*arguments: str) -> tuple[int, str, str]:
        with in_bounds():
            return cli(*arguments)

    return command


def findings(bounded) -> dict[str, str]:
    told = json.loads(bounded("doctor", "--json")[1])["findings"]
    return {one["store"]: f"{one['level']} {one['said']}" for one in told}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_named(bounded, article, tmp_path: Path, kind: str) -> None:
    path = lay(tmp_path / "it", kind)
    code, _out, err = bounded("corrections", "merge", str(path))
    assert (code, err.startswith(f"liseuse: {path}: {SAID[kind]}"), err.count("\n")) == (4, True, 1)
    code, _out, err = bounded("verify", str(path))
    assert (code, err.startswith(f"liseuse: {path} cannot be read: {SAID[kind]}")) == (2, True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings(bounded, tmp_path: Path, kind: str) -> None:
    lay(places(tmp_path / "home").config, kind)
    code, _out, err = bounded("notes")
    assert (code, f"config.toml: {SAID[kind]}" in err, err.count("\n")) == (1, True, 2)
    assert SAID[kind] in findings(bounded)["settings"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_gazetteer(bounded, article, tmp_path: Path, kind: str) -> None:
    lay(places(tmp_path / "home").gazetteer, kind)
    code, _out, err = bounded("annotate")
    assert (code, f"gazetteer.toml: {SAID[kind]}" in err) == (2, True)
    assert findings(bounded)["gazetteer"].startswith(f"warning gazetteer.toml: {SAID[kind]}")
    assert bounded("search", "person:Diarra")[0] in (0, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_corrections(bounded, article, tmp_path: Path, kind: str) -> None:
    lay(places(tmp_path / "home").corrections, kind)
    code, _out, err = bounded("corrections")
    assert (code, f"the corrections cannot be read: {SAID[kind]}" in err) == (4, True)
    assert findings(bounded)["corrections"].startswith(f"bad it cannot be read: {SAID[kind]}")


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_toml_that_has_no_end(bounded, article, tmp_path: Path, text: str) -> None:
    here = places(tmp_path / "home")
    here.config.write_text(text)
    here.gazetteer.write_text(text)
    code, _out, err = bounded("notes")
    assert (code, "config.toml" in err, "not TOML: " in err, len(err) < 200) == (1, True, True, True)
    code, _out, err = bounded("annotate")
    assert (code, len(err) < 300) == (2, True)
    assert re.search(r"gazetteer.toml: (line 1: )?(nested too deep|a number of too many digits)\n", err)
    told = findings(bounded)
    assert "not TOML: " in told["settings"]
    assert "gazetteer.toml: " in told["gazetteer"]


def test_corrections_that_have_no_end(bounded, article, tmp_path: Path) -> None:
    (tmp_path / "theirs.jsonl").write_text(DEEP)
    code, _out, err = bounded("corrections", "merge", str(tmp_path / "theirs.jsonl"))
    assert (code, "holds no corrections" in err) == (2, True)
    places(tmp_path / "home").corrections.write_text(DEEP)
    assert bounded("corrections")[0] == 1
    assert findings(bounded)["corrections"] == "warning lines that cannot be read: 1 of 1"
    assert bounded("annotate")[0] == 0


def test_a_thousand_wrong_settings_are_told_soon_and_in_short(bounded, tmp_path: Path) -> None:
    home = places(tmp_path / "home").config
    home.parent.mkdir()
    home.write_text("x" * 100_000 + " = 1\n" + "".join(f"a{n} = 1\n" for n in range(20_000)))
    code, _out, err = bounded("notes")
    assert (code, err.count("\n")) == (1, 102)
    assert max(map(len, err.split("\n"))) < 2_100
    assert "config.toml, line 100: no setting is called a98;" in err
    assert "config.toml: more entries are wrong" in err
