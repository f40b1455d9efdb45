"""The commands with the keys that the user has settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from reader.config import KeysEntry, Problem
from reader.i18n import _
from reader.keys import SPECIAL, Command

_CONTROL: Final = re.compile(r"ctrl\+[a-z]")
_NEVER: Final = {"ctrl+i": "tab", "ctrl+m": "enter"}  # a terminal sends the same byte for both


def rebound(commands: Sequence[Command], entries: Iterable[KeysEntry]) -> tuple[list[Command], list[Problem]]:
    """Return the commands with their keys as settled, and what is wrong with the entries left out."""
    result, problems = list(commands), []
    for entry in entries:
        wrong = _wrong(result, entry)
        if wrong:
            problems.append(Problem(entry.line, wrong))
        else:
            keys = tuple(dict.fromkeys(entry.keys))
            result = [c._replace(keys=keys) if _is_meant(c, entry) else c for c in result]
    return result, problems


def _is_meant(command: Command, entry: KeysEntry) -> bool:
    return (command.context, command.name) == (entry.context, entry.name)


def _wrong(commands: Sequence[Command], entry: KeysEntry) -> str:
    contexts = list(dict.fromkeys(command.context for command in commands))
    if entry.context not in contexts:
        return _(
            "no context is called {name}; there are {names}", name=entry.context, names=", ".join(contexts)
        )
    if not any(_is_meant(command, entry) for command in commands):
        names = ", ".join(c.name for c in commands if c.context == entry.context)
        return _("no command is called {name} there; there are {names}", name=entry.name, names=names)
    for sequence in entry.keys:
        for key in sequence.split(" "):
            if not _is_key(key):
                return _("{key} is not a key; write j, ctrl+d, enter, or g g", key=key)
    return _taken(commands, entry)


def _is_key(key: str) -> bool:
    if key in _NEVER:
        return False
    return (len(key) == 1 and key.isprintable()) or key in SPECIAL or _CONTROL.fullmatch(key) is not None


def _taken(commands: Sequence[Command], entry: KeysEntry) -> str:
    """Return what is wrong when another command of the context has one of the keys, or begins with it."""
    for command in commands:
        if command.context != entry.context or _is_meant(command, entry):
            continue
        for theirs in command.keys:
            for ours in entry.keys:
                if f"{theirs} ".startswith(f"{ours} ") or f"{ours} ".startswith(f"{theirs} "):
                    return _("{key} is taken by {name}", key=ours, name=command.name)
    return ""
