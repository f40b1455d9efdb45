"""The command palette: slow, gone too early, chosen twice, and still what it says."""

import pytest
from rich.style import Style
from textual.command import CommandList, CommandPalette
from textual.events import Click, Mount
from textual.widgets import Input


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
