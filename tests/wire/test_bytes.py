"""The bytes test: nothing hostile comes out of any command or any screen, wherever it came in.

`collection` makes a home in which everything is hostile, `commands` and `inside` visit all that the
program declares, `payload` judges every byte that came out.
"""

import json
import os
import pkgutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from terminal import Terminal
from textual.screen import Screen
from wire.collection import SAMPLES, fill, sources
from wire.payload import CONTROLS, DECEPTIVE, is_harmful, leaks, steering

import reader.screens
from index.formats import FORMATS
from reader.cli import declaring

WIRE = Path(__file__).parent
SLOW = {"add", "sync", "annotate", "doctor"}
"""Commands that print nothing but messages, which go one way."""
ENGLISH = {"LC_ALL": "en_US.UTF-8"}


@dataclass
class Seen:
    """What came out of a run, and what the program in it told of itself."""

    bytes: bytes
    report: dict[str, object]
    code: int


@pytest.fixture
def here(tmp_path: Path) -> Path:
    fill(tmp_path / "home", sources(tmp_path / "files"))
    return tmp_path


def in_terminal(program: str, here: Path, *arguments: str, **env: str) -> Seen:
    report = here / "report.json"
    terminal = Terminal([sys.executable, str(WIRE / program), *arguments], {**ENGLISH, **env})
    try:
        code = terminal.end(400)
    finally:
        terminal.close()
    assert report.exists(), terminal.seen[-3000:]
    return Seen(terminal.seen, json.loads(report.read_text()), code)


def screens(here: Path, *out: str, home: str = "home", **env: str) -> Seen:
    return in_terminal("inside.py", here, str(here / home), str(here / "report.json"), *out, **env)


def commands(here: Path, *out: str, **env: str) -> Seen:
    return in_terminal("commands.py", here, *_places(here), *out, **env)


def _places(here: Path) -> tuple[str, str, str]:
    return str(here / "home"), str(here / "files"), str(here / "report.json")


def screens_declared() -> set[str]:
    """Every class of screen that is shown: those that no other is made from."""
    for module in pkgutil.iter_modules(reader.screens.__path__):
        import_module(f"reader.screens.{module.name}")
    return {kind.__name__ for kind in _leaves(Screen) if kind.__module__.startswith("reader.")}


def _leaves(kind: type) -> list[type]:
    below = [leaf for sub in kind.__subclasses__() for leaf in _leaves(sub)]
    return below or [kind]


def test_the_judge_knows_every_payload() -> None:
    for char in CONTROLS + DECEPTIVE:
        assert char.isascii() or is_harmful(char), hex(ord(char))
        if is_harmful(char):
            assert leaks(f"a{char}b".encode())
    for sequence in (
        "\x1b]52;c;UFdORUQ=\x07",
        "\x1b]8;;http://a\x1b\\",
        "\x1b]0;a\x07",
        "\x1b[2J",
        "\x1b[6n",
    ):
        assert leaks(sequence.encode())
    assert not leaks("\x1b[1;38;2;1;2;3mé\x1b[0m\r\n\x1b[3;7H".encode())


def test_there_is_a_hostile_file_of_every_format() -> None:
    assert SAMPLES.keys() == FORMATS.keys()


def test_every_screen_and_command_of_the_interface_paints_nothing_hostile(here: Path) -> None:
    seen = screens(here, WIRE_ELSEWHERE="welcome")
    assert seen.report["failed"] == ""
    assert seen.report["missed"] == []
    assert screens_declared() <= set(seen.report["screens"])
    assert seen.code == 0
    assert b"has stopped because of an error" not in seen.bytes
    assert leaks(seen.bytes) == []
    assert b"gnp.exe" in seen.bytes  # it was there to be seen


def test_stores_that_fail_now_and_then_do_not_end_the_interface(here: Path) -> None:
    seen = screens(here, WIRE_FAILING="1", WIRE_STEPS="300", WIRE_ELSEWHERE="welcome")
    assert seen.report["failed"] == ""
    assert b"the disk has failed" in seen.bytes
    assert b"has stopped because of an error" not in seen.bytes
    assert seen.code == 0


def test_an_empty_home_with_hostile_settings_paints_nothing_hostile(here: Path) -> None:
    (here / "empty").mkdir()
    (here / "empty" / "config.toml").write_bytes((here / "home" / "config.toml").read_bytes())
    seen = screens(here, home="empty", WIRE_STEPS="4")
    assert ["welcome", "add_folder"] in seen.report["pressed"]
    assert leaks(seen.bytes) == []


def test_every_command_of_the_command_line_prints_nothing_hostile(here: Path) -> None:
    seen = commands(here)
    assert seen.report["broken"] == []
    assert {json.loads(line)[0] for line in seen.report["ended"]} >= declaring.COMMANDS.keys() - {
        "open",
        "demo",
    }
    assert leaks(seen.bytes) == []
    piped = subprocess.run(
        [sys.executable, str(WIRE / "commands.py"), *_places(here)],
        capture_output=True,
        check=True,
        env={**os.environ, "WIRE_COMMANDS": " ".join(declaring.COMMANDS.keys() - SLOW)},
    )
    assert steering(piped.stdout) == []
    assert steering(piped.stderr) == []


@pytest.mark.parametrize("out", [("clean", "visible", "net"), ("visible",)])
def test_without_its_defences_the_command_line_leaks(here: Path, out: tuple[str, ...]) -> None:
    assert leaks(commands(here, *out, WIRE_COMMANDS="show").bytes)


def test_without_its_defences_the_interface_leaks(here: Path) -> None:
    assert leaks(screens(here, "visible", "net", WIRE_STEPS="3").bytes)
