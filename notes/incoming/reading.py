"""Which format a file is in, and what is in it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from notes.incoming import annotations, checked
from notes.incoming.refused import Refused
from notes.merging import Edit

MAX_NOTES: Final = 200_000
_MOST_REASONS: Final = 1_000
_MOST_PARTS: Final = 4_000_000
_MOST_VALUES: Final = 16_000_000
"""Objects and lists, and values in them, of one JSON text, which take fifty times its size where they are
small; a note has a dozen of the one and forty of the other."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that was left out: its line, or its number in a file of annotations, from 1; and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds."""

    edits: list[Edit] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Notes whose block was taken out of our Markdown, by id: the notebook keeps them."""


def read(data: bytes) -> Incoming:
    """Return the notes in a file of ours, by what it holds and not by its name. Raises Refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"not UTF-8 text (byte {error.start})") from None
    begun = text.lstrip()[:1]
    if begun not in ("{", "["):
        return _from_markdown(text)
    first = _first_line(text)
    if first is not None and "@context" not in first:
        return _gathered(enumerate(text.split("\n"), 1), _from_line)
    return _gathered(enumerate(annotations.items(_parsed(text)), 1), annotations.record)


def _from_markdown(text: str) -> Incoming:
    from notes.incoming.markdown import edits  # noqa: PLC0415 - a parser, for this format only
    from notes.incoming.report import report  # noqa: PLC0415

    found = report(text)
    made, faults = edits(found)
    return Incoming(made, [Rejected(line, reason) for line, reason in faults], found.removed)


def _first_line(text: str) -> dict[str, Any] | None:
    """Return the JSON object that the first line is, if it is one: then each line is a record."""
    try:
        line = next(line for line in text.split("\n") if line.strip())
        first = None if _has_too_many_parts(line) else json.loads(line)
    except (ValueError, RecursionError):
        return None
    return first if isinstance(first, dict) else None


def _from_line(line: str) -> object:
    return _parsed(line) if line.strip() else None


def _gathered(numbered: Iterable[tuple[int, Any]], read_one: Callable[[Any], object]) -> Incoming:
    """Return the notes of numbered records; a bad one costs itself alone."""
    found = Incoming()
    for number, raw in numbered:
        try:
            if (record := read_one(raw)) is not None:
                found.edits.append(Edit(checked.note(record)))
        except Refused as error:
            found.rejected.append(Rejected(number, str(error)))
        if len(found.edits) > MAX_NOTES or len(found.rejected) > _MOST_REASONS:
            raise Refused(f"more than {MAX_NOTES} notes or {_MOST_REASONS} faults: not an export of Liseuse")
    return found


def _parsed(text: str) -> object:
    if _has_too_many_parts(text):
        raise Refused("more parts than any export: export in parts")
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise Refused("nested deeper than any note") from None
    except ValueError as error:
        raise Refused(f"not JSON: {error}") from None


def _has_too_many_parts(text: str) -> bool:
    return text.count("{") + text.count("[") > _MOST_PARTS or text.count(",") > _MOST_VALUES


def _no_number(name: str) -> NoReturn:
    raise Refused(f"{name} is no number of JSON")
