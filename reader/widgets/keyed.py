"""Widgets whose keys come from the keymap: a mixin that turns key presses into commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.message import Message

from reader.keys import Command, Keymap, Pending, key_of

if TYPE_CHECKING:
    from textual import events
    from textual.dom import DOMNode
    from textual.widget import Widget


HUSH = "hush"
"""Done before every command from a key: what was said about the one before is no longer news."""


class KeysChanged(Message):
    """The keys that can follow are others now: the footer is to be drawn again."""


def perform(node: DOMNode | None, name: str) -> bool:
    """Give a command to the nearest of a node and its ancestors that does it; tell whether one did."""
    while node is not None:
        if isinstance(node, Obeys) and node.obey(name):
            return True
        node = node.parent
    return False


def keys_now(focused: DOMNode | None) -> list[tuple[str, Command]]:
    """Return what to show in the footer: how a sequence begun can go on, else what is worth its place."""
    if not isinstance(focused, Keyed):
        return []
    following = focused.keymap.following(focused.contexts())
    return following or [(c.keys[0], c) for c in focused.keymap.footer(focused.live_contexts())]


class Obeys:
    """Something that does commands: a command's name is a method's, after `do_`."""

    def obey(self, name: str) -> bool:
        """Do a command and return True, or return False if it is none of ours."""
        method = getattr(self, f"do_{name}", None)
        if method is not None:
            method()
        return method is not None


if TYPE_CHECKING:
    _Widget = Widget
else:
    # Not a widget itself: Textual takes a widget's styles from its first base that is one.
    _Widget = object


class Keyed(Obeys, _Widget):
    """Made part of a widget, first of its bases: knows its contexts, nearest first, and obeys the keymap."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("anywhere",)

    def contexts(self) -> tuple[str, ...]:
        """Return the contexts in which keys are looked up now."""
        return self.CONTEXTS

    def live_contexts(self) -> tuple[str, ...]:
        """Return the contexts whose keys do something just now: what the footer shows."""
        return self.contexts()

    @property
    def keymap(self) -> Keymap:
        """The application's keymap."""
        return cast("Any", self.app).keymap  # type: ignore[no-any-return]

    async def _on_key(self, event: events.Key) -> None:
        was_pending = self.keymap.pending
        answer = self.keymap.feed(key_of(event.key, event.character), self.contexts())
        if was_pending or self.keymap.pending:
            self.post_message(KeysChanged())
        if answer is Pending.NONE:
            return
        event.stop()
        event.prevent_default()
        if isinstance(answer, Command):
            perform(self, HUSH)
            perform(self, answer.name)
