"""YAML front matter that Obsidian shows and any YAML reader reads back exactly."""

import re
from collections.abc import Sequence
from typing import Final

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
