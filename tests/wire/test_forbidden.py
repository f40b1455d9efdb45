"""What the source must not hold: text taken for markup, shells, unpickling, extracting, our own network."""

import ast
from collections.abc import Iterator
from pathlib import Path

import index
import notes
import reader

TAKES_MARKUP = {
    "Static",
    "Label",
    "Button",
    "notify",
    "OptionList",
    "SelectionList",
    "RichLog",
    "Markdown",
    "Toast",
}
FORBIDDEN = {
    "eval", "exec", "os.system", "os.popen", "pickle.load", "pickle.loads", "marshal.loads", "shelve.open",
    "yaml.load", "yaml.unsafe_load", "yaml.full_load", "socket.create_connection", "urllib.request.urlopen",
    "Text.from_markup", "Content.from_markup", "Text.from_ansi",
}  # fmt: skip
METHODS = {"extractall", "from_markup", "from_ansi", "urlopen"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for package in (reader, index, notes):
        for path in sorted(Path(next(iter(package.__path__))).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path}:{node.lineno}", node


def keyword(call: ast.Call, name: str) -> object:
    value = next((k.value for k in call.keywords if k.arg == name), None)
    return value.value if isinstance(value, ast.Constant) else None


def test_no_text_is_taken_for_markup() -> None:
    taken, seen = [], 0
    for where, call in calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        if (name in TAKES_MARKUP and (name != "notify" or call.args)) or (
            name == "Console" and call.keywords
        ):
            seen += 1
            if keyword(call, "markup") is not False:
                taken.append(where)
    assert not taken
    assert seen >= 5


def test_nothing_dangerous_is_called() -> None:
    found = []
    for where, call in calls():
        name = ast.unparse(call.func)
        if name in FORBIDDEN or name.rpartition(".")[2] in METHODS or keyword(call, "shell"):
            found.append(f"{where} {name}")
    assert not found
