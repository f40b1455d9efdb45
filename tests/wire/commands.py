"""Every command of the command line, as it declares itself, with hostile arguments; run one after another.

    python tests/wire/commands.py HOME FILES REPORT [DEFENCE TAKEN OUT]…

Every option and every choice of every command is taken once. An argument that is new gets the payload,
so a new command is run without a word here.
"""

import argparse
import itertools
import json
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from wire.defence import take_out
from wire.payload import IN_A_LINE, IN_A_NAME, MIXED

_INTERFACE: Final = {"open", "demo"}
"""They open the interface, which has a visitor of its own."""
_PAYLOAD: Final = IN_A_LINE.replace("\x00", "")


class Typed:
    """What can be typed for each argument, by the name it is declared under; for others, the payload."""

    def __init__(self, home: Path, files: Path, ids: list[str]) -> None:
        self._known: dict[str, tuple[str, ...]] = {
            "id": (ids[0], _PAYLOAD),
            "article": (ids[0], _PAYLOAD),
            "query": ("Bamako", f'"{_PAYLOAD}', f"Bamakk OR {MIXED} cleared", "*"),
            "name": ("Bamako", f"Bamako{_PAYLOAD}", _PAYLOAD),
            "span": ("0:5", _PAYLOAD),
            "quote": ("Bamako", _PAYLOAD),
            "limit": ("5", _PAYLOAD),
            "offset": ("1", _PAYLOAD),
            "paths": (str(files), str(home.parent / IN_A_NAME)),
            "file": (str(next(files.iterdir())), str(home.parent / _PAYLOAD)),
            "output": ("-", str(home.parent / f"out{IN_A_NAME}")),
        }

    def values(self, action: argparse.Action) -> tuple[str, ...]:
        if action.choices is not None:
            return (*map(str, action.choices), _PAYLOAD)
        return self._known.get(action.dest, (_PAYLOAD,))


def command_lines(parser: argparse.ArgumentParser, typed: Typed) -> Iterator[list[str]]:
    """Yield every command with every value of every argument, one argument varied at a time."""
    for name, command in _commands(parser).items():
        if name in _INTERFACE:
            continue
        positionals = [action for action in command._actions if not action.option_strings]
        required = [_required(group, typed) for group in command._mutually_exclusive_groups if group.required]
        starts = [[*itertools.chain.from_iterable(chosen)] for chosen in itertools.product(*required)]
        firsts = [typed.values(action)[0] for action in positionals if action.nargs != "?"]
        for start in starts:
            yield [name, *firsts, *start]
        for at, action in enumerate(positionals):
            for value in typed.values(action):
                yield [name, *firsts[:at], value, *firsts[at + 1 :], *starts[0]]
        for action in command._actions:
            if action.option_strings:
                for value in _written(action, typed):
                    yield [name, *firsts, *starts[0], *value]
    yield from ([_PAYLOAD], ["--lang", _PAYLOAD, "tags"], ["tags", f"--{_PAYLOAD}"], ["--version"])


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next(a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction))


def _required(group: Any, typed: Typed) -> list[list[str]]:
    return [value for action in group._group_actions for value in _written(action, typed)]


def _written(action: argparse.Action, typed: Typed) -> list[list[str]]:
    """Return an option as it can be typed."""
    name = action.option_strings[-1]
    return [[name]] if action.nargs == 0 else [[name, value] for value in typed.values(action)]


def main() -> None:
    home, files, report, *out = sys.argv[1:]
    take_out(*out)
    from reader.cli import arguments, run
    from reader.paths import places
    from reader.workspace import Workspace

    with Workspace(places(home)) as space:
        ids = space.collection.library.ids()
    lines = list(command_lines(arguments._parser(), Typed(Path(home), Path(files), ids)))
    if only := os.environ.get("WIRE_COMMANDS"):
        lines = [line for line in lines if line[0] in only.split()]
    ended, broken = {}, []
    for line in lines:
        try:
            ended[json.dumps(line)] = run(["--home", home, *line])
        except SystemExit as leaving:
            ended[json.dumps(line)] = leaving.code
        except Exception:  # noqa: BLE001 - the test tells it
            broken.append(f"{line}: {traceback.format_exc()}")
    Path(report).write_text(json.dumps({"ended": ended, "broken": broken}))


if __name__ == "__main__":
    main()
