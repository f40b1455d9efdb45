"""The lines of an article as strips: its layers, the selection and the caret, in the styles of the pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip

from index.article import Span
from reader.render import line_segments
from reader.text.layers import Layer, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.widget import Widget

    from reader.text.document import Document

GUTTER: Final = 2
"""Cells before a line: the bar of its notes, and a space."""
_NOTE_BAR: Final = "▎"
LOOKS: Final = (
    "title", "heading", "person", "org", "place", "event", "note", "hit", "match", "selection", "caret",
    "other", "meta", "bar", "focus", "suspect",
)  # fmt: skip


class LinePainter:
    """Paints lines for a pane, and keeps what it has painted until it is told to forget."""

    def __init__(self, pane: Widget) -> None:
        self._pane = pane
        self._strips: dict[object, Strip] = {}
        self._styles: dict[str, Style] = {}

    def forget(self) -> None:
        """Paint anew: the text, its layers or its lines are others."""
        self._strips.clear()

    def forget_styles(self) -> None:
        """Ask for the styles anew: the theme may be another."""
        self.forget()
        self._styles.clear()

    @property
    def base(self) -> Style:
        """The pane's own style; asking Textual for it costs more than painting a line."""
        if "" not in self._styles:
            self._styles[""] = self._pane.rich_style
        return self._styles[""]

    def look(self, name: str) -> Style:
        """Return the style of a look."""
        if name not in self._styles:
            self._styles[name] = self._pane.get_component_rich_style(f"article--{name}", partial=True)
        return self._styles[name]

    def strip(self, segments: Sequence[Segment], left: int, width: int) -> Strip:
        """Return segments on the pane's ground, so many cells from its left."""
        return Strip([Segment(" " * left, self.base), *segments]).adjust_cell_length(width, self.base)

    def line(self, document: Document, line: Span, caret: int | None, left: int, width: int) -> Strip:
        """Return a line of the text, with the selection and, where it is on this line, the caret."""
        moving = _moving_marks(document, line, caret)
        key = (line, tuple(moving), left, width)
        if key not in self._strips:
            self._strips[key] = self._painted(document, line, moving, left, width)
        return self._strips[key]

    def _painted(self, document: Document, line: Span, moving: list[Mark], left: int, width: int) -> Strip:
        looks = {look: self.look(look) for look in LOOKS if look not in document.hidden}
        layers = [*document.shown_layers(), Layer(moving)]
        segments = line_segments(document.text, line, layers, looks, self.base)
        if any(mark.start == line.end for mark in moving):  # the caret on a line's end or a blank line
            segments.append(Segment(" ", self.base + looks["caret"]))
        noted = document.shows("notes", "note") and document.layers["notes"].within(line.start, line.end)
        bar = Segment(_NOTE_BAR if noted else " ", self.base + looks["bar"])
        return self.strip([bar, Segment(" ", self.base), *segments], left - GUTTER, width)


def _moving_marks(document: Document, line: Span, caret: int | None) -> list[Mark]:
    """Return the selection and the caret as marks, if this line shows them."""
    marks = []
    selected = document.selected
    if selected and selected.start < line.end and selected.end > line.start:
        marks.append(Mark(max(selected.start, line.start), min(selected.end, line.end), "selection"))
    if caret is not None:
        marks.append(Mark(min(caret, line.end), min(caret, line.end) + 1, "caret"))
    return marks
