"""What differs between two passages, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MOST: Final = 4000
"""Words compared; longer passages are told as wholly other."""


def word_diff(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    """Yield runs of words that are the same, gone or new; what is gone comes before what is new there."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(ours), len(theirs)) > _MOST:
        yield "gone", old
        yield "new", new
        return
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(ours[a:b])
            continue
        if a < b:
            yield "gone", "".join(ours[a:b])
        if c < d:
            yield "new", "".join(theirs[c:d])
