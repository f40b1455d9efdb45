"""A record from outside becomes a note, or is refused: no field is trusted to be what it says."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from notes.anchor import Anchor
from notes.characters import clean, one_line
from notes.errors import InvalidTag
from notes.incoming.refused import Refused
from notes.note import MAX_FIELD, MAX_TEXT, Note, Source
from notes.state import State
from notes.tags import MOST, key, normalise

_ID: Final = re.compile("[0-9a-f]{12}")
_REVISION: Final = re.compile("[0-9A-Za-z]{1,64}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LONGEST: Final = {"quote": MAX_TEXT, "comment": MAX_TEXT}
_FARTHEST: Final = 2**53


def note(record: object) -> Note:
    """Return the note of a NOTE record (design, 1.3), cleaned as the notebook cleans what is typed.

    Raises Refused. The passage is the one thing that is never cleaned: it is what
    the article says, to the character, or it is not taken.
    """
    fields = mapping(record, "the record")
    revision = _matching(fields, "revision", _REVISION, "1 to 64 letters and digits")
    return Note(
        id=_matching(fields, "id", _ID, "12 of the digits 0-9 a-f"),
        article=_matching(fields, "article", _ID, "12 of the digits 0-9 a-f"),
        revision=revision,
        source=_source(mapping(fields.get("source", {}), "'source'")),
        anchor=_anchor(fields, revision),
        comment=clean(text(fields, "comment")),
        tags=_tags(fields.get("tags", [])),
        created=_time(fields, "created"),
        modified=_time(fields, "modified"),
        state=_state(fields),
    )


def mapping(value: object, name: str) -> Mapping[str, Any]:
    """Return a JSON object. Raises Refused for anything else."""
    if not isinstance(value, dict):
        raise Refused(f"{name} is not a JSON object")
    return value


def text(fields: Mapping[str, Any], name: str) -> str:
    """Return a text field, empty where there is none. Raises Refused for no text, or too much of it."""
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Refused(f"'{name}' is not a text")
    if len(value) > (most := _LONGEST.get(name, MAX_FIELD)):
        raise Refused(f"'{name}' has {len(value)} characters; the most is {most}")
    return value


def _matching(fields: Mapping[str, Any], name: str, pattern: re.Pattern[str], shape: str) -> str:
    value = text(fields, name)
    if not pattern.fullmatch(value):
        raise Refused(f"'{name}' is not {shape}")
    return value


def _source(fields: Mapping[str, Any]) -> Source:
    return Source(*(one_line(text(fields, name)) for name in ("title", "date", "source", "url", "path")))


def _anchor(fields: Mapping[str, Any], revision: str) -> Anchor | None:
    quote, prefix, suffix = (_exact(fields, name) for name in ("quote", "prefix", "suffix"))
    start, end = fields.get("start"), fields.get("end")
    if start is None and end is None and not quote:
        return None
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= _FARTHEST:
        raise Refused("'start' and 'end' are not where a passage could be")
    if end - start != len(quote):
        raise Refused(f"'start' and 'end' are of {end - start} characters, the quote has {len(quote)}")
    return Anchor(revision, start, end, quote, prefix, suffix)


def _exact(fields: Mapping[str, Any], name: str) -> str:
    value = text(fields, name)
    if clean(value) != value:
        raise Refused(f"'{name}' has control characters, which no article here has")
    return value


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise Refused("'tags' is not a list of texts")
    if len(value) > MOST:
        raise Refused(f"it has {len(value)} tags; the most is {MOST}")
    try:
        return unique(map(normalise, value))
    except InvalidTag as error:
        raise Refused(str(error)) from None


def unique(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags each once, as first written. Raises InvalidTag."""
    names: dict[str, str] = {}
    for tag in tags:
        names.setdefault(key(tag), tag)
    return tuple(names.values())


def _time(fields: Mapping[str, Any], name: str) -> str:
    value = _matching(fields, name, _TIME, "a time such as 2026-11-23T09:00:00Z")
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise Refused(f"'{name}' is no time of any day") from None
    return value


def _state(fields: Mapping[str, Any]) -> State:
    try:
        return State(text(fields, "state") or State.EXACT)
    except ValueError:
        raise Refused(f"'state' is not one of {', '.join(State)}") from None
