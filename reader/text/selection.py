"""What is selected: an anchor and a caret, both on characters, and the text objects that set them."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from index.article import Span
from reader.text.motion import (
    clamp,
    grapheme_end,
    grapheme_start,
    left,
    paragraph_spans,
    sentence_spans,
    word_span,
)
from reader.text.sentences import span_at

TextObject = Callable[[str, int], Span | None]
"""What finds the sentence, say, at an offset of a text."""


class Selection(NamedTuple):
    """Where the caret is and, when something is selected, where the selection began.

    Both are offsets of characters, and both characters are part of the selection.
    """

    caret: int = 0
    anchor: int | None = None

    def span(self, text: str) -> Span | None:
        """Return what is selected, or None."""
        if self.anchor is None or not text:
            return None
        first, last = sorted((self.anchor, self.caret))
        return Span(first, grapheme_end(text, last))

    def moved(self, caret: int) -> "Selection":
        """Return the selection with the caret elsewhere; one that is begun is extended."""
        return self._replace(caret=caret)

    def begun(self) -> "Selection":
        """Return a selection that begins at the caret."""
        return self._replace(anchor=self.caret)

    def dropped(self) -> "Selection":
        """Return the caret alone."""
        return self._replace(anchor=None)

    def swapped(self) -> "Selection":
        """Return the selection with the caret at its other end."""
        return self if self.anchor is None else Selection(self.anchor, self.caret)


def covering(text: str, span: Span) -> Selection:
    """Return the selection of a span that is not empty, the caret on its last character."""
    return Selection(clamp(text, left(text, span.end)), grapheme_start(text, span.start))


def sentence_at(text: str, offset: int) -> Span | None:
    """Return the sentence at an offset."""
    return span_at(sentence_spans(text), offset)


def paragraph_at(text: str, offset: int) -> Span | None:
    """Return the paragraph at an offset."""
    return span_at(paragraph_spans(text), offset)


def taken(text: str, selected: Span | None, caret: int, at: TextObject) -> Span | None:
    """Return the text object at the caret, or the whole ones that are selected and the next one."""
    first, last = (at(text, selected.start), at(text, selected.end - 1)) if selected else (None, None)
    if not (selected and first and last and selected == Span(first.start, last.end)):
        return at(text, caret)
    after = len(text) - len(text[selected.end :].lstrip())
    following = at(text, after) if after < len(text) else None
    return Span(selected.start, following.end) if following else selected


def grown(text: str, span: Span) -> Span:
    """Return the smallest text object larger than `span` around it: word, sentence, paragraph, all."""
    for candidate in _ladder(text, span.start, span.end):
        if candidate.start <= span.start and candidate.end >= span.end and candidate != span:
            return candidate
    return span


def shrunk(text: str, span: Span, caret: int) -> Span:
    """Return the largest text object around the caret that is smaller than `span`."""
    rungs = _ladder(text, caret, caret)
    for smaller, larger in pairwise(rungs):
        if larger.end - larger.start >= span.end - span.start > smaller.end - smaller.start:
            return smaller
    return rungs[0] if span != rungs[0] else span


def _ladder(text: str, start: int, end: int) -> list[Span]:
    objects = [word_span(text, start)]
    for at in (sentence_at, paragraph_at):
        first, last = at(text, start), at(text, max(end - 1, start))
        if first and last:
            objects.append(Span(first.start, last.end))
    return [*objects, Span(0, len(text))]
