"""The main screen, used as a person would: keys in, what is seen and kept out."""

import asyncio
import gc
import threading

import pytest
from textual.app import ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.events import Paste
from textual.screen import Screen

from reader.app import LiseuseApp
from reader.paths import places
from reader.screens.help import Help
from reader.screens.main import MainScreen
from reader.screens.note_editor import NoteEditor
from reader.workspace import Workspace


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


def left_in(compose):
    """Leave while a screen is laid out."""

    def leaving(screen: Screen[object]) -> ComposeResult:
        screen.app.do_quit()
        return compose(screen)

    return leaving


async def test_it_is_left_while_it_is_laid_out(home, monkeypatch) -> None:
    monkeypatch.setattr(MainScreen, "compose", left_in(MainScreen.compose))
    with Workspace(places(home)) as space:
        app = LiseuseApp(space)
        async with app.run_test():
            pass
        assert app.return_code == 0


async def test_it_is_left_while_a_dialogue_is_laid_out(home, open_app, monkeypatch) -> None:
    monkeypatch.setattr(NoteEditor, "compose", left_in(NoteEditor.compose))
    async with open_app(home) as hand:
        await hand.read("aeroport")
        await hand.press("a")
        await hand.until(lambda: hand.app._exit)
    assert hand.app.return_code == 0


async def test_told_to_end_once_more_when_no_screen_is_left_it_ends_as_it_did(home, open_app) -> None:
    async with open_app(home) as hand:
        hand.app.do_quit()
    hand.app.leave()
    assert hand.app.return_code == 0


async def test_what_a_screen_misses_when_it_is_left_is_no_error(home, open_app) -> None:
    async with open_app(home) as hand:
        hand.app.do_quit()
        hand.screen.call_later(hand.screen.query_one, "#gone")
    assert hand.app.return_code == 0
