"""The application: themes, the keymap, the first screen, and a tidy end."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual.app import SystemCommand
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.filter import NoColor
from textual.worker import WorkerFailed

from reader.commands import COMMANDS
from reader.config import THEMES, Config, first
from reader.crash import write_report
from reader.ending import when_told_to_end
from reader.i18n import _
from reader.keys import Keymap, shown
from reader.rebinding import rebound
from reader.render import painted
from reader.safety import install_net
from reader.screens.main import MainScreen
from reader.themes import theme_of
from reader.typeahead import TypeAhead
from reader.upstream import install_frugal_frames, install_frugal_styles, install_patient_timers
from reader.widgets.keyed import Keyed, Obeys, perform

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen

    from reader.workspace import Workspace

_TOLD: Final = 8
"""Problems of the settings, at most: as many fit the screen."""
_PATIENCE: Final = 5.0
"""Seconds for a draft that is being kept, when the program is to end."""
_SETTLED: Final = 3.0
"""Seconds after which what was imported and made for the first search stands."""


class LiseuseApp(Obeys, TypeAhead):
    """Liseuse in the terminal."""

    CSS_PATH = "reader.tcss"
    TITLE = "Liseuse"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar = [Binding("ctrl+q", "quit", show=False, priority=True)]

    def __init__(self, workspace: Workspace, config: Config | None = None, *, no_color: bool = False) -> None:
        super().__init__()
        install_net()
        install_frugal_styles()
        install_frugal_frames()
        install_patient_timers()
        self.workspace = workspace
        self.config = config or Config()
        commands, self._key_problems = rebound(COMMANDS, self.config.keys)
        self.keymap = Keymap(commands)
        self._few_colors = self.console.color_system in {"standard", "windows"}
        for ground in THEMES:
            self.register_theme(theme_of(ground, few=self._few_colors))
        self.wear(self.config.theme)
        self._read_for: dict[str, str] | None = self.get_css_variables()
        self.stylesheet.set_variables(self._read_for)
        self.no_color = no_color  # `:nocolor` in the style sheet
        self.animation_level = "none"  # over SSH an animated page is half a megabyte
        self.main: MainScreen | None = None
        self._is_left = False

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as Textual has it
        """Read the style sheet again, but at the start, where it is read for the theme that is put on."""
        read_for, self._read_for = self._read_for, None
        if read_for != self.get_css_variables():
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        self.main = MainScreen(self.workspace, self.config.column)
        return self.main

    def get_driver_class(self) -> type[Driver]:
        """Return what reads the terminal: ours, where there is a terminal in the manner of Unix."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from reader.driver import GuardedDriver  # noqa: PLC0415 - there is no termios elsewhere

        return GuardedDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what is done to every line painted; without colours Textual would paint shades of grey."""
        return [NoColor()] if self.no_color else super().get_line_filters()

    def on_mount(self) -> None:
        """Leave tidily when told to: the terminal restored, drafts kept."""
        if not gc.isenabled():  # see reader/__main__.py
            self.call_after_refresh(gc.enable)
            # What stands then stays; a collection that looks at all of it stops the keys for 80 ms.
            self.set_timer(_SETTLED, gc.freeze)
        when_told_to_end(self.leave)
        # Stopped and gone on: the shell has painted meanwhile.
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))
        for problem in first((*self.config.problems, *self._key_problems), _TOLD):
            self.notify(painted(str(problem)), severity="warning", timeout=15, markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: every command with its key, and the themes."""
        for command in self.keymap.commands:
            if command.palette:
                key = f"  ({shown(command.keys[0])})" if command.keys else ""
                title = f"{_(command.title)}{key}"
                yield SystemCommand(title, "", self._doer(screen, command.name))
        yield SystemCommand(_("Dark theme"), "", partial(self.wear, "dark"))
        yield SystemCommand(_("Light theme"), "", partial(self.wear, "light"))

    def action_command_palette(self) -> None:
        """Show every command by name."""
        from reader.screens.palette import Palette  # noqa: PLC0415 - when first asked for

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def wear(self, ground: str) -> None:
        """Put on the theme of a `dark` or `light` ground."""
        self.theme = theme_of(ground, few=self._few_colors).name

    def _doer(self, screen: Screen[object], name: str) -> Callable[[], None]:
        def do() -> None:
            perform(screen.focused or screen, name)

        return do

    def do_help(self) -> None:
        """Show every key."""
        from reader.screens.help import Help  # noqa: PLC0415 - when first asked for

        self.dialogue_coming()
        focused = self.screen.focused
        self.push_screen(Help(self.keymap, focused.contexts() if isinstance(focused, Keyed) else ()))

    def do_quit(self) -> None:
        """Leave, keeping what is being written as a draft; once."""
        if self._is_left:
            return
        if not self.screen.is_mounted:
            self.leave()
            return
        self._is_left = True
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_draft", None)
            if keep is not None:
                keep()
        if self.main:
            self.main.visiting.remember(self.main.visiting.place)
            self.main.searching.close()
            self.main.background.stop()
        lost = self._last_words()
        self.exit(return_code=1 if lost else 0, message=Text(lost) if lost else None)

    def _last_words(self) -> str:
        return self.main.annotating.drafts.last_words(_PATIENCE) if self.main else ""

    def _handle_exception(self, error: Exception) -> None:
        """Pass over what is missed when the program is left: Textual takes the parts of a screen first."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say that the program broke; Textual would print the variables, and with them the sources."""
        error = sys.exception()
        path = write_report(error, self.workspace.places.state) if error else None
        said = _("Liseuse has stopped because of an error. Your notes are saved.")
        where = (
            _("Where it arose is told in {path}, without any of your texts.", path=str(path)) if path else ""
        )
        self.panic(Text("\n".join(filter(None, [said, where, self._last_words()]))))

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C is pressed for that out of habit."""
        self.notify(_("Ctrl+Q leaves Liseuse, from anywhere"), markup=False)

    def leave(self) -> None:
        """Leave when the screen has been laid out: until then Textual cannot."""
        if not self._is_left:  # no screen may be left either
            self.screen.call_later(self.do_quit)

    async def action_quit(self) -> None:
        """Leave, as `Q` does."""
        self.leave()
