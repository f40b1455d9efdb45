"""How wide text is in a terminal, and which characters take no room there."""

import re
from typing import Final

from rich.cells import cell_len

from index.sanitise import visible

# Every character of French and English print is one cell wide; asking rich for
# each would cost more than the wrapping itself.
_NARROW: Final = re.compile(
    r"[ -~\n\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff"
    r"\u2010-\u2027\u202f\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\ufffd]*"
)
_SOFT_HYPHEN: Final = "\u00ad"  # not painted: terminals disagree about its width


def is_narrow(text: str) -> bool:
    """Tell whether every character of `text` is known to be exactly one cell wide."""
    return _NARROW.fullmatch(text) is not None


def width(text: str) -> int:
    """Return the number of cells `text` takes as it is painted, what deceives shown as a mark."""
    if is_narrow(text):
        return len(text)
    text = visible(text)
    return sum(map(_cells, text)) if _SOFT_HYPHEN in text else cell_len(text)


def _cells(character: str) -> int:
    return 0 if character == _SOFT_HYPHEN else cell_len(character)


def column_to_index(text: str, column: int) -> int:
    """Return the index of the character that covers a cell of `text`, or its length past the end."""
    if is_narrow(text):
        return min(column, len(text))
    at = 0
    for index, character in enumerate(visible(text)):
        at += _cells(character)
        if at > column:
            return index
    return len(text)
