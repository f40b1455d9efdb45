"""Notes made on the main screen: attached, tagged, edited, undone, exported."""

from pathlib import Path

import pytest

from notes import Notebook, State
from reader.paths import places
from reader.screens.tag_picker import TagPicker


def notes_in(home: Path):
    with Notebook.open(places(home).notes) as notebook:
        return notebook.notes()


async def test_a_note_with_two_tags_is_kept_with_exact_offsets(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("v", "s", "a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.type("à vérifier")
        await hand.press("tab")
        await hand.type("bilan, group/jnim")
        await hand.press("ctrl+s")
        await hand.until(lambda: "Note saved" in hand.screen.status.said)
        await hand.until(lambda: "#bilan #group/jnim" in hand.painted())
    (note,) = notes_in(home)
    assert (note.comment, note.tags, note.state) == ("à vérifier", ("bilan", "group/jnim"), State.EXACT)
    assert note.anchor.quote == attack[note.anchor.start : note.anchor.end]
    assert note.anchor.quote == "« Six avions détruits », dit un agent."


async def test_a_note_is_found_again_at_its_passage(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("t")
        await hand.type("bilan")
        await hand.press("enter")
        await hand.until(lambda: "Note saved" in hand.screen.status.said)
    async with open_app(home) as hand:
        await hand.read("Bamako")
        assert "#bilan" in hand.painted()
        await hand.press("3", "enter")
        await hand.until(lambda: hand.screen.article_pane.document.selection.caret == attack.index("« Six"))


async def test_tagging_with_a_known_tag_takes_four_keys(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("t")
        await hand.type("bilan")
        await hand.press("enter")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["notes"]) == 1)
        await hand.press("g", "g")
        await hand.press("t", "b", "enter")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["notes"]) == 2)
        await hand.press(")", ".")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["notes"]) == 3)
    assert [note.tags for note in notes_in(home)] == [("bilan",)] * 3


async def test_notes_are_undone_and_redone(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("t", "x", "enter")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["notes"]) == 1)
        await hand.press("u")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["notes"]) == 0)
        await hand.press("ctrl+r")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["notes"]) == 1)
    assert len(notes_in(home)) == 1


async def test_a_note_is_edited_and_deleted_from_the_side(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("t", "x", "enter")
        await hand.until(lambda: "#x" in hand.painted())
        await hand.press("3", "e")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.type("mieux")
        await hand.press("ctrl+s")
        await hand.until(lambda: "mieux" in hand.painted())
        await hand.press("3", "d")
        await hand.until(lambda: "None yet" in hand.painted())
    assert notes_in(home) == []


async def test_the_notes_are_exported(home, open_app, tmp_path) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("t", "x", "enter")
        await hand.until(lambda: "#x" in hand.painted())
        await hand.press("X")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        hand.app.screen.query_one("Field").value = str(tmp_path / "notes.md")
        await hand.press("enter")
        await hand.until(lambda: "written" in hand.screen.status.said)
    assert "> « Six avions détruits », dit un agent." in (tmp_path / "notes.md").read_text()


@pytest.mark.parametrize(
    "path", ["~nobody-at-all/notes.md", "/dev/null/notes.md", "a\x00b.md", "x" * 300 + ".md"]
)
async def test_a_path_that_cannot_be_written_is_said(home, open_app, path, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press(".", "t", "x", "enter")
        await hand.until(lambda: "#x" in hand.painted())
        await hand.press("X")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        hand.app.screen.query_one("Field").value = path
        await hand.press("enter")
        await hand.until(lambda: "xported" in hand.screen.status.said or "written" in hand.screen.status.said)
        await hand.press("g", "a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        hand.app.screen.query_one("Field").value = path
        await hand.press("enter")
        await hand.until(lambda: hand.app.screen is hand.screen)
    assert hand.app.return_code in (0, None)


async def test_the_mouse_selects_the_same_passage_as_the_keys(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        pane = hand.screen.article_pane
        await hand.press("g", "g")
        row = len(pane._header)
        left = (pane.size.width - pane.lines.columns) // 2
        await hand.pilot.mouse_down(pane, offset=(left, row + 1))
        await hand.pilot.hover(pane, offset=(left + 5, row + 1))
        await hand.pilot.mouse_up(pane, offset=(left + 5, row + 1))
        await hand.until(lambda: pane.document.selected)
        span = pane.document.selected
        assert attack[span.start : span.end] == "Bamako"
        await hand.pilot.click(pane, offset=(left + 2, row + 1), times=3)
        span = pane.document.selected
        assert attack[span.start : span.end] == "Bamako, 19 septembre 2024 – La capitale a été attaquée."


async def test_several_tags_are_given_with_commas_and_a_wrong_one_is_told_of_where_it_is_typed(
    home, open_app
) -> None:
    async with open_app(home) as hand:
        await hand.read("Bamako")
        await hand.press("t")
        await hand.until(lambda: isinstance(hand.app.screen, TagPicker))
        await hand.type("bilan, a//b")
        await hand.press("enter")
        await hand.until(lambda: "a//b" in hand.painted().split("comma")[0])
        assert isinstance(hand.app.screen, TagPicker)
        await hand.press(*["backspace"] * 3)
        await hand.type("faire, ")
        await hand.press("enter")
        await hand.until(lambda: "#bilan #afaire" in hand.screen.status.said)


@pytest.mark.parametrize(("keys", "kept"), [(["escape", "ctrl+s"], []), (["ctrl+s", "escape"], ["bref"])])
async def test_of_saving_and_leaving_at_once_the_first_counts(home, open_app, keys: list[str], kept) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.type("bref")
        for key in keys:
            hand.app.simulate_key(key)
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.app.workers.wait_for_complete()
    assert [note.comment for note in notes_in(home)] == kept
