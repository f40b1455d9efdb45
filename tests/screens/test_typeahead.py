"""What is typed before a dialogue is there belongs to the dialogue, however slow the disk is."""

import time

import pytest

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
            raise NotebookLocked("locked")

        monkeypatch.setattr(Notebook, "draft", broken)
        await hand.press("a")
        await hand.until(lambda: hand.app._notifications)
        await hand.press("1")
        await hand.until(lambda: hand.screen.results.has_focus)
        assert not isinstance(hand.app.screen, NoteEditor)
