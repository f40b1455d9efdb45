"""Anchors: what finds a passage again when its text has changed.

A passage is named twice, by its place (offsets in one revision) and by its words
(the quote and a little text on each side), as in the W3C's Web Annotation model.
Offsets are counts of Unicode code points, start inclusive, end exclusive.
"""

from dataclasses import dataclass
from typing import Final, Self

from notes.state import State

CONTEXT: Final = 64


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of one revision, with what is needed to find it in another."""

    revision: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, start: int, end: int, revision: str) -> Self:
        """Return the anchor of a span. Raises ValueError for an empty span or one outside `text`."""
        if not 0 <= start < end <= len(text):
            message = f"no passage at {start}:{end} of a text of {len(text)} characters"
            raise ValueError(message)
        return cls(
            revision,
            start,
            end,
            quote=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )


@dataclass(frozen=True, slots=True)
class Located:
    """Where a passage is now; no place for `ambiguous` and `orphan`.

    The place of `changed` is a proposal: what stands there is not what was quoted.
    """

    state: State
    start: int | None = None
    end: int | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """The place, start and end; None where there is none."""
        return None if self.start is None or self.end is None else (self.start, self.end)
