"""The palette of commands, Textual's own."""

from __future__ import annotations

from contextlib import suppress

from textual.command import CommandPalette


class Palette(CommandPalette):
    """Textual's, which stops the program when a page is turned in a list that has not been laid out yet."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # OptionList._move_page looks a line up that is not there yet
            super()._action_command_list(action)
