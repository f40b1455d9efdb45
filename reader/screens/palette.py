"""The palette of commands: Textual's own, which stops the program when keys and clicks outrun it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.command import CommandList, CommandPalette
from textual.widgets import Input, OptionList

from reader.screens.answering import Answering

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click, Mount


class Commands(CommandList):
    """The commands found so far."""

    async def _on_click(self, event: Click) -> None:
        """Keep from Textual a click on a line that is no longer there: fewer commands are found now."""
        if event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()


class Palette(CommandPalette, Answering[None]):
    """The commands, and where their names are typed."""

    def compose(self) -> ComposeResult:
        """Lay out as Textual does, with our own list."""
        for widget in super().compose():
            yield Commands() if isinstance(widget, CommandList) else widget

    def _on_mount(self, event: Mount) -> None:
        """Keep from Textual that it is there when it has gone already: it looks for the screen below."""
        if self not in self.app.screen_stack:
            event.prevent_default()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    @on(Input.Changed)
    def _is_told_once(self, event: OptionList.OptionSelected | Input.Submitted | Input.Changed) -> None:
        """Keep from Textual what was chosen or typed and comes when the palette has gone.

        It would do the one again, and search the other in a list that is no more.
        """
        if self not in self.app.screen_stack:
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # OptionList._move_page looks a line up that is not there yet
            super()._action_command_list(action)
