"""What is typed before a dialogue is there belongs to the dialogue, however slow the disk is."""

import asyncio
import threading
import time

import pytest
from textual import events

from notes import Notebook
from notes.errors import NotebookLocked
from reader.screens.note_editor import NoteEditor
from reader.workspace import Workspace


@pytest.fixture
def slow_notebook(monkeypatch) -> None:
    """A notebook that takes its time to tell of a draft."""
    draft = Notebook.draft

    def slow(self, *where, **which):
        time.sleep(0.3)
        return draft(self, *where, **which)

    monkeypatch.setattr(Notebook, "draft", slow)


async def test_a_comment_typed_at_once_is_in_the_note(home, attack, open_app, slow_notebook) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        await hand.press("a")
        await hand.type("doute, u et v")
        await hand.press("tab")
        await hand.type("bilan")
        await hand.press("ctrl+s")
        await hand.until(hand.screen.workspace.notebook.notes)
        (note,) = hand.screen.workspace.notebook.notes()
        assert (note.comment, note.tags) == ("doute, u et v", ("bilan",))


async def test_a_dialogue_that_cannot_come_gives_the_keys_back(home, open_app, monkeypatch) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")

        def broken(self, *where, **which):
            time.sleep(0.3)
            raise NotebookLocked("locked")

        monkeypatch.setattr(Notebook, "draft", broken)
        asked = hand.screen.workspace.notebook
        await hand.press("a", "3")  # what was for the dialogue is for nobody else
        await hand.until(lambda: hand.app._notifications)
        await hand.pilot.pause()
        assert hand.screen.article_pane.has_focus
        assert asked.notes() == []
        await hand.press("1")
        await hand.until(lambda: hand.screen.results.has_focus)
        assert not isinstance(hand.app.screen, NoteEditor)


async def notebook(hand) -> None:
    await hand.press("escape", "g", "n")
    await hand.until(lambda: "Six avions" in hand.painted() and hand.app.screen is not hand.screen)


