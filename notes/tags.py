"""Tags: paths such as `group/jnim`, kept as first written, one whatever their case and accents."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from notes.characters import fold, one_line
from notes.errors import InvalidTag

MAX_LENGTH: Final = 100
MOST: Final = 1_000
"""Tags of a note."""
MAX_DESCRIPTION: Final = 1000
COLORS: Final = ("", "amber", "blue", "green", "purple", "grey", "red")
"""The colours a tag can have, by name; the first is none."""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, how many notes bear it, children not included, and what is said of it."""

    name: str
    count: int
    color: str = ""
    """One of `COLORS`."""
    description: str = ""


def normalise(tag: str) -> str:
    """Return `tag` as it is stored: NFC, no leading '#', single spaces, no invisible characters.

    Raises InvalidTag for an empty tag or segment, a comma, or more than 100 characters.
    """
    name = "/".join(_segment(part, tag) for part in one_line(tag).lstrip("# ").split("/"))
    if "," in name:
        message = f"the tag {tag!r} holds a comma, which separates tags: give two tags instead"
        raise InvalidTag(message)
    if len(name) > MAX_LENGTH:
        message = f"the tag {name[:20] + '…'!r} has {len(name)} characters; the most is {MAX_LENGTH}"
        raise InvalidTag(message)
    return name


def key(tag: str) -> str:
    """Return what two spellings of one tag have in common. Raises InvalidTag."""
    return fold(normalise(tag))


def is_under(tag: str, other: str) -> bool:
    """Tell whether a tag is another or one of its children. Raises InvalidTag."""
    return key(tag) == key(other) or key(tag).startswith(key(other) + "/")


def moved(tag: str, old: str, new: str) -> str:
    """Return what a tag under `old` is called under `new`. Raises InvalidTag."""
    return normalise("/".join([new, *tag.split("/")[len(normalise(old).split("/")) :]]))


def _segment(part: str, tag: str) -> str:
    visible = "".join(char for char in part if unicodedata.category(char) != "Cf")
    segment = unicodedata.normalize("NFC", visible).strip().lstrip("# ")
    if not fold(segment).strip():
        message = f"the tag {tag!r} has an empty part: write it as 'name' or 'group/name'"
        raise InvalidTag(message)
    return segment
