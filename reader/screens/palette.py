"""The palette of commands, Textual's own."""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from reader.screens.answering import Answering


class Palette(CommandPalette, Answering[None]):
    """Textual's, which stops the program when told twice, or when a page is turned before there is a list."""

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _is_told_once(self, event: OptionList.OptionSelected | Input.Submitted) -> None:
        """Keep from Textual what was chosen after the palette had gone: it would be done again."""
        if self not in self.app.screen_stack:
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # OptionList._move_page looks a line up that is not there yet
            super()._action_command_list(action)
