"""The main screen, used as a person would: keys in, what is seen and kept out."""

import asyncio
import gc
import os
import signal
import threading
from pathlib import Path

import pytest
from rich.style import Style
from textual.command import CommandList, CommandPalette
from textual.css.stylesheet import Stylesheet
from textual.events import Click, Mount, Paste
from textual.widgets import Input

from notes import Notebook, State
from reader.paths import places
from reader.screens.help import Help
from reader.screens.tag_picker import TagPicker
from reader.workspace import Workspace


def notes_in(home: Path):
    with Notebook.open(places(home).notes) as notebook:
        return notebook.notes()


async def test_results_follow_the_typing(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await hand.type("attaq")
        await hand.until(lambda: [h.title for h in hand.screen.results.hits] == ["L’attaque de Bamako"])
        assert "L’attaque de Bamako" in hand.painted()
        await hand.type("xyz")
        await hand.until(lambda: "No article answers" in hand.painted())


async def test_a_wrong_query_says_where_and_keeps_the_results(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        hand.screen.query_bar.value = "titel:bamako"
        await hand.until(lambda: "column" in hand.painted())
        assert hand.screen.results.hits


async def test_reading_shows_entities_and_their_legend(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("revendiqué")
        assert len(hand.screen.article_pane.document.layers["entities"]) == 3
        seen = hand.painted()
        for word in ("People", "Organisations", "Places", "Oumar Diarra", "JNIM"):
            assert word in seen
        assert "by relevance" in seen


async def test_the_caret_begins_at_the_first_hit(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("revendiqué")
        assert hand.screen.article_pane.document.selection.caret == attack.index("revendiqué")


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


async def test_leaving_the_editor_keeps_the_draft(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.type("presque")
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
        assert notes_in(home) == []
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        assert hand.app.screen.body.comment == "presque"


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


async def test_find_in_the_article(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("g", "g", "/")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.type("bamako")
        await hand.press("enter")
        await hand.until(lambda: "Matches: 2" in hand.screen.status.said)
        second = attack.index("Bamako", 10)
        assert hand.screen.article_pane.document.selection.caret == second
        await hand.press("N")
        assert hand.screen.article_pane.document.selection.caret == 0


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


async def test_an_empty_home_says_how_to_begin(tmp_path, open_app) -> None:
    async with open_app(tmp_path / "new") as hand:
        await hand.until(lambda: "Your collection is empty" in hand.painted())
        await hand.press("g")
        await hand.until(lambda: "Add a folder" in hand.painted())
        await hand.press("a")
        await hand.until(lambda: hand.app.screen is not hand.screen)


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (79, 24), (40, 12), (10, 4)])
async def test_every_size_works(home, open_app, size) -> None:
    async with open_app(home, size) as hand:
        await hand.read("agent")
        await hand.press("space", "b", "j", "G", "g", "g", "3", "j", "1", "j", "2", "?")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_a_new_width_keeps_what_is_being_read(home, open_app) -> None:
    async with open_app(home, (160, 20)) as hand:
        await hand.read("agent")
        caret = hand.screen.article_pane.document.selection.caret
        for width in (100, 60, 140):
            await hand.pilot.resize_terminal(width, 20)
            await hand.until(lambda: "agent" in hand.painted())
        assert hand.screen.article_pane.document.selection.caret == caret


async def test_hostile_text_is_text(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("hostile")
        seen = hand.painted()
        assert "[@click=app.quit]hostile" in seen
        assert "\x1b" not in seen
        await hand.press("3", "1", "j", "k")


async def test_the_help_lists_every_key(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("tab", "?")
        await hand.until(lambda: "Anywhere but in a text field" in hand.painted())
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_being_told_to_end_keeps_the_draft(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("a")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.type("presque")
        os.kill(os.getpid(), signal.SIGTERM)
        await hand.until(lambda: not hand.app.is_running or hand.app._exit)
    with Notebook.open(places(home).notes) as notebook:
        (draft,) = notebook.drafts()
    assert draft.comment == "presque"
    assert draft.anchor.quote == attack[draft.anchor.start : draft.anchor.end]


async def test_a_crash_tells_where_and_nothing_of_what_was_read(home, open_app, capsys) -> None:
    with pytest.raises(ZeroDivisionError):
        async with open_app(home) as hand:
            await hand.read("agent")
            secret = "Six avions détruits"

            def broken() -> None:
                kept = secret
                raise ZeroDivisionError(kept)

            hand.app.call_later(broken)
            await hand.until(lambda: not hand.app.is_running)
    (report,) = (home / "state").glob("crash-*.txt")
    assert report.stat().st_mode & 0o777 == 0o600
    assert "ZeroDivisionError" in report.read_text()
    assert secret not in report.read_text() + "".join(capsys.readouterr())


async def test_the_help_finds_a_key_by_its_words_and_by_itself(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("tab", "?")
        await hand.until(lambda: "Anywhere but in a text field" in hand.painted())
        await hand.type("next sec")
        await hand.until(lambda: "Next section" in hand.painted() and "Next entity" not in hand.painted())
        for _ in "next sec":
            await hand.press("backspace")
        await hand.type("]e")
        await hand.until(lambda: "Next entity" in hand.painted() and "Next section" not in hand.painted())
        await hand.type("qqq")
        await hand.until(lambda: "No key does that" in hand.painted())
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_a_key_sequence_shows_what_can_follow(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("]")
        await hand.until(lambda: "Next entity" in hand.painted() and "Next section" in hand.painted())
        await hand.press("e")
        await hand.until(lambda: "Next entity" not in hand.painted())


async def test_panes_are_resized_and_one_is_shown_alone(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        results, article, side = hand.screen.results, hand.screen.article_pane, hand.screen.side
        before = article.outer_size.width
        await hand.press("ctrl+w", ">")
        await hand.until(lambda: article.outer_size.width > before)
        await hand.press("1", "ctrl+w", "<")
        await hand.press("ctrl+w", "<")
        await hand.until(lambda: results.outer_size.width == min(36, 46) - 4 - 8)
        for _ in range(40):
            await hand.press("ctrl+w", ">")
        await hand.until(lambda: article.outer_size.width >= 16)
        await hand.press("ctrl+w", "o")
        await hand.until(lambda: results.outer_size.width == 120 and not article.display and not side.display)
        await hand.press("2")
        await hand.until(lambda: article.outer_size.width == 120)
        await hand.press("ctrl+w", "o")
        await hand.until(lambda: results.display and side.display)


@pytest.mark.parametrize("size", [(79, 24), (40, 12)])
async def test_the_only_pane_has_the_whole_width(home, open_app, size) -> None:
    async with open_app(home, size) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("tab")
        await hand.until(lambda: hand.screen.results.outer_size.width == size[0])
        await hand.press("3")
        await hand.until(lambda: hand.screen.side.outer_size.width == size[0])


async def test_moving_in_a_list_of_nothing_moves_nothing(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.type("nowhere-at-all")
        await hand.until(lambda: not hand.screen.results.hits)
        for pane in ("1", "3"):
            await hand.press("tab", pane)
            await hand.press("j", "k", "G", "g", "g", "ctrl+d", "ctrl+u", "pagedown", "pageup", "enter")
        assert hand.screen.side.current == hand.screen.results.current == 0


async def test_a_page_turned_in_a_palette_that_is_not_laid_out_turns_nothing(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        palette, commands = hand.app.screen, hand.app.screen.query_one(CommandList)
        await hand.until(lambda: commands.option_count)
        palette._list_visible = False
        await hand.pilot.pause()
        commands.highlighted = 3
        commands._clear_caches()
        with pytest.raises(KeyError):
            commands.action_page_up()
        await hand.press("pageup", "pagedown", "escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_what_stands_when_the_program_has_started_is_not_collected_again(
    home, open_app, monkeypatch
) -> None:
    monkeypatch.setattr("reader.app._SETTLED", 0.01)
    gc.disable()  # as the program does before it starts
    try:
        async with open_app(home) as hand:
            await hand.until(gc.get_freeze_count)
            await hand.until(gc.isenabled)
    finally:
        gc.unfreeze()
        gc.enable()


async def test_a_click_on_a_command_that_is_no_longer_there_does_nothing(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        commands = hand.app.screen.query_one(CommandList)
        await hand.until(lambda: commands.option_count > 3)
        click = Click(
            commands, 5, 5, 0, 0, 1, shift=False, meta=False, ctrl=False, style=Style(meta={"option": 3})
        )
        commands.clear_options()
        commands.post_message(click)
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_what_is_chosen_twice_in_the_palette_is_done_once(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        commands = hand.app.screen.query_one(CommandList)
        await hand.until(lambda: commands.option_count)
        done = []
        commands.get_option_at_index(0).hit.command = lambda: done.append("done")
        commands.highlighted = 0
        commands.action_select()
        commands.action_select()
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.pilot.pause()
        assert done == ["done"]


async def test_a_palette_that_goes_before_it_is_there_is_forgotten(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        palette = hand.app.screen
        palette.dismiss(None)
        palette.post_message(Mount())
        await hand.until(lambda: not palette.is_running)
        assert hand.app.screen is hand.screen


async def test_what_is_typed_as_the_palette_goes_is_not_searched_in_it(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        palette = hand.app.screen
        await hand.until(lambda: palette.query_one(CommandList).option_count)
        searched = []
        palette._gather_commands = searched.append
        changed = Input.Changed(palette.query_one(Input), "notes")
        palette.post_message(changed)
        await hand.until(lambda: searched == ["notes"])
        palette.dismiss(None)
        palette.post_message(Input.Changed(changed.input, "tags"))
        await hand.until(lambda: not palette.is_running)
        assert searched == ["notes"]


@pytest.mark.parametrize("there", [("f",), ("w",), ("?",), ("g", "n"), ("g", "t"), ("g", "e"), ("X",)])
@pytest.mark.parametrize("away", ["escape", "q"])
async def test_a_key_held_down_leaves_once(home, open_app, there, away) -> None:
    async with open_app(home) as hand:
        await hand.read("Bamako")
        await hand.press("1", *there)
        await hand.until(lambda: hand.app.screen is not hand.screen)
        page = hand.app.screen
        for _ in range(3):
            page.dismiss(None)
        await hand.press(away)
        await hand.until(lambda: hand.app.screen is hand.screen)


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


async def test_the_footer_offers_what_can_be_done_where_the_caret_is(home, open_app) -> None:
    async with open_app(home) as hand:
        assert "F1 Keys" in hand.painted().splitlines()[-1]
        await hand.press("f1")
        await hand.until(lambda: isinstance(hand.app.screen, Help))
        assert "In the query" in hand.painted().split("Anywhere")[0]
        await hand.press("escape")
        await hand.read("Bamako")
        await hand.press("g", "g", "w")
        await hand.until(lambda: "Not a name" not in hand.painted().splitlines()[-1])
        await hand.press("]", "e")
        await hand.until(lambda: "x Not a name" in hand.painted().splitlines()[-1])
        assert "? Keys" in hand.painted().splitlines()[-1]
        await hand.press("v", "s")
        await hand.until(lambda: hand.painted().splitlines()[-1].count(" s ") == 1)


async def test_a_passage_of_several_lines_is_pasted_as_one_query(home, open_app) -> None:
    async with open_app(home) as hand:
        hand.app.screen.focused.post_message(Paste("Le JNIM\na revendiqué\n"))
        await hand.until(lambda: hand.screen.query_bar.value == "Le JNIM a revendiqué")


async def test_a_theme_put_on_later_looks_as_one_put_on_at_the_start(home, open_app) -> None:
    async def looks(*themes: str) -> dict[str, object]:
        async with open_app(home, theme=themes[0]) as hand:
            await hand.read("agent")
            for theme in themes[1:]:
                hand.app.wear(theme)
                await hand.pilot.pause()
            await hand.press("?")
            await hand.until(lambda: isinstance(hand.app.screen, Help))
            shown = [*hand.screen.walk_children(), *hand.app.screen.walk_children()]
            return {f"{number} {widget!r}": widget.rich_style for number, widget in enumerate(shown)}

    dark, light = await looks("dark"), await looks("light")
    assert dark != light
    assert await looks("dark", "light") == light
    assert await looks("light", "dark", "light", "dark") == dark


async def test_of_two_articles_the_one_opened_last_is_shown_though_it_is_read_first(
    home, open_app, monkeypatch
) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        slow, quick = (hit.id for hit in hand.screen.results.hits[:2])
        open_text, begun, go, late = Workspace.open_text, *(threading.Event() for _ in range(3))

        def opened(space, article):
            if article == slow:
                begun.set()
                go.wait(20)
                late.set()
            return open_text(space, article)

        monkeypatch.setattr(Workspace, "open_text", opened)
        hand.screen.reading.open(slow)
        await hand.until(begun.is_set)
        hand.screen.reading.open(quick)
        await hand.until(lambda: hand.screen.reading.article and hand.screen.reading.article.id == quick)
        go.set()
        await hand.until(late.is_set)
        await asyncio.sleep(0.3)
        await hand.pilot.pause()
        assert hand.screen.reading.article.id == quick


async def test_coming_back_to_the_main_screen_styles_none_of_its_widgets_again(
    home, open_app, monkeypatch
) -> None:
    styled = []
    update = Stylesheet.update_nodes

    def updated(sheet, nodes, **how):
        nodes = list(nodes)
        styled.extend(nodes)
        update(sheet, nodes, **how)

    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("tab", "?")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        monkeypatch.setattr(Stylesheet, "update_nodes", updated)
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.pilot.pause()
        assert hand.screen.side not in styled
