"""Ten everyday tasks, each with the keys that docs/keys.md counts."""

from pathlib import Path

from eval.keys import PAGE, TASKS, page

from notes import Notebook
from reader import i18n
from reader.paths import places
from reader.screens.dossier import DossierPage
from reader.screens.notebook import NotebookPage

KEYS = {title: keys for title, keys, _besides in TASKS}
FIND, TAG, AGAIN, NOTE, COPY, NEXT, DOSSIER, NOTES, EXPORT, UNDO = KEYS


def notes_in(home: Path) -> list[tuple[str, tuple[str, ...], str]]:
    with Notebook.open(places(home).notes) as notebook:
        return [(note.quote, note.tags, note.comment) for note in notebook.notes()]


def test_the_page_of_keys_is_true(monkeypatch) -> None:
    monkeypatch.setattr(i18n, "_current", "en")
    assert PAGE.read_text(encoding="utf-8") == page()


async def test_each_task_takes_its_keys(home, open_app, monkeypatch, tmp_path) -> None:
    copied: list[str] = []
    monkeypatch.setattr("reader.screens.sharing.copy", lambda text, _app: copied.append(text) or "Copied")
    monkeypatch.setenv("HOME", str(tmp_path))
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.type("agent")
        await hand.until(lambda: "agent" in str(hand.screen.understood.render()))
        await hand.press(*KEYS[FIND])
        await hand.until(lambda: hand.screen.article_pane.document and hand.screen.article_pane.has_focus)
        await hand.press("g", "g", *KEYS[NEXT], *KEYS[DOSSIER])
        await hand.until(lambda: isinstance(hand.app.screen, DossierPage))
        await hand.press("q")
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.press("t")
        await hand.type("bilan")
        await hand.press("enter")
        await hand.until(lambda: len(notes_in(home)) == 1)
        await hand.press("g", "g", ")", *KEYS[TAG])
        await hand.until(lambda: len(notes_in(home)) == 2)
        await hand.press(")", *KEYS[AGAIN])
        await hand.until(lambda: [tags for _quote, tags, _comment in notes_in(home)] == [("bilan",)] * 3)
        *select, save = KEYS[NOTE]
        await hand.press("g", "g", *select)
        await hand.until(lambda: len(hand.app.screen_stack) > 1)
        await hand.type("vu")
        await hand.press(save)
        await hand.until(lambda: "vu" in [comment for _quote, _tags, comment in notes_in(home)])
        await hand.press("g", "g", *KEYS[COPY])
        await hand.until(lambda: copied and "Presse" in copied[0])
        await hand.press(*KEYS[NOTES])
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage) and "#bilan" in hand.painted())
        await hand.press("q", *KEYS[EXPORT])
        await hand.until(lambda: [file for file in tmp_path.rglob("*.md") if "vu" in file.read_text()])
        await hand.press(*KEYS[UNDO])
        await hand.until(lambda: len(notes_in(home)) == 3)
