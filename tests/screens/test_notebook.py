"""The notebook as a person uses it: looked through, gone to, changed many at once, exported."""

import asyncio
import sqlite3
import threading
import zipfile
from pathlib import Path
from unittest.mock import Mock

from index.errors import SearchError
from notes import Notebook, NotebookError
from notes.export import FORMATS
from reader.finder import Finder
from reader.paths import places
from reader.screens.notebook import NotebookPage
from reader.workspace import Workspace


def tags_in(home: Path) -> list[tuple[str, ...]]:
    with Notebook.open(places(home).notes) as notebook:
        return sorted(note.tags for note in notebook.notes())


async def open_notebook(hand) -> NotebookPage:
    await hand.press("tab", "g", "n")
    await hand.until(lambda: isinstance(hand.app.screen, NotebookPage) and "Notebook · 3" in hand.painted())
    return hand.app.screen


async def test_an_empty_notebook_says_how_to_fill_it(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("tab", "g", "n")
        await hand.until(lambda: "No notes yet" in hand.painted())
        assert "a makes a note" in hand.painted()
        await hand.press("d", "t", "e", "v", "y", "enter", "q")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_notes_are_listed_grouped_and_gone_to(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await open_notebook(hand)
        shown = hand.painted()
        assert "L’attaque de Bamako · Presse · 19 September 2024" in shown
        assert "« Le JNIM a revendiqué »" in shown
        assert "à vérifier · #group/jnim" in shown
        assert "[red]eau[/red] · #bilan" in shown
        await hand.press("o")
        await hand.until(lambda: "by tag" in hand.painted())
        assert "#bilan" in hand.painted().splitlines()[1]
        await hand.press("o")
        await hand.until(lambda: "by date" in hand.painted())
        await hand.press("o", "G", "enter")
        await hand.until(lambda: hand.screen.article_pane.document and hand.app.screen is hand.screen)
        document = hand.screen.article_pane.document
        assert document.text[document.selection.caret :].startswith("Six avions")


async def test_the_note_that_was_changed_stays_the_one_that_is_acted_on(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        page = await open_notebook(hand)
        await hand.press("o")
        await hand.until(lambda: "by tag" in hand.painted())
        await hand.press("G")
        chosen = page.rows.chosen
        await hand.press("t", *"aa", "enter")
        await hand.until(lambda: "#aa" in hand.painted() and not hand.app.waits)
        assert page.rows.chosen.id == chosen.id
        await hand.press("o")
        assert page.rows.chosen.id == chosen.id
        await hand.press("d")
        await hand.until(lambda: "Notebook · 2" in hand.painted())
    with Notebook.open(places(annotated).notes) as kept:
        assert chosen.id not in {note.id for note in kept.notes()}


async def test_another_note_on_the_article_that_is_shown_is_gone_to_and_back(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        reached = []
        for keys in (("j", "enter"), ("j", "j", "enter")):
            await open_notebook(hand)
            await hand.press(*keys)
            await hand.until(lambda: hand.app.screen is hand.screen and not hand.app.waits)
            document = hand.screen.article_pane.document
            assert document.selected is None
            reached.append(document.selection.caret)
            await hand.press("v", "l")
        assert [document.text[caret:].split(maxsplit=1)[0] for caret in reached] == ["Le", "Six"]
        await hand.press("escape", "H")
        assert document.selection.caret == reached[0] + 1


async def test_the_notebook_is_narrowed_and_widened(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await open_notebook(hand)
        await hand.press("/")
        await hand.type("verifier")
        await hand.press("enter")
        await hand.until(lambda: "Notebook · 1 · /verifier" in hand.painted())
        await hand.press("backspace")
        await hand.until(lambda: "Notebook · 3" in hand.painted())
        await hand.press("f")
        await hand.type("bil")
        await hand.press("enter")
        await hand.until(lambda: "Notebook · 2 · #bilan" in hand.painted())
        await hand.press("/")
        await hand.type("rien")
        await hand.press("enter")
        await hand.until(lambda: "Backspace shows all" in hand.painted())


async def test_many_notes_are_tagged_untagged_and_deleted_in_one_step_each(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        page = await open_notebook(hand)
        await hand.press("V", "t")
        await hand.type("mali")
        await hand.press("enter")
        await hand.until(
            lambda: tags_in(annotated) == [("bilan", "mali"), ("bilan", "mali"), ("group/jnim", "mali")]
        )
        await hand.until(lambda: "Tagged: #mali · notes: 3" in hand.painted())
        await hand.press("T")
        await hand.type("bilan")
        await hand.press("enter")
        await hand.until(lambda: tags_in(annotated) == [("group/jnim", "mali"), ("mali",), ("mali",)])
        await hand.until(lambda: len(page.rows.selected) == 3)
        await hand.press("d")
        await hand.until(lambda: not tags_in(annotated))
        await hand.until(lambda: "No notes yet" in hand.painted())
        await hand.press("u")
        await hand.until(lambda: len(tags_in(annotated)) == 3)
        await hand.press("u", "u")
        await hand.until(lambda: tags_in(annotated) == [("bilan",), ("bilan",), ("group/jnim",)])


async def test_one_note_of_some_is_deleted_and_edited(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await open_notebook(hand)
        await hand.press("v", "v", "v", "g", "g", "v", "d")
        await hand.until(lambda: len(tags_in(annotated)) == 1)
        await hand.until(lambda: "Notebook · 1" in hand.painted())
        await hand.press("e")
        await hand.type("Vu")
        await hand.press("ctrl+s")
        with Notebook.open(places(annotated).notes) as notebook:
            await hand.until(lambda: "Vu" in notebook.notes()[0].comment)
        await hand.until(lambda: "Vu" in hand.painted())


async def test_an_export_is_seen_before_it_is_written(annotated, open_app, tmp_path) -> None:
    async with open_app(annotated) as hand:
        await hand.read("revendiqué")
        await hand.press("X")
        await hand.until(lambda: "This article" in hand.painted() and "JNIM a revendiqué" in hand.painted())
        assert "This search: revendiqué" in hand.painted()
        assert "eau" not in hand.painted()
        await hand.press("down")
        await hand.until(lambda: "one file" in hand.painted() and "revendiqué" in hand.painted())
        await hand.press("down")
        await hand.until(lambda: "eau" in hand.painted())
        await hand.press("shift+tab")
        await hand.until(lambda: "a file an article" in hand.painted() and "notes/" in hand.painted())
        await hand.press("ctrl+u")
        await hand.type(f"{tmp_path}/vault/")
        await hand.press("enter")
        await hand.until(lambda: "Notes written to" in hand.screen.status.said)
        assert len(list((tmp_path / "vault").glob("*.md"))) == 2


async def test_an_export_that_cannot_be_read_says_why(annotated, open_app, monkeypatch) -> None:
    async with open_app(annotated) as hand:
        await hand.read("revendiqué")
        with monkeypatch.context() as patch:
            patch.setattr(Notebook, "tags", Mock(side_effect=NotebookError("the disk has failed")))
            await hand.press("X")
            await hand.until(lambda: [n.message for n in hand.app._notifications] == ["the disk has failed"])
            assert hand.app.screen is hand.screen
        monkeypatch.setattr(Finder, "search", Mock(side_effect=SearchError("the index has failed")))
        await hand.press("X")
        await hand.until(lambda: "This article" in hand.painted())
        await hand.press("down")
        await hand.until(lambda: "the index has failed" in hand.painted())
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_the_search_as_it_is_typed_is_exported(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await hand.read("revendiqué")
        hand.screen.query_bar.value = "revendiqué date:202"
        await hand.press("X")
        await hand.until(lambda: "This search: revendiqué date:202" in hand.painted())
        await hand.press("down")
        await hand.until(lambda: "JNIM a revendiqué" in hand.painted())


async def test_the_preview_is_of_what_is_chosen_last_though_it_is_read_first(
    annotated, open_app, monkeypatch
) -> None:
    async with open_app(annotated) as hand:
        await hand.read("revendiqué")
        place, go, read = Workspace.placed_notes, threading.Event(), []

        def placed(space, notes):
            read.append(len(notes))
            if len(read) == 1:
                go.wait(20)
                read.append("late")
            return place(space, notes)

        monkeypatch.setattr(Workspace, "placed_notes", placed)
        await hand.press("X")
        await hand.until(lambda: read)
        await hand.press("down", "down")
        await hand.until(lambda: "eau" in hand.painted())
        go.set()
        await hand.until(lambda: "late" in read)
        await asyncio.sleep(0.3)
        await hand.pilot.pause()
        assert "eau" in hand.painted()


async def test_every_format_is_seen_and_a_project_written(annotated, open_app, tmp_path) -> None:
    async with open_app(annotated) as hand:
        await open_notebook(hand)
        await hand.press("X")
        for name in FORMATS:
            await hand.until(lambda name=name: f"{name} · one file" in hand.painted())
            if name == "qdpx":
                await hand.until(lambda: "QDA-XML:project" in hand.painted())
                break
            await hand.press("tab")
        await hand.press("ctrl+u")
        await hand.type(f"{tmp_path}/project.qdpx")
        await hand.press("enter")
        await hand.until((tmp_path / "project.qdpx").exists)
        with zipfile.ZipFile(tmp_path / "project.qdpx") as project:
            texts = [project.read(name).decode() for name in project.namelist()]
        assert any("Le JNIM a revendiqué" in text for text in texts[1:])


async def test_what_is_selected_in_the_notebook_is_exported(annotated, open_app, tmp_path) -> None:
    async with open_app(annotated) as hand:
        await open_notebook(hand)
        await hand.press("v", "X")
        await hand.until(lambda: "These notes" in hand.painted() and "eau" in hand.painted())
        assert not any("JNIM" in line for line in hand.app.screen.query_one("#preview").lines)
        await hand.press("tab")
        await hand.until(lambda: "jsonl ·" in hand.painted() and ".jsonl" in hand.painted())
        await hand.press("ctrl+u")
        await hand.type(f"{tmp_path}/n.jsonl")
        await hand.press("enter")
        await hand.until((tmp_path / "n.jsonl").exists)
        assert len((tmp_path / "n.jsonl").read_text().splitlines()) == 1


async def test_quotes_are_copied_with_their_citations(annotated, open_app, monkeypatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("reader.screens.sharing.copy", lambda text, _app: copied.append(text) or "copied")
    async with open_app(annotated) as hand:
        await open_notebook(hand)
        await hand.press("V", "Y")
        await hand.until(lambda: copied)
        assert "« Le JNIM a revendiqué »\n— L’attaque de Bamako (Presse, 19 September 2024" in copied[0]
        assert copied[0].count("— ") == 3


async def test_what_the_notebook_refuses_is_said_in_place_of_the_notes(annotated, open_app) -> None:
    with sqlite3.connect(places(annotated).notes) as db:  # as no version of ours writes it
        db.execute("UPDATE tag SET name = ?", ("a,b",))
    async with open_app(annotated) as hand:
        await hand.press("tab", "g", "t")
        await hand.until(lambda: "Tags" in hand.painted())
        await hand.press("G", "enter")
        await hand.until(
            lambda: isinstance(hand.app.screen, NotebookPage) and "holds a comma" in hand.painted()
        )
        await hand.press("o")  # another order of nothing
        await hand.until(lambda: "by tag" in hand.painted())
        assert "holds a comma" in hand.painted()
        await hand.press("backspace")
        await hand.until(lambda: "Notebook · 3" in hand.painted())
