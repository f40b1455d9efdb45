"""What is written in the note editor and not saved: kept as a draft, or held, whatever happens."""

import os
import signal
import threading
from pathlib import Path
from threading import Event

import pytest

from notes import Notebook, NotebookError
from reader.paths import places
from reader.screens.body import Body
from reader.screens.drafting import Drafts, Place
from reader.workspace import Workspace


def notes_in(home: Path):
    with Notebook.open(places(home).notes) as notebook:
        return notebook.notes()


async def writing(hand) -> None:
    """Open an article, and the editor on its passage."""
    await hand.read("agent")
    await hand.press("a")
    await hand.until(lambda: hand.app.screen is not hand.screen)


async def test_leaving_the_editor_keeps_the_draft(home, open_app) -> None:
    async with open_app(home) as hand:
        await writing(hand)
        await hand.type("presque")
        await hand.press("escape")
        await hand.until(lambda: "The draft is kept: gd" in hand.painted())
        assert notes_in(home) == []
    async with open_app(home) as hand:
        await writing(hand)
        assert hand.app.screen.body.comment == "presque"


async def test_being_told_to_end_keeps_the_draft(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await writing(hand)
        await hand.type("presque")
        os.kill(os.getpid(), signal.SIGTERM)
        await hand.until(lambda: not hand.app.is_running or hand.app._exit)
    assert signal.alarm(0) > 0  # it would have ended this process in the end
    with Notebook.open(places(home).notes) as notebook:
        (draft,) = notebook.drafts()
    assert draft.comment == "presque"
    assert draft.anchor.quote == attack[draft.anchor.start : draft.anchor.end]


@pytest.fixture
def full_disk(monkeypatch):
    """A notebook that keeps no draft, until the event is set."""
    is_free, save = Event(), Notebook.save_draft

    def fails(*given: object, **named: object) -> None:
        if not is_free.is_set():
            raise NotebookError("no room")
        save(*given, **named)

    monkeypatch.setattr(Notebook, "save_draft", fails)
    return is_free


async def left_with_a_draft(hand, told: list[str]) -> None:
    await writing(hand)
    await hand.type("presque")
    await hand.press("escape")
    await hand.until(lambda: told)


async def test_a_draft_that_cannot_be_kept_is_there_until_it_can(
    home, open_app, full_disk, monkeypatch
) -> None:
    told: list[str] = []
    async with open_app(home) as hand:
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await left_with_a_draft(hand, told)
        await hand.press("a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        assert hand.app.screen.body.comment == "presque"
        full_disk.set()
        await hand.press("escape")
        await hand.until(lambda: not hand.screen.annotating.drafts.held())
    assert "no room; what you wrote is held" in told[0]
    with Notebook.open(places(home).notes) as notebook:
        assert [draft.comment for draft in notebook.drafts()] == ["presque"]


async def test_words_that_can_nowhere_be_kept_are_said_at_the_end(
    home, open_app, full_disk, monkeypatch
) -> None:
    told: list[str] = []
    async with open_app(home) as hand:
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await left_with_a_draft(hand, told)
        for _told in range(2):  # as a signal may be heard after another
            hand.app.do_quit()
        said = [str(one) for one in hand.app._exit_renderables]
        assert hand.app.return_code == 1
    assert ["no room" in one and "presque" in one for one in said] == [True]


async def test_a_draft_that_is_kept_late_is_the_one_written_last(home, open_app, monkeypatch) -> None:
    is_slow, save = Event(), Notebook.save_draft

    def late(*given: object, **named: object) -> None:
        if not is_slow.is_set():
            is_slow.set()
            is_free.wait(10)
        save(*given, **named)

    is_free = Event()
    async with open_app(home) as hand:
        monkeypatch.setattr(Notebook, "save_draft", late)
        await writing(hand)
        await hand.type("presque")
        await hand.until(is_slow.is_set)
        await hand.type(" fini")
        await hand.press("escape")
        is_free.set()
        await hand.until(lambda: not hand.screen.annotating.drafts.held())
    with Notebook.open(places(home).notes) as notebook:
        assert [draft.comment for draft in notebook.drafts()] == ["presque fini"]


async def test_a_draft_that_cannot_be_kept_is_told_when_the_editor_has_gone(
    home, open_app, monkeypatch
) -> None:
    is_left, told = Event(), []

    def fails(*_args: object, **_named: object) -> None:
        is_left.wait(10)
        raise NotebookError("no room")

    async with open_app(home) as hand:
        monkeypatch.setattr(Notebook, "save_draft", fails)
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await writing(hand)
        await hand.type("presque")
        editor = hand.app.screen
        await hand.press("escape")
        await hand.until(lambda: not editor.is_attached)
        is_left.set()
        await hand.until(lambda: told)
    assert "no room" in told[0]


async def test_nothing_is_written_while_a_note_is_being_saved(home, open_app, monkeypatch) -> None:
    is_free, told, add = Event(), [], Notebook.add

    def slow(*given: object, **named: object) -> object:
        is_free.wait(10)
        if not told:
            raise NotebookError("no room")
        return add(*given, **named)

    async with open_app(home) as hand:
        monkeypatch.setattr(Notebook, "add", slow)
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await writing(hand)
        await hand.type("début")
        await hand.press("ctrl+s")
        await hand.type(" et suite")
        assert hand.app.screen.body.comment == "début"
        await hand.until(lambda: "Being saved" in hand.painted())
        is_free.set()
        await hand.until(lambda: told)
        await hand.until(lambda: "^S: save" in hand.painted())
        await hand.type(", puis")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.app.screen is hand.screen)
    assert [note.comment for note in notes_in(home)] == ["début, puis"]


async def test_a_save_that_fails_as_the_program_ends_ends_it_and_the_words_are_kept(
    home, open_app, monkeypatch
) -> None:
    is_free, is_saving = Event(), Event()

    def fails(*_given: object, **_named: object) -> None:
        is_saving.set()
        is_free.wait(10)
        raise NotebookError("no room")

    async with open_app(home) as hand:
        monkeypatch.setattr(Notebook, "add", fails)
        await writing(hand)
        await hand.type("presque")
        await hand.press("ctrl+s")
        await hand.until(is_saving.is_set)
        hand.app.do_quit()
        is_free.set()
    assert (hand.app.return_code, hand.app._exception) == (0, None)
    with Notebook.open(places(home).notes) as notebook:
        assert [draft.comment for draft in notebook.drafts()] == ["presque"]


async def test_a_program_that_stops_says_what_it_could_not_keep(
    home, open_app, full_disk, monkeypatch
) -> None:
    told: list[str] = []
    panicked: list[str] = []
    async with open_app(home) as hand:
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        monkeypatch.setattr(hand.app, "panic", lambda text: panicked.append(str(text)))
        await left_with_a_draft(hand, told)
        hand.app._fatal_error()
    assert "presque" in panicked[0]


def test_a_notebook_that_does_not_answer_is_not_waited_for_at_the_end(home, monkeypatch) -> None:
    is_free, failed, save = Event(), [], Notebook.save_draft

    def late(*given: object, **named: object) -> None:
        is_free.wait(30)
        save(*given, **named)

    monkeypatch.setattr(Notebook, "save_draft", late)
    monkeypatch.setattr(threading, "excepthook", failed.append)
    with Workspace(places(home)) as space:
        drafts = Drafts(space)
        drafts.hold(Place("a" * 12, None), Body("[b]presque[/b]", "x"))
        said = drafts.last_words(0.05)
    is_free.set()
    for thread in threading.enumerate():
        if thread.name == "last words":
            thread.join(10)
    assert failed == []
    assert "has not taken the draft in time" in said
    assert "[b]presque[/b]\nx" in said