async def test_a_key_that_comes_with_the_one_that_leaves_a_page_is_not_the_pages(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await notebook(hand)
        hand.at_once("qdd")
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.pilot.pause()
        assert len(hand.screen.workspace.notebook.notes()) == 3


async def test_a_key_that_comes_with_the_one_that_goes_to_a_note_is_not_the_pages(
    annotated, open_app
) -> None:
    async with open_app(annotated) as hand:
        await notebook(hand)
        await hand.press("j", "enter")
        await hand.until(lambda: hand.app.screen is hand.screen and not hand.app.waits)
        found = hand.screen.article_pane.document.selection.caret
        await notebook(hand)
        hand.at_once("j\rlll1")
        await hand.until(lambda: hand.app.screen is hand.screen and hand.screen.results.has_focus)
        assert hand.screen.article_pane.document.selection.caret == found + 3


@pytest.mark.parametrize("keys", ["Vtx\rgd", "/avions\rgd", "e vu\x13gd"])
async def test_a_key_that_comes_with_the_answer_to_a_dialogue_is_not_the_dialogues(
    annotated, open_app, keys
) -> None:
    async with open_app(annotated) as hand:
        await notebook(hand)
        hand.at_once(keys)
        await hand.until(lambda: "Drafts" in hand.painted() and not hand.app.waits)
        assert len(hand.screen.workspace.notebook.notes()) == 3


@pytest.mark.parametrize(
    ("keys", "left"),
    [("djd", ["Le JNIM a revendiqué"]), ("ddu", ["Le JNIM a revendiqué", "Six avions détruits"])],
)
async def test_a_key_acts_on_the_rows_that_the_one_before_has_left(annotated, open_app, keys, left) -> None:
    async with open_app(annotated) as hand:
        await notebook(hand)
        hand.at_once(keys)
        await hand.until(lambda: not hand.app.waits)
        assert sorted(note.quote for note in hand.screen.workspace.notebook.notes()) == left


async def test_a_page_is_read_before_what_was_typed_for_it_is_done(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await hand.press("escape")
        hand.at_once("gnjd")
        await hand.until(lambda: len(hand.screen.workspace.notebook.notes()) == 2)


async def test_a_note_is_on_the_article_that_was_just_opened(home, open_app, monkeypatch) -> None:
    def slow(self, *given: object) -> object:
        time.sleep(0.2)
        return open_text(self, *given)

    open_text = Workspace.open_text
    monkeypatch.setattr(Workspace, "open_text", slow)
    async with open_app(home) as hand:
        await hand.read("niger")
        hand.at_once("s\x15agent\r\rasous Bamako\x13")
        await hand.until(hand.screen.workspace.notebook.notes)
        (note,) = hand.screen.workspace.notebook.notes()
        assert note.source.title == "L’attaque de Bamako"
        assert note.comment == "sous Bamako"


async def test_a_page_that_is_read_slowly_can_be_left(annotated, open_app, monkeypatch) -> None:
    is_free = threading.Event()
    notes = Notebook.notes

    def waits(self, *which: object, **named: object) -> object:
        is_free.wait(30)
        return notes(self, *which, **named)

    async with open_app(annotated) as hand:
        await hand.press("escape")
        monkeypatch.setattr(Notebook, "notes", waits)
        monkeypatch.setattr("reader.typeahead._PATIENCE", 0.1)
        await hand.press("g", "n", "q")
        await hand.until(lambda: hand.app.screen is hand.screen and not hand.app.waits)
        is_free.set()


async def test_what_comes_with_the_choice_of_a_draft_is_the_drafts(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        hand.at_once("aun\x1b")
        await hand.until(lambda: "The draft is kept: gd" in hand.painted())
        hand.at_once("gd\r, deux\x1b")
        await hand.until(lambda: [d.comment for d in hand.screen.workspace.notebook.drafts()] == ["un, deux"])


async def test_what_comes_with_a_query_is_no_part_of_it(home, open_app) -> None:
    async with open_app(home) as hand:
        hand.at_once("a:\x7fero\rj1")
        await hand.until(lambda: hand.screen.results.has_focus)
        assert hand.screen.query_bar.value == "aero"
        hand.at_once("snul\x15gao\x1b\x1b1")
        await hand.until(lambda: hand.screen.results.has_focus)
        assert hand.screen.query_bar.value == ""


async def test_what_is_pasted_for_a_dialogue_is_in_it(home, open_app, slow_notebook) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        hand.at_once("adoute : ")
        hand.app.post_message(events.Paste("j q d"))
        hand.at_once(" !")
        await hand.until(
            lambda: isinstance(hand.app.screen, NoteEditor) and "!" in hand.app.screen.body.comment
        )
        assert hand.app.screen.body.comment == "doute : j q d !"


async def test_a_key_to_whoever_goes_with_it_is_the_last_it_hears(home, open_app) -> None:
    """A widget that is taken away while it has a key is not waited for."""
    async with open_app(home) as hand:
        await hand.press("escape")
        await hand.until(lambda: hand.screen.results.has_focus)
        hand.at_once("?\x1b?\x1b?\x1bsgao")
        await hand.until(lambda: hand.screen.query_bar.value == "gao")


async def test_whoever_waits_for_a_dialogue_may_leave(home, open_app, monkeypatch) -> None:
    is_free = threading.Event()

    def waits(*_where: object, **_which: object) -> None:
        is_free.wait(30)

    async with open_app(home) as hand:
        await hand.read("aeroport")
        monkeypatch.setattr(Notebook, "draft", waits)
        monkeypatch.setattr("reader.typeahead._PATIENCE", 0.1)
        await hand.press("a")
        await asyncio.sleep(0.2)
        await hand.press("ctrl+q")
        await hand.until(lambda: hand.app._exit)
        is_free.set()
