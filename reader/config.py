"""What the user has settled in `config.toml`: a wrong entry is left out, and told with its line.

```toml
theme = "light"          # dark, light
lang = "fr"              # fr, en; else the locale's
column = 66              # cells, at most, of a line of an article
max_file_mb = 200        # larger files are not read
mouse = false            # leave the mouse to the terminal

[keys.article]           # a context of `?`, and a command in it by its name
word_backward = "b"
page_up = ["ctrl+b", "pageup"]
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from index.regular import content, text_of
from reader.i18n import LANGUAGES, _
from reader.translated import translated

if TYPE_CHECKING:
    from pathlib import Path

THEMES: Final = ("dark", "light")
COLUMN: Final = range(30, 201)
_MAX_MB: Final = range(1, 1_000_000)
_MOST: Final = 1 << 20
"""Bytes of the file; one that settles everything has 20,000."""
_TOLD: Final = 100
"""Problems, at most."""
_DEEPEST: Final = 3
"""Parts of a name that settles something: `keys.article.find`."""
_SAID: Final = 2_000
"""Characters of a reason: names in it are the file's."""


class Problem(NamedTuple):
    """An entry that was left out: its line, counted from 1, or 0 when the file cannot be read at all."""

    line: int
    reason: str

    def __str__(self) -> str:
        reason = self.reason if len(self.reason) <= _SAID else self.reason[:_SAID] + "…"
        return (
            _("config.toml, line {line}: {reason}", line=self.line, reason=reason)
            if self.line
            else _("config.toml: {reason}", reason=reason)
        )


def first(problems: Sequence[Problem], most: int) -> tuple[Problem, ...]:
    """Return the problems, or the first of them and that there are more: a file can be wrong throughout."""
    more = [Problem(0, _("more entries are wrong"))] if len(problems) > most else []
    return (*problems[:most], *more)


class KeysEntry(NamedTuple):
    """The keys settled for one command in one context; none makes it a command without keys."""

    context: str
    name: str
    keys: tuple[str, ...]
    line: int


class Config(NamedTuple):
    """The settings, each at its default unless the file says otherwise."""

    theme: str = "dark"
    lang: str | None = None
    column: int = 72
    """Cells of a line of an article, at most."""
    max_file_mb: int | None = None
    """MiB of a file, at most; None leaves it to `index.walk`."""
    mouse: bool = True
    keys: tuple[KeysEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str | None]:
    return lambda value: None if value in choices else _("one of {choices}", choices=", ".join(choices))


def _within(numbers: range) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        good = type(value) is int and value in numbers
        return None if good else _("a number from {first} to {last}", first=numbers[0], last=numbers[-1])

    return check


def _is_boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else _("true or false")


_CHECKS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "theme": _one_of(THEMES),
    "lang": _one_of(LANGUAGES),
    "column": _within(COLUMN),
    "max_file_mb": _within(_MAX_MB),
    "mouse": _is_boolean,
}
"""For each setting, what tells what a value should have been, or None when it is good."""


def load(path: Path) -> Config:
    """Return what a file settles; without a file, the defaults."""
    try:
        text = text_of(content(path, _MOST))
    except FileNotFoundError:
        return Config()
    except OSError as error:
        return Config(problems=(Problem(0, translated(error.strerror or str(error))),))
    except UnicodeDecodeError:
        return Config(problems=(Problem(0, _("not UTF-8 text")),))
    return parse(text)


def parse(text: str) -> Config:
    """Return what a text in TOML settles."""
    from index.toml import NotToml, tables  # noqa: PLC0415 - for those who have a file

    try:
        entries = tables(text)
    except NotToml as error:
        reason = _("not TOML: {reason}", reason=translated(error.reason))
        return Config(problems=(Problem(error.line, reason),))
    return _Reading(text).of(entries)


class _Reading:
    """Collects what is good of the entries, and what is wrong with the others."""

    def __init__(self, text: str) -> None:
        self._lines = _Lines(text)
        self._problems: list[Problem] = []

    def of(self, entries: Mapping[str, Any]) -> Config:
        config = Config(keys=tuple(self._keys(entries.get("keys", {}))))
        for name, value in entries.items():
            if name == "keys":
                continue
            check = _CHECKS.get(name)
            if check is None:
                self._wrong((), name, _("no setting is called {name}; there are {names}", name=name,
                                        names=", ".join((*_CHECKS, "keys"))))  # fmt: skip
            elif wanted := check(value):
                self._wrong((), name, _("{name} should be {wanted}", name=name, wanted=wanted))
            else:
                config = config._replace(**{name: value})
        problems = sorted(self._problems, key=lambda problem: problem.line)
        return config._replace(problems=first(problems, _TOLD))

    def _keys(self, tables: object) -> list[KeysEntry]:
        if not isinstance(tables, dict):
            self._wrong((), "keys", _("{name} should be {wanted}", name="keys", wanted=_("a table")))
            return []
        found = []
        for context, table in tables.items():
            if isinstance(table, dict):
                found += [entry for name in table if (entry := self._entry(context, name, table[name]))]
            else:
                self._wrong(("keys",), context, _("keys belong to a context: [keys.article]"))
        return found

    def _entry(self, context: str, name: str, value: object) -> KeysEntry | None:
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            self._wrong(("keys", context), name, _("{name} should be {wanted}", name=name,
                                                   wanted=_("a key, or a list of keys")))  # fmt: skip
            return None
        line = self._lines.of(("keys", context), name)
        return KeysEntry(context, name, tuple(" ".join(key.split()) or key for key in keys), line)

    def _wrong(self, table: tuple[str, ...], name: str, reason: str) -> None:
        self._problems.append(Problem(self._lines.of(table, name), reason))


_HEAD: Final = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?\Z")


class _Lines:
    """Where a text settles what; read once, since each of a great many entries may be asked for."""

    def __init__(self, text: str) -> None:
        self._first: dict[tuple[str, ...], int] = {}
        self._head: dict[tuple[str, ...], int] = {}
        here: tuple[str, ...] = ()
        for number, line in enumerate(text.split("\n"), 1):
            if head := _HEAD.match(line):
                here = _path(head[1])
                self._head[here] = number
                self._first.setdefault(here, number)
            elif entry := _entry(line):
                self._first.setdefault((*here, *_path(entry)), number)

    def of(self, table: tuple[str, ...], name: str) -> int:
        """Return the line, from 1, that settles `name` in a table; else the line of the table; else 1."""
        return self._first.get((*table, name)) or self._head.get(table, 1)


def _entry(line: str) -> str:
    """Return what a line settles, as it is written; empty where it settles nothing."""
    name, equals, _value = line.partition("=")
    return name.strip() if equals and "#" not in name else ""


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split(".", _DEEPEST))
