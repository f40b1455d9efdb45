"""The French catalogue says all that the code says, with the same fields, and nothing else."""

import ast
import string
from pathlib import Path

import pytest

import index
from reader import i18n
from reader.commands import COMMANDS

READER = Path(i18n.__file__).parent
INDEX = Path(next(iter(index.__path__)))


def spoken() -> set[str]:
    said = {command.title for command in COMMANDS} | {
        command.footer for command in COMMANDS if command.footer
    }
    for path in READER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"_", "ngettext"}
            ):
                said |= {
                    one.value
                    for one in node.args[:2]
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return said | refusals()


def refusals() -> set[str]:
    """The reasons for which queries are refused, raised where there is no French."""
    said = set()
    for path in INDEX.rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            node.target.id: node.value
            for node in module.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "QueryError"
            ):
                first = node.args[0]
                first = constants[first.id] if isinstance(first, ast.Name) else first
                assert isinstance(first, ast.Constant)
                said.add(first.value)
    assert said
    return said


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_has_its_french_and_no_french_is_left_over() -> None:
    assert set(i18n._catalogue()) == spoken()


def test_the_french_has_the_fields_of_the_english() -> None:
    for english, french in i18n._catalogue().items():
        assert fields(english) == fields(french), english


@pytest.mark.parametrize(
    ("lang", "locale", "chosen"),
    [("en", "fr_FR", "en"), (None, "fr_ML.UTF-8", "fr"), (None, "C.UTF-8", "en")],
)
def test_the_language_is_the_one_asked_for_else_the_locales(lang, locale, chosen, monkeypatch) -> None:
    monkeypatch.setattr(i18n, "_current", "en")
    monkeypatch.setenv("LC_ALL", locale)
    assert i18n.choose(lang) == chosen
    assert i18n._("Quit") == {"fr": "Quitter", "en": "Quit"}[chosen]
