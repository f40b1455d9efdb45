"""A text in which passages are looked for, and the three steps of looking."""

from functools import cached_property
from typing import Final

from notes.anchor import CONTEXT, Anchor, Located
from notes.anchoring.folded import Folded
from notes.anchoring.parts import largest_part
from notes.anchoring.similar import Similar
from notes.anchoring.sought import Sought
from notes.state import State

_NEAR: Final = 12  # characters on each side that must agree for a quote to be where it was
_TELLING: Final = 24  # a quote of this length that occurs once needs little context
_LIKELY: Final = 0.55  # context that a shorter one needs
_STRANGE: Final = 0.3  # with less, a longer one may be a copy of what was changed elsewhere
_SURE: Final = 0.8  # context that the best of several needs
_LEAD: Final = 0.08  # and by how much it must beat the next


class Target:
    """One revision of a text. Places are offsets into `text`."""

    def __init__(self, text: str, revision: str) -> None:
        self.text = text
        self.revision = revision

    @cached_property
    def folded(self) -> Folded:
        """The text without what does not count; 3 ms for 10,000 words, once for all its notes."""
        return Folded(self.text)

    def locate(self, anchor: Anchor) -> Located:
        """Return where the anchor's passage stands."""
        if self.revision == anchor.revision and self.text[anchor.start : anchor.end] == anchor.quote:
            return Located(State.EXACT, anchor.start, anchor.end)
        sought = Sought(anchor)
        if self._unmoved(sought):
            return Located(State.EXACT, anchor.start, anchor.end)
        starts = sought.places(self.folded)
        if not starts:
            return self._changed(sought)
        start = self._meant(sought, starts)
        if start is None:
            return Located(State.AMBIGUOUS)
        return Located(State.MOVED, *self.folded.span(start, start + len(sought.quote)))

    def _unmoved(self, sought: Sought) -> bool:
        anchor, text = sought.anchor, self.text
        return (
            text[anchor.start : anchor.end] == anchor.quote
            and text.endswith(anchor.prefix[-_NEAR:], 0, anchor.start)
            and text.startswith(anchor.suffix[:_NEAR], anchor.end)
            and sought.is_whole(text, anchor.start, anchor.end)
        )

    def _meant(self, sought: Sought, starts: list[int]) -> int | None:
        """Return the one start that can be meant, if there is one."""
        if self.folded.are_too_many(starts):
            return None
        length = len(sought.quote)
        ranked = sorted(
            ((sought.agreement(self.folded.text, at, at + length), at) for at in starts), reverse=True
        )
        best, start = ranked[0]
        if len(ranked) > 1:
            return start if best >= _SURE and best - ranked[1][0] >= _LEAD else None
        if best < _LIKELY and length < _TELLING:
            return None
        return start if best >= _STRANGE or not self._changed_elsewhere(sought, start) else None

    def _changed_elsewhere(self, sought: Sought, start: int) -> bool:
        """Tell whether another place looks like the passage with its context, changed."""
        found = Similar(self.folded, sought).place()
        return found is not None and not found.start - CONTEXT <= start <= found.end

    def _changed(self, sought: Sought) -> Located:
        found = Similar(self.folded, sought).place()
        if found and found.is_one_of_several:
            return Located(State.AMBIGUOUS)
        span = (found.start, found.end) if found else largest_part(self.folded, sought)
        return Located(State.CHANGED, *self.folded.span(*span)) if span else Located(State.ORPHAN)


def locate(anchor: Anchor, text: str, revision: str) -> Located:
    """Return where the anchor's passage stands in a text."""
    return Target(text, revision).locate(anchor)
