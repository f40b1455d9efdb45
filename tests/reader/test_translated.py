"""What the stores, argparse and the system say reaches a French user in French."""

import ast
import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import index
import notes
from reader import i18n, translated
from reader.cli import run

_GAP = re.compile(r"\{[^{}]*\}")
_OURS = re.compile(
    r"class (\w+)\((?:Exception|LibraryError|SearchError|NotebookError|\w*RuntimeError|ValueError)\)"
)
_NOT_SAID = {"QueryError"}  # said by its template: tests/reader/test_i18n.py


@pytest.fixture
def french(monkeypatch) -> None:
    monkeypatch.setattr(i18n, "_current", "fr")


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in (index, notes):
        for path in Path(next(iter(package.__path__))).rglob("*.py"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def errors() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path, _ in modules()]
    return {name for source in sources for name in _OURS.findall(source)} - _NOT_SAID


def template(node: ast.expr) -> str:
    """A text with `{}` for each gap; empty for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def raised() -> set[str]:
    """Every message that an error of the stores is made with, and every reason why something is no article."""
    kinds, said = errors(), set()
    for _path, module in modules():
        texts = {
            target.id: value
            for node in ast.walk(module)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
            for value in [node.value]
        }
        messages = {
            text
            for node in ast.walk(module)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message"
            for text in (template(node.value),)
        }
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            arguments = node.args[:1] if name in kinds else node.args[1:2] if name == "Refusal" else []
            arguments += [word.value for word in node.keywords if name == "Found" and word.arg == "problem"]
            for argument in arguments:
                if isinstance(argument, ast.Name) and argument.id == "message":
                    said |= {text for text in messages if not is_for_programmers(module, text)}
                elif isinstance(argument, ast.Name):
                    said.add(template(texts.get(argument.id, argument)))
                else:
                    said.add(template(argument))
    return said - {""}


def is_for_programmers(module: ast.Module, text: str) -> bool:
    """Whether the message, set just before a `raise ValueError`, tells of a caller's fault."""
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        for before, after in itertools.pairwise(body) if isinstance(body, list) else ():
            if isinstance(before, ast.Assign) and template(before.value) == text:
                name = getattr(getattr(getattr(after, "exc", None), "func", None), "id", "")
                return name == "ValueError"
    return False


def test_everything_that_the_stores_say_is_known_in_french(french: None) -> None:
    said = raised()
    assert len(said) > 100
    unknown = set()
    for text in said:
        counted = iter(f"w{number}" for number in range(99))
        whole = _GAP.sub(lambda _: next(counted), text)  # noqa: B023 - used at once
        french_text = translated.translated(whole)
        words = re.findall(r"\bw\d+\b", whole)
        if (french_text == whole and text != "{}") or not all(word in french_text for word in words):
            unknown.add(text)
    assert unknown == set()


def test_no_french_is_left_over() -> None:
    everything = "\n".join(
        node.value
        for _path, module in [*modules(), (Path(), ast.parse(Path("reader/workspace.py").read_text("utf-8")))]
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    for english in translated._french()["stores"]:
        for piece in _GAP.split(english):
            assert piece in everything, english


@pytest.mark.parametrize(
    ("english", "french_text"),
    [
        ("no article has the id ffff", "aucun article n’a l’identifiant ffff"),
        ("'a,b' is not an article id: give 4 to 12 of the digits 0-9 a-f", "« a,b » n’est pas l’identifiant"),
        ("the library cannot be used: unable to open database file", "la base de données ne peut pas être"),
        ("line 3: not JSON: Expecting value", "ligne 3 : ce n’est pas du JSON : Expecting value"),
        ("Permission denied", "permission refusée"),
        ("not known to anybody", "not known to anybody"),
        ("no article has the id {evil} %s", "aucun article n’a l’identifiant {evil} %s"),
    ],
)
def test_a_message_keeps_what_stands_in_its_gaps(english, french_text, french: None) -> None:
    assert french_text in translated.translated(english).replace("\u00a0", " ")


def test_in_english_nothing_is_changed() -> None:
    assert translated.translated("no article has the id ffff") == "no article has the id ffff"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--help",), ("emploi :", "montrer cette aide", "afficher la version")),
        (("frob",), ("erreur :", "choix inconnu : frob")),
        (("search",), ("il manque : QUERY",)),
        (("search", "--help"), ("arguments :", "options :", "requête")),
        (("note", "abcd", "--span", "foo"), ("foo n’est pas un passage", "120:184")),
        (("search", "x", "--limit", "-3"), ("--limit",)),
        (("notes", "--tag"), ("attend une valeur",)),
        (("doctor",), ("bibliothèque", "modèles")),
        (("show", "zzz"), ("« zzz » n’est pas l’identifiant d’un article",)),
        (("annotate", "--sort"), ("arguments inconnus : --sort",)),
        (("restore", "/nowhere"), ("il n’y a pas de fichier /nowhere",)),
    ],
)
def test_a_french_user_is_spoken_to_in_french(arguments, said, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(i18n, "_current", "en")
    with contextlib.suppress(SystemExit):
        run(["--home", str(tmp_path), "--lang", "fr", *arguments])
    out, err = capsys.readouterr()
    for words in said:
        assert words in (out + err).replace("\u00a0", " ").replace("\n  ", " ")
    assert not re.search(r"usage|error:|positional|show this|unrecognized|invalid", out + err)


def test_plurals_and_figures_are_each_language_s_own(monkeypatch) -> None:
    def articles(count: int) -> str:
        return i18n.ngettext("{count} article", "{count} articles", count)

    monkeypatch.setattr(i18n, "_current", "fr")
    assert [articles(count) for count in (0, 1, 2, 12345)] == [
        "0 article", "1 article", "2 articles", "12\u202f345 articles",
    ]  # fmt: skip
    assert i18n.ngettext("{count} rejected", "{count} rejected", 2) == "2 refusés"
    assert i18n._("{rate} articles/s", rate=3.5) == "3,5 articles/s"
    assert i18n.figure(1234.5, 2) == "1\u202f234,50"
    monkeypatch.setattr(i18n, "_current", "en")
    assert [articles(count) for count in (0, 1, 2)] == ["0 articles", "1 article", "2 articles"]
    assert i18n.figure(1234.5) == "1\u202f234.5"


def test_french_punctuation_has_its_spaces() -> None:
    for english, french_text in i18n._catalogue().items():
        bare = re.sub(r"`[^`]*`|\{[^}]*\}|https?:\S+", "x", french_text)
        assert not re.search(r"\w[;!?»]|[^\u00a0]»|«[^\u00a0]| [:;!?»](?:\W|$)", bare), english
        assert "'" not in bare, english
