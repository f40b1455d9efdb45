"""A text that is not what it looks like is pointed out: on the screen, on the command line, in JSON."""

import json
from pathlib import Path

import pytest

from index.article import EntityType, Mention
from index.errors import LibraryDamaged
from reader.cli import run
from reader.paths import places
from reader.workspace import Workspace

NAME = "B\u0430mako"
TEXT = f"À {NAME}, un agent a parlé.\u202e\u200b Fin."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"title": f"Ville de {NAME}", "lang": "fr", "text": TEXT}))
    with Workspace(places(tmp_path / "home")) as space:
        list(space.add([source]))
        library = space.collection.library
        (id,) = library.ids()
        article = library.get(id)
        at = article.text.index(NAME)
        found = Mention(at, at + len(NAME), EntityType.PLACE, NAME)
        library.mentions.put(article.revision, article.text, "test", [found])
        list(space.collection.settle())
    return tmp_path / "home"


async def test_the_screen_points_it_out(open_app, home: Path) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("enter", "enter")
        await hand.until(lambda: "Mixed alphabets" in hand.painted())
        painted = hand.painted()
        assert f"⚠ Ville de {NAME}" in painted
        assert f"⚠ Mixed alphabets: {NAME}" in painted
        assert "⚠ Hidden characters: 2" in painted
        assert f"⚠ {NAME}" in painted
        assert "parlé.��" in painted
        await hand.press("g", "e")
        await hand.until(lambda: f"⚠ {NAME}" in hand.painted() and "by mentions" in hand.painted())


def test_the_command_line_points_it_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace(places(home)) as space:
        (id,) = space.collection.library.ids()
    run(["--home", str(home), "--lang", "en", "show", id])
    shown = capsys.readouterr().out
    assert f"⚠ Mixed alphabets: {NAME}" in shown
    assert "⚠ Hidden characters: 2" in shown
    run(["--home", str(home), "show", id, "--json"])
    assert json.loads(capsys.readouterr().out)["suspicious"] == {"hidden": 2, "mixed": [[2, 8]]}
    run(["--home", str(home), "entities"])
    assert f"⚠ {NAME}" in capsys.readouterr().out


def test_no_note_is_made_on_a_text_that_is_not_the_one_that_was_read(home: Path) -> None:
    with Workspace(places(home)) as space:
        (id,) = space.collection.library.ids()
        space.collection.library._store.change("UPDATE text SET body = body || ' altered'")
        article = space.collection.article(id)
        with pytest.raises(LibraryDamaged, match="doctor"):
            space.note(article, None, "a comment")
        assert space.notebook.notes() == []
