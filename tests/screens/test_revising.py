"""A note that is edited here and changed elsewhere: nothing is written over what was not seen."""

from datetime import UTC, datetime
from pathlib import Path

from notes import Notebook
from reader.paths import places


def notes_in(home: Path):
    with Notebook.open(places(home).notes) as notebook:
        return notebook.notes()


async def editing(hand, comment: str) -> None:
    """Open the note with this comment in the editor, from the side."""
    await hand.read("agent")
    await hand.press("3", "e")
    await hand.until(lambda: hand.app.screen is not hand.screen)
    assert comment in hand.app.screen.body.comment


async def test_a_note_that_was_changed_elsewhere_is_not_overwritten_unseen(
    annotated, open_app, monkeypatch
) -> None:
    told: list[str] = []
    async with open_app(annotated) as hand:
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await hand.read("agent")
        await hand.press("3", "e")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        editor = hand.app.screen
        await hand.type(" d’ici")
        with Notebook.open(places(annotated).notes) as notebook:
            (note,) = [one for one in notebook.notes() if one.comment == "à vérifier"]
            notebook.revise(note.id, comment="d’ailleurs")
        await hand.press("ctrl+s")
        await hand.until(lambda: told)
        assert "changed meanwhile, to “d’ailleurs #group/jnim”" in told[0]
        assert hand.app.screen is editor
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.press("u")
        await hand.until(lambda: "d’ailleurs" in [one.comment for one in notes_in(annotated)])


async def test_a_draft_older_than_its_note_is_not_saved_over_it_unseen(
    annotated, open_app, monkeypatch
) -> None:
    told: list[str] = []
    with Notebook.open(places(annotated).notes, clock=lambda: datetime(2001, 1, 1, tzinfo=UTC)) as notebook:
        (note,) = [one for one in notebook.notes() if one.comment == "à vérifier"]
        notebook.save_draft(note.article, note.anchor, comment="vieux", note=note.id)
    async with open_app(annotated) as hand:
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await editing(hand, "vieux")
        await hand.press("ctrl+s")
        await hand.until(lambda: told)
        assert "changed meanwhile, to “à vérifier #group/jnim”" in told[0]
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.app.screen is hand.screen)
    assert "vieux" in [one.comment for one in notes_in(annotated)]


async def test_a_note_that_was_deleted_while_it_was_edited_can_be_made_anew(
    annotated, open_app, monkeypatch
) -> None:
    told: list[str] = []
    async with open_app(annotated) as hand:
        monkeypatch.setattr(hand.app, "notify", lambda text, **_: told.append(text))
        await editing(hand, "à vérifier")
        with Notebook.open(places(annotated).notes) as notebook:
            (note,) = [one for one in notebook.notes() if one.comment == "à vérifier"]
            notebook.remove(note.id)
        await hand.type(" encore")
        await hand.press("ctrl+s")
        await hand.until(lambda: told)
        assert "deleted meanwhile" in told[0]
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.app.screen is hand.screen)
    (anew,) = [one for one in notes_in(annotated) if one.comment == "à vérifier encore"]
    assert (anew.anchor, anew.tags) == (note.anchor, note.tags)


async def test_a_note_that_is_saved_as_it_was_is_no_step(annotated, open_app) -> None:
    before = notes_in(annotated)
    async with open_app(annotated) as hand:
        await editing(hand, "à vérifier")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.app.screen is hand.screen and "as it was" in hand.painted())
    assert notes_in(annotated) == before


async def test_blanks_alone_make_no_note_and_tags_are_told_as_they_are_kept(annotated, open_app) -> None:
    before = notes_in(annotated)
    async with open_app(annotated) as hand:
        await hand.read("agent")
        for typed in ("", " "):
            await hand.press("a", *typed, "ctrl+s")
            await hand.until(lambda: hand.app.screen is hand.screen and not hand.app.waits)
        assert notes_in(annotated) == before
        await hand.press("a", "tab")
        await hand.type("Group/JNIM, neuf,Neuf")
        await hand.press("ctrl+s")
        await hand.until(lambda: "Note saved #group/jnim #neuf" in hand.painted())
        assert "#Neuf" not in hand.painted()
