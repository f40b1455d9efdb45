"""Inside the interface: goes wherever its declarations lead, and tells where it has been.

    python tests/wire/inside.py HOME REPORT [DEFENCE TAKEN OUT]…

Runs in a pseudo-terminal, which is the other end that is looked at. Every command of every context is
pressed, at the first place where the context is met; where a text can be typed, the payload is pasted.
A command or a screen that is new is visited because it is declared; if it cannot be reached, the
report lacks it and the test says so.
"""

import asyncio
import json
import os
import sys
import traceback
from collections import Counter, deque
from pathlib import Path
from typing import Any, Final

from textual import events
from textual.keys import _character_to_key as character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from wire.defence import take_out
from wire.failing import fail_now_and_then
from wire.payload import PAYLOAD

_LEAVING: Final = {"quit"}
_ALSO: Final = (("typing", "typed", "enter"), ("palette", "palette", "ctrl+p"))
"""What can be pressed and is declared by Textual, not by us: a context, a name, a key."""
_MOST: Final = int(os.environ.get("WIRE_STEPS", "700"))
_PATIENCE: Final = 2000
"""For how many hundredths of a second it waits, at most, until a place is settled."""
_LOST: Final = 30
"""How often it may not know where to go before it gives up."""
_ELSEWHERE: Final = os.environ.get("WIRE_ELSEWHERE", "").split()
"""Contexts that this home has not got."""
_BELIEF: Final = 1
_FAILING: Final = os.environ.get("WIRE_FAILING", "")
"""The seed by which stores fail now and then; empty if they do not."""

Here = tuple[str, tuple[str, ...]]
Step = tuple[str, str, str]


