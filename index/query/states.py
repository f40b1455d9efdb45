"""What articles can have (`has:`) and be (`is:`), by the names people give it."""

from typing import Final

from index.language import folded
from index.query.nearmiss import meant

KNOWN: Final = {"has": ("note",), "is": ("unread", "read", "changed", "duplicate")}
_ALSO: Final = {
    "notes": "note", "annotation": "note", "non-lu": "unread", "nonlu": "unread", "lu": "read",
    "modifie": "changed", "change": "changed", "doublon": "duplicate", "dup": "duplicate",
}  # fmt: skip


def state_named(field: str, text: str) -> str:
    """Return the state of a field that a text names, or nothing."""
    name = _ALSO.get(folded(text), text.lower())
    return name if name in KNOWN[field] else ""


def state_begun(field: str, text: str) -> bool:
    """Say whether a text is how the name of a state begins."""
    return any(name.startswith(folded(text)) for name in (*KNOWN[field], *_ALSO))


def state_meant(field: str, text: str) -> str:
    """Return the state that a text almost names, or nothing."""
    return meant(text, KNOWN[field])
