"""From keys to commands: sequences, contexts, and what can follow.

A key is written as the user reads it: `j`, `]`, `ctrl+d`, `enter`. A sequence is
keys with a space between: `g g`, `] e`.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

_NAMES: Final = {" ": "space"}
_SHOWN: Final = {
    "space": "␣", "enter": "↵", "escape": "Esc", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "tab": "Tab", "shift+tab": "⇧Tab", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "backspace": "⌫", "delete": "Del", "insert": "Ins", "f1": "F1",
}  # fmt: skip


SPECIAL: Final = (
    "space", "enter", "escape", "tab", "shift+tab", "backspace", "delete", "insert", "home", "end",
    "up", "down", "left", "right", "shift+up", "shift+down", "shift+left", "shift+right",
    "pageup", "pagedown", *(f"f{number}" for number in range(1, 13)),
)  # fmt: skip
"""The keys that print nothing, by the names the terminal library gives them."""


class Command(NamedTuple):
    """One thing the user can ask for, declared once: footer, help and palette are made from it.

    `name` is the method that does it, without its `do_`. `title` is English and
    short; `context` is where its keys work. The user may have left it without a key.
    """

    name: str
    title: str
    context: str
    keys: tuple[str, ...]
    footer: str = ""
    """A word for the footer; empty for a command that has no place there."""
    palette: bool = True


class Pending(Enum):
    """What a keymap answers when there is no command yet."""

    MORE = auto()
    """The keys so far begin a sequence."""
    NONE = auto()
    """The keys mean nothing here."""


def key_of(key: str, character: str | None) -> str:
    """Return the name a keymap knows a key press by, from what the terminal library says of it."""
    if character and character.isprintable():
        return _NAMES.get(character, character)
    return key


def shown(sequence: str) -> str:
    """Return a sequence as it is printed in the footer and the help."""
    return "".join(_shown_key(key) for key in sequence.split(" "))


def _shown_key(key: str) -> str:
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    return _SHOWN.get(key, key)


class Keymap:
    """The commands of every context, by their keys, and the keys of a sequence begun."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self.pending: tuple[str, ...] = ()
        self._by_context: dict[str, dict[tuple[str, ...], Command]] = {}
        for command in self.commands:
            table = self._by_context.setdefault(command.context, {})
            for sequence in command.keys:
                keys = tuple(sequence.split(" "))
                if keys in table:
                    message = (
                        f"{sequence!r} is both {table[keys].name} and {command.name} in {command.context}"
                    )
                    raise ValueError(message)
                table[keys] = command

    def feed(self, key: str, contexts: Sequence[str]) -> Command | Pending:
        """Return the command that a key completes in the first context that knows it, or what is pending."""
        keys = (*self.pending, key)
        self.pending = ()
        if keys[1:] and key == "escape":
            return Pending.MORE
        for context in contexts:
            table = self._by_context.get(context, {})
            if keys in table:
                return table[keys]
            if any(known[: len(keys)] == keys for known in table):
                self.pending = keys
                return Pending.MORE
        return Pending.MORE if keys[1:] else Pending.NONE

    def following(self, contexts: Sequence[str]) -> list[tuple[str, Command]]:
        """Return the sequences that can complete the one begun: what is still to press, and its command."""
        begun = self.pending
        return [
            (" ".join(keys[len(begun) :]), command)
            for context in contexts
            for keys, command in self._by_context.get(context, {}).items()
            if begun and keys[: len(begun)] == begun
        ]

    def footer(self, contexts: Sequence[str]) -> list[Command]:
        """Return the commands worth a place in the footer, nearest context first, a key once."""
        near = (
            c for context in contexts for c in self.commands if c.context == context and c.footer and c.keys
        )
        by_key: dict[str, Command] = {}
        for command in near:
            by_key.setdefault(command.keys[0], command)
        return [*by_key.values()]
