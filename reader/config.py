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
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader.i18n import LANGUAGES, _
from reader.translated import translated

if TYPE_CHECKING:
    from pathlib import Path

THEMES: Final = ("dark", "light")
COLUMN: Final = range(30, 201)
_MAX_MB: Final = range(1, 1_000_000)


class Problem(NamedTuple):
    """An entry that was left out: its line, counted from 1, or 0 when the file cannot be read at all."""

    line: int
    reason: str

    def __str__(self) -> str:
        return (
            _("config.toml, line {line}: {reason}", line=self.line, reason=self.reason)
            if self.line
            else _("config.toml: {reason}", reason=self.reason)
        )


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
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except OSError as error:
        return Config(problems=(Problem(0, translated(error.strerror or str(error))),))
    except UnicodeDecodeError:
        return Config(problems=(Problem(0, _("not UTF-8 text")),))
    return parse(text)


def parse(text: str) -> Config:
    """Return what a text in TOML settles."""
    import tomllib  # noqa: PLC0415 - 5 ms, for those who have a file

    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        line = re.search(r"\(at line (\d+)", said)
        at = int(line[1]) if line else text.count("\n") + 1
        return Config(problems=(Problem(at, _("not TOML: {reason}", reason=said.partition(" (at")[0])),))
    return _Reading(text).of(entries)


class _Reading:
    """Collects what is good of the entries, and what is wrong with the others."""

    def __init__(self, text: str) -> None:
        self._text = text
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
        return config._replace(problems=tuple(sorted(self._problems, key=lambda problem: problem.line)))

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
        line = line_of(self._text, ("keys", context), name)
        return KeysEntry(context, name, tuple(" ".join(key.split()) or key for key in keys), line)

    def _wrong(self, table: tuple[str, ...], name: str, reason: str) -> None:
        self._problems.append(Problem(line_of(self._text, table, name), reason))


_HEAD: Final = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?\Z")
_ENTRY: Final = re.compile(r"\s*([^=#]+?)\s*=")


def line_of(text: str, table: tuple[str, ...], name: str) -> int:
    """Return the line, from 1, that settles `name` in a table; else the line of the table; else 1."""
    wanted, fallback = (*table, name), 1
    here: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if head := _HEAD.match(line):
            here = _path(head[1])
        elif entry := _ENTRY.match(line):
            if (*here, *_path(entry[1])) == wanted:
                return number
            continue
        if here == wanted:
            return number
        if head and here == table:
            fallback = number
    return fallback


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