class Visitor:
    """Presses what has not been pressed, near first, and finds its way to what is far."""

    def __init__(self, pilot: Pilot[None], report: Path) -> None:
        self.pilot, self.app, self.report = pilot, pilot.app, report
        self.pressed: set[tuple[str, str]] = set()
        self.screens: set[str] = set()
        self.widgets: set[str] = set()
        self.contexts: set[str] = set()
        self.ways: dict[Here, dict[Step, dict[Here, None]]] = {}
        """What each step has led to: not always to the same."""
        self.pasted: set[Here] = set()
        self.steps = 0
        self.lost = 0
        self.tries: Counter[tuple[Here, Step]] = Counter()
        self.trail: list[str] = []
        self.failed = ""

    # Where we are

    def here(self) -> Here:
        return type(self.app.screen).__name__, tuple(self.live_contexts())

    def live_contexts(self) -> list[str]:
        focused = self.app.focused
        found = list(focused.contexts()) if hasattr(focused, "contexts") else []
        if isinstance(focused, Input | TextArea):
            found.insert(0, "typing")
        if len(self.app.screen_stack) == 1 and "typing" not in found:
            found.append("palette")
        return found

    def look(self) -> None:
        for screen in self.app.screen_stack:
            self.screens.add(type(screen).__name__)
            self.widgets |= {type(widget).__name__ for widget in screen.walk_children()}
        self.contexts |= set(self.live_contexts())

    def steps_here(self) -> list[Step]:
        """What can be pressed here, each command once, by a key that does mean it here."""
        found: list[Step] = []
        contexts = self.live_contexts()
        for context in contexts:
            found += [step for step in _ALSO if step[0] == context]
            for command in self.app.keymap.commands:
                if command.context == context and command.name not in _LEAVING:
                    key = next((k for k in command.keys if self._means(k, contexts) is command), None)
                    if key is None:
                        self.pressed.add((context, command.name))  # a nearer context has its keys
                    else:
                        found.append((context, command.name, key))
        return found

    def _means(self, sequence: str, contexts: list[str]) -> Any:
        keymap = self.app.keymap
        answers = [keymap.feed(key, contexts) for key in sequence.split(" ")]
        keymap.pending = ()
        return answers[-1]

    # Going

    async def settle(self) -> None:
        """Wait until the place stays the same for a moment and what it shows has been read."""
        same, before = 0, None
        for _ in range(_PATIENCE):
            await asyncio.sleep(0.01)
            now = self.here(), id(self.app.screen), len(self.app.screen_stack)
            same = same + 1 if now == before and not self.reads() else 0
            before = now
            if same >= 2:
                return
        raise TimeoutError(f"{self.here()} is not settled")

    def reads(self) -> bool:
        """Whether a key is not done or a thread reads or writes: a list without rows has nothing to act on."""
        return self.app.waits or any(
            worker.is_running and worker._thread_worker for worker in self.app.workers
        )

    async def press(self, step: Step) -> None:
        before = self.here()
        self.steps += 1
        self.pressed.add(step[:2])
        self.trail.append(f"{before[0]}: {step[1]}")
        for key in step[2].split(" "):
            self.app.post_message(_key(key))
        await self.settle()
        self.look()
        self.ways.setdefault(before, {}).setdefault(step, {})[self.here()] = None
        await self.paste()

    async def paste(self) -> None:
        """Put the payload into a text field that is met for the first time."""
        if "typing" in self.live_contexts() and self.here() not in self.pasted:
            self.pasted.add(self.here())
            self.app.focused.post_message(events.Paste(PAYLOAD))
            await self.settle()
            await self.ask_anew()

    async def ask_anew(self) -> None:
        """On the main screen, go on with a query that finds something."""
        if len(self.app.screen_stack) == 1:
            self.app.main.query_bar.value = "Bamako"
            await self.settle()

    def untried(self) -> Step | None:
        if hasattr(self.app.focused, "rows_changed") and not self.app.focused.count():
            return None  # there is nothing that a command could act on
        return next((step for step in self.steps_here() if step[:2] not in self.pressed), None)

    def towards(self) -> Step | None:
        """The first step on the shortest known way to a place where something is untried.

        What a step does somewhere it may do here too; it is believed to, a few times.
        """
        here = self.here()
        queue = deque(
            (to, step)
            for step in self.steps_here()
            for to in self._leads_to(step)
            if self.tries[here, step] < _BELIEF
        )
        seen = {here}
        while queue:
            place, first = queue.popleft()
            if self._has_untried(place):
                self.tries[here, first] += 1
                return first
            if place not in seen:
                seen.add(place)
                queue.extend((to, first) for tos in self.ways.get(place, {}).values() for to in tos)
        return None

    def _leads_to(self, step: Step) -> list[Here]:
        return [to for known in self.ways.values() for to in known.get(step, ())]

    def _has_untried(self, place: Here) -> bool:
        return any(
            (command.context, command.name) not in self.pressed and command.name not in _LEAVING
            for command in self.app.keymap.commands
            if command.context in place[1]
        )

    async def walk(self) -> None:
        """Press everything once."""
        while (
            self.app.is_running
            and self.app._exception is None
            and self.steps < _MOST
            and self._missed()
            and self.lost < _LOST
        ):
            step = self.untried() or self.towards()
            await (self.press(step) if step else self.find_a_way())

    async def find_a_way(self) -> None:
        """Do something where nothing is left to try and no way on is known."""
        self.lost += 1
        self.tries.clear()
        await self.press(("lost", str(self.lost), ("escape", "tab")[self.lost % 2]))
        await self.ask_anew()

    # Telling

    def _missed(self) -> list[tuple[str, str]]:
        declared = {
            (c.context, c.name)
            for c in self.app.keymap.commands
            if c.name not in _LEAVING and c.context not in _ELSEWHERE
        }
        return sorted(declared - self.pressed)

    def tell(self) -> None:
        self.report.write_text(
            json.dumps(
                {
                    "steps": self.steps,
                    "trail": self.trail,
                    "failed": self.failed,
                    "screens": sorted(self.screens),
                    "widgets": sorted(self.widgets),
                    "contexts": sorted(self.contexts),
                    "pressed": sorted(self.pressed),
                    "missed": self._missed(),
                }
            )
        )


def _key(name: str) -> events.Key:
    """Return the press of a key, as our keymap names it."""
    return events.Key(character_to_key(name) if len(name) == 1 else name, name if len(name) == 1 else None)


async def visit(pilot: Pilot[None], report: Path) -> None:
    visitor = Visitor(pilot, report)
    try:
        for _ in range(500):
            await pilot.pause(0.02)
            if pilot.app.workspace.is_open:
                break
        await visitor.settle()
        visitor.look()
        if _FAILING:
            fail_now_and_then(int(_FAILING), 0.1)
        await visitor.walk()
    except Exception:  # noqa: BLE001 - the test tells it
        visitor.failed = traceback.format_exc()
    finally:
        visitor.tell()
        pilot.app.do_quit()


def main() -> None:
    home, report, *out = sys.argv[1:]
    take_out(*out)
    from reader import i18n
    from reader.app import LiseuseApp
    from reader.config import load
    from reader.paths import places
    from reader.screens.background import Background
    from reader.workspace import Workspace

    i18n.choose("en")
    Background.start = lambda self: None  # the models' child has a test of its own
    where = places(home)
    os.chdir(Path(report).parent)  # what is exported under a name that was pasted
    with Workspace(where) as space:
        app = LiseuseApp(space, load(where.config))
        app.run(auto_pilot=lambda pilot: visit(pilot, Path(report)))
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main()
