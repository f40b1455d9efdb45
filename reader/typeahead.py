"""One key at a time: each goes to whoever has the focus once all that the one before asked for is done."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.events import Event


_QUIT: Final = "ctrl+q"
_PATIENCE: Final = 1.0
"""Seconds after which what does not come to an end keeps nobody from leaving, nor work the keys."""
_MOMENT: Final = 0.01


class TypeAhead(App[None]):
    """An application that may be typed ahead of: over a slow line many keys come in one piece.

    Textual gives each key to whoever has the focus when it is read, and what that asks for is
    done behind the keys that wait with it: those after Enter went to the page that Enter leaves.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._is_dialogue_coming = False
        self._since = 0.0
        """When what was typed began to wait."""
        self._under_way: DOMNode | None = None
        """Whose key is not done."""
        self._began = 0.0
        self._has_come_back = False
        self._work: list[Callable[[], bool]] = []
        """Tells of each work that keys wait for whether it is done."""

    # Who is waited for

    def dialogue_coming(self) -> None:
        """Hold from now on what is typed: it is for a dialogue that is on its way."""
        self._is_dialogue_coming, self._since = True, monotonic()

    def dialogue_failed(self) -> None:
        """Forget what was typed for a dialogue that does not come: it means something else elsewhere."""
        self._typed.clear()

    def dialogue_here(self) -> None:
        """Give what was held to whoever has the focus: a dialogue has it, or will not come after all."""
        self._is_dialogue_coming = False
        if self._under_way is None:  # behind what the main screen is told now
            self._follow(self._begin(self._main))

    def wait_for(self, is_done: Callable[[], bool]) -> None:
        """Have what is typed wait for what a key set to work, a second at most: it acts on what comes."""
        if self.waits:
            self._work.append(is_done)

    @property
    def waits(self) -> bool:
        """Whether a key is not done yet, or a dialogue is on its way."""
        return self._under_way is not None or self._is_dialogue_coming

    # Whose turn it is

    async def on_event(self, event: Event) -> None:
        """Take what is typed, or let Textual deal with the event."""
        if not isinstance(event, events.Key | events.Paste) or self._must_hear(event):
            await super().on_event(event)
        elif event.is_forwarded:  # nobody took it: Textual does what it is bound to
            self._has_come_back = True
            await super().on_event(event)
        else:
            if not self.waits:
                self._since = monotonic()
            self._typed.append(event)
            await self._go_on()

    def _must_hear(self, event: events.Key | events.Paste) -> bool:
        """Tell whether a key is to leave, and whoever pressed it has waited long enough."""
        is_quit = isinstance(event, events.Key) and event.key == _QUIT
        return is_quit and self.waits and monotonic() - self._since > _PATIENCE

    async def _go_on(self) -> None:
        """Give what was typed next to whoever has the focus, if nothing is to be waited for."""
        if self._typed and not self.waits:
            target = self._begin(self.focused or self.screen)
            await super().on_event(self._typed.popleft())
            self._follow(target)

    @property
    def _main(self) -> DOMNode:
        """The screen that hears first of what has changed; none is left when the program ends."""
        return next(iter(self.screen_stack), self)

    def _begin(self, node: DOMNode) -> DOMNode:
        self._under_way, self._began = node, monotonic()
        return node

    def _follow(self, node: DOMNode) -> None:
        """Go up behind all that a node has been sent, that it sends itself for it, and tells those above."""
        if node is self:
            self.call_later(self._done)
        else:
            _behind(node, lambda: _behind(node, lambda: self._follow(node.parent or self)))

    async def _done(self) -> None:
        if self._has_come_back and self._under_way:
            self._has_come_back = False
            self._follow(self._under_way)
        elif self._work and monotonic() - self._began < _PATIENCE:
            self._work = [is_done for is_done in self._work if not is_done()]
            self.set_timer(_MOMENT, lambda: self._follow(self._main))
        else:
            self._work.clear()
            self._under_way = None
            await self._go_on()


def type_ahead(app: App[object]) -> TypeAhead:
    """Take an application for what each of Liseuse is: Textual's screens know it as an App alone."""
    return cast("TypeAhead", app)


def have_done(
    node: DOMNode, work: Callable[[], None], group: str = "default", *, is_exclusive: bool = False
) -> None:
    """Have work done in a thread that changes what keys act on: those that follow wait for it."""
    worker = node.run_worker(work, thread=True, group=group, exclusive=is_exclusive)
    type_ahead(node.app).wait_for(lambda: worker.is_finished)


def _behind(node: DOMNode, then: Callable[[], None]) -> None:
    """Do something behind what a node has been sent: at once, if it has gone and hears nothing any more."""
    if not node.call_later(then):
        then()
