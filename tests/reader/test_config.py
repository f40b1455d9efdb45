"""The settings: what is good is taken, what is wrong is left out and told with its line."""

from pathlib import Path

import pytest

from index import walk
from reader.cli import run
from reader.cli.arguments import parse as parse_arguments
from reader.commands import COMMANDS
from reader.config import Config, load, parse
from reader.keys import Keymap
from reader.rebinding import rebound

GOOD = """
theme = "light"
column = 60
max_file_mb = 5
mouse = false
[keys.article]
word_backward = "B"
page_up = ["b", "pageup"]
"""


def told(text: str) -> list[tuple[int, str]]:
    config = parse(text)
    _commands, problems = rebound(COMMANDS, config.keys)
    return [(problem.line, problem.reason) for problem in (*config.problems, *problems)]


def test_without_a_file_everything_is_at_its_default(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml") == Config()


def test_a_good_file_is_taken_whole() -> None:
    config = parse(GOOD)
    assert (config.theme, config.column, config.max_file_mb, config.mouse) == ("light", 60, 5, False)
    commands, problems = rebound(COMMANDS, config.keys)
    assert (config.problems, problems) == ((), [])
    keymap = Keymap(commands)
    assert keymap.feed("b", ("article", "anywhere")).name == "page_up"
    assert keymap.feed("B", ("article", "anywhere")).name == "word_backward"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('theme = "dark"\n\ncolour = 1\n', 3, "colour"),
        ('theme = "pink"\n', 1, "dark, light"),
        ('# a word\ncolumn = "wide"\n', 2, "30 to 200"),
        ("column = 72\ncolumn = 60\n", 2, "not TOML"),
        ("mouse = 1\n", 1, "true or false"),
        ("max_file_mb = true\n", 1, "a number"),
        ('[keys.article]\ncopy = "y"\nfind = 3\n', 3, "a key"),
        ('[keys.article]\n\nfnid = "F"\n', 3, "fnid"),
        ('[keys.artcle]\nfind = "F"\n', 2, "artcle"),
        ('[keys.article]\nfind = "hyper+f"\n', 2, "hyper+f"),
        ('[keys.article]\nfind = "ctrl+i"\n', 2, "ctrl+i"),
        ('[keys.article]\nfind = "y"\n', 2, "copy"),
        ('[keys.article]\nfind = "g"\n', 2, "top"),
        ('keys.article.find = "y"\n', 1, "copy"),
        ('[keys]\narticle = "y"\n', 2, "context"),
        ("keys = 1\n", 1, "a table"),
        ("theme = \n", 1, "not TOML"),
        ('theme = "dark', 1, "not TOML"),
    ],
)
def test_a_wrong_entry_is_told_with_its_line(text: str, line: int, said: str) -> None:
    ((at, reason),) = told(text)
    assert at == line
    assert said in reason


def test_a_key_named_twice_for_one_command_is_named_once() -> None:
    commands, problems = rebound(COMMANDS, parse('[keys.article]\nfind = ["F", "F"]\n').keys)
    assert problems == []
    assert Keymap(commands).feed("F", ("article",)).name == "find"


def test_one_wrong_entry_spoils_no_other() -> None:
    config = parse('theme = "light"\ncolumn = 3\n[keys.article]\nfind = "F"\ncopy = 1\n')
    assert config.theme == "light"
    assert [entry.name for entry in config.keys] == ["find"]
    assert len(config.problems) == 2


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    assert [problem.line for problem in load(tmp_path / "config.toml").problems] == [0]


def test_the_command_line_takes_the_settings_and_tells_what_is_wrong(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("LISEUSE_MAX_FILE_MB", "")
    monkeypatch.delenv("LISEUSE_MAX_FILE_MB")
    (tmp_path / "config.toml").write_text('max_file_mb = 7\nlang = "fr"\nthema = 1\n')
    assert run(["--home", str(tmp_path), "notes"]) == 1
    assert walk.max_file() == 7 << 20
    assert "config.toml, ligne 3\u00a0: aucun réglage" in capsys.readouterr().err
    assert parse_arguments(["--home", str(tmp_path), "--lang", "en", "notes"]).config.lang == "fr"
