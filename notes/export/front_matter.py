"""YAML front matter that Obsidian shows and any YAML reader reads back exactly."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from notes.export import escape
from notes.note import Note

Value = str | int | Sequence[str]

# What PyYAML and the YAML specifications take as it is. Line separators, controls,
# the byte order mark and what is not a character are escaped; so is what cannot be seen.
_LEGIBLE: Final = re.compile("[ !#-\\[\\]-~\xa1-\xac\xae-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff01-\ufffd]")


def front_matter(fields: dict[str, Value]) -> str:
    """Return the block of `fields`, in their order, with its two fences and a final line end."""
    lines = "".join(f"{name}: {_value(value)}\n" for name, value in fields.items())
    return f"---\n{lines}---\n"


def scalar(text: str) -> str:
    """Return `text` as a double-quoted scalar on one line."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _value(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    return scalar(value) if isinstance(value, str) else f"[{', '.join(map(scalar, value))}]"


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable() and _LEGIBLE.fullmatch(char):
        return char
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"


_MAX_TAGS: Final = 100_000
_KEY: Final = re.compile(r"([^\s#:\-][^:]*):(?:\s|$)")
_OURS: Final = frozenset(
    ("title", "source", "url", "published", "citekey", "article", "revision", "tags", "notes")
)


def kept_fields(new: Sequence[str], old: Sequence[str], notes: Mapping[str, Note]) -> list[str]:
    """Return the front matter `new` with the fields of `old` that are not ours, and the tags added there.

    Lines, with their fences; none for none. `notes` are those that `old` was made from.
    """
    theirs = [line for name, lines in _fields(old) if name not in _OURS for line in lines]
    added = _added_tags(old, {escape.tag(tag) for note in notes.values() for tag in note.tags})
    fields = [line for _, lines in _fields(new) for line in lines]
    if added and new:
        tags = [*_tags(new), *(tag for tag in added if tag not in _tags(new))]
        fields = [f"tags: {_value(tags)}" if line.startswith("tags:") else line for line in fields]
    return ["---", *fields, *theirs, "---"] if fields or theirs else []


def _fields(front: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each top-level field with its lines, as they are."""
    name, lines = "", list[str]()
    for line in front[1:-1]:
        if not line.startswith((" ", "\t", "-")):
            if lines:
                yield name, lines
            found = _KEY.match(line)
            name, lines = found[1].strip("\"' ") if found else "", []
        lines.append(line)
    if lines:
        yield name, lines


def _added_tags(front: Sequence[str], ours: Container[str]) -> list[str]:
    return [tag for tag in _tags(front) if tag not in ours]


def _tags(front: Sequence[str]) -> list[str]:
    """Return the tags of a front matter; none where it is not YAML, or not of a size to be a front matter."""
    import yaml  # noqa: PLC0415 - to read what people have written, never to write

    text = "\n".join(line for name, lines in _fields(front) if name == "tags" for line in lines)
    try:
        found = yaml.safe_load(text) if len(text) < _MAX_TAGS else None
    except (yaml.YAMLError, RecursionError):
        return []
    tags = found.get("tags") if isinstance(found, dict) else None
    return [str(tag) for tag in tags if isinstance(tag, str | int)] if isinstance(tags, list) else []
