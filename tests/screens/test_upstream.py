"""What Textual would keep for ever is let go of, and what would never end ends."""

import gc
import subprocess
import sys
import weakref

from reader.screens.note_editor import CommentArea, NoteEditor


async def test_what_a_screen_painted_is_not_kept_when_it_is_gone(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await hand.press("f1")
        await hand.until(lambda: type(hand.app.screen).__name__ == "Help")
        kept = [weakref.ref(widget._styles_cache) for widget in hand.app.screen.query("*")]
        assert kept
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.pilot.pause()
        gc.collect()
        assert sum(one() is not None for one in kept) <= 1  # the one painted last may still be in a message


async def test_a_comment_that_was_written_is_not_kept_when_its_editor_is_gone(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("Bamako")
        kept = []
        for away in ("escape", "ctrl+s") * 3:
            await hand.press("a")
            await hand.until(lambda: isinstance(hand.app.screen, NoteEditor))
            kept.append(weakref.ref(hand.app.screen.query_one(CommentArea)))
            await hand.type("un drone")
            await hand.press(away)
            await hand.until(lambda: hand.app.screen is hand.screen)
        for _ in range(5):
            await hand.pilot.pause()
            gc.collect()
        assert sum(one() is not None for one in kept) <= 3  # the last may still be in messages


LATE = """
from textual.app import App
from reader.upstream import install_patient_timers

class Late(App):
    def on_mount(self):
        install_patient_timers()
        self.set_timer(-0.5, lambda: self.set_timer(0, self.exit))

Late().run(headless=True)
"""


def test_a_timer_whose_time_is_up_already_does_not_stop_the_program() -> None:
    subprocess.run([sys.executable, "-c", LATE], check=True, timeout=60, capture_output=True)
