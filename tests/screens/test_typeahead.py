"""What is typed before a dialogue is there belongs to the dialogue, however slow the disk is."""

import asyncio
import threading
import time

import pytest
from textual import events

from notes import Notebook
from notes.errors import NotebookLocked
from reader.screens.note_editor import NoteEditor


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


async def test_a_key_that_comes_with_the_one_that_leaves_a_page_is_not_the_pages(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await hand.press("escape", "g", "n")
        await hand.until(lambda: "Six avions" in hand.painted() and hand.app.screen is not hand.screen)
        rows = hand.app.screen.rows
        for key in ("q", "d", "d"):  # as one write of a terminal has them
            rows.post_message(events.Key(key, key))
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.pilot.pause()
        assert len(hand.screen.workspace.notebook.notes()) == 3


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
