"""How a note stands in its article as it is now."""

from enum import StrEnum


class State(StrEnum):
    """How surely a note's passage was found; the values are the contract's words."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    ORPHAN = "orphan"

    @property
    def holds(self) -> bool:
        """Whether the words of the quote stand in the text."""
        return self in (State.EXACT, State.MOVED)
