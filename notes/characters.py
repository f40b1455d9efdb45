"""Characters: what may be stored, what may be shown in a file, what counts as the same.

`notes` knows nothing of `index`, so the few rules that both need are said twice.
"""

import re
import unicodedata
from typing import Final

REPLACEMENT: Final = "\ufffd"
LINE_BREAK: Final = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_JOINERS: Final = frozenset("\u200c\u200d")  # scripts and emoji need them
_ALIKE: Final = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‘": "'"})


def clean(text: str) -> str:
    r"""Return `text` as it may be stored: `\n` line ends, no control character but the tab, no surrogate."""
    return _SURROGATE.sub(REPLACEMENT, _CONTROL.sub("", LINE_BREAK.sub("\n", text)))


def plain(text: str) -> str:
    r"""Return `text` as it may be shown: `clean`, tabs as spaces, without invisible format characters."""
    return "".join(
        char
        for char in clean(text).replace("\t", " ")
        if char in _JOINERS or unicodedata.category(char) != "Cf"
    )


def unturned(text: str) -> str:
    """Return `text` without the characters that turn the direction in which it is shown."""
    return _TURNING.sub("", text)


def one_line(text: str) -> str:
    """Return `text` plain and on one line, each run of white space as one space."""
    return " ".join(plain(text).split())


def fold(text: str) -> str:
    """Return what is left of `text` when case, accents, ligatures and apostrophe shapes do not count."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
