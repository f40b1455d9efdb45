"""Keys pressed while a dialogue is on its way are for the dialogue: nobody waits for it to start typing."""

from __future__ import annotations

from operator import attrgetter
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import App
from textual.message import Message

if TYPE_CHECKING:
    from textual.events import Event


_QUIT: Final = "ctrl+q"
_PATIENCE: Final = 1.0
"""Seconds after which a dialogue that does not come keeps nobody from leaving."""


class DialogueHere(Message):
    """A dialogue has the focus, or will not come after all."""


class TypeAhead(App[None]):
    """An application that holds keys back from when a dialogue is asked for until it has the focus."""

    _held: list[events.Key] | None = None
    _since = 0.0

    def dialogue_coming(self) -> None:
        """Hold the keys from now on."""
        if self._held is None:
            self._held, self._since = [], monotonic()

    def dialogue_failed(self) -> None:
        """Forget the held keys: what they were for does not come, and they mean something else elsewhere."""
        self._held = None

    def dialogue_here(self) -> None:
        """Give the held keys to whoever has the focus."""
        if self._held is not None:
            self.post_message(DialogueHere())

    def hold(self, key: events.Key) -> bool:
        """Keep a key that has reached a widget for the dialogue; tell whether it was kept."""
        if self._held is None or (key.key == _QUIT and monotonic() - self._since > _PATIENCE):
            return False
        self._held.append(key)
        return True

    def send_on(self, key: events.Key) -> None:
        """Give a key that has reached a widget that was left to whoever has the focus now."""
        self.post_message(_again(key))

    async def on_event(self, event: Event) -> None:
        """Hold a key, or let Textual deal with the event."""
        if isinstance(event, events.Key) and not event.is_forwarded and self.hold(event):
            return
        await super().on_event(event)

    async def on_dialogue_here(self) -> None:
        """Type what was held, in the order in which it was pressed."""
        held, self._held = self._held or [], None
        for key in sorted(held, key=attrgetter("time")):
            await self.on_event(_again(key))


def _again(key: events.Key) -> events.Key:
    again = events.Key(key.key, key.character)
    again.time = key.time
    return again
