import json
from pathlib import Path

import pytest
from prose import TEXT

from reader.cli import run
from reader.paths import Places, places
from reader.workspace import Workspace


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command in a home of its own: exit code, stdout, stderr."""

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = run(["--home", str(tmp_path / "home"), "--lang", "en", *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def article(cli, tmp_path: Path) -> str:
    """One article in the home; its id."""
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"title": "Une attaque", "date": "2024-09-19", "source": "S", "text": TEXT}))
    assert cli("add", str(source))[0] == 0
    return str(json.loads(cli("search", "avions", "--json")[1])["hits"][0]["id"])


@pytest.fixture
def here(tmp_path: Path) -> Places:
    """A home with an article, a note on it, a backup of that, and a query in its history."""
    where = places(tmp_path / "home")
    source = tmp_path / "a.txt"
    source.write_text("Titre\n\nUne attaque à Bamako.")
    with Workspace(where) as space:
        list(space.add([source]))
        (id,) = space.collection.library.ids()
        space.note(space.collection.library.get(id), None, "gardée", ["bilan"])
        space.memory.remember("Bamako")
        space.notebook.back_up()
    return where
