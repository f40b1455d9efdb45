"""The article pane: one text on the line API, its layers, its caret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from index.article import Span
from reader.i18n import _
from reader.render import line_segments
from reader.text.document import Document
from reader.text.layers import Layer, Mark
from reader.text.layout import Layout
from reader.text.motion import MOTIONS
from reader.widgets.article_header import header
from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from rich.style import Style

MEASURE: Final = 72
"""Cells of a line, at most, unless the user settles otherwise."""
_GUTTER: Final = 2
_NOTE_BAR: Final = "▎"
_LOOKS: Final = (
    "person", "org", "place", "event", "note", "hit", "match", "selection", "caret",
    "title", "heading", "meta", "bar",
)  # fmt: skip


class ArticleView(Keyed, ScrollView, can_focus=True):
    """Shows a `Document` and moves its caret; the text is wrapped at about 72 cells and centred."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article--{look}" for look in _LOOKS}

    @dataclass
    class Moved(Message):
        """The caret, or what is selected, has changed."""

        document: Document

    def __init__(self, measure: int = MEASURE, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._measure = measure
        self.document: Document | None = None
        self.lines = Layout("", measure)
        self._header: list[tuple[str, str]] = []
        self._column: int | None = None
        self._strips: dict[object, Strip] = {}
        self._drag: int | None = None

    def contexts(self) -> tuple[str, ...]:
        """Return the article's contexts; a selection puts its own before them."""
        selecting = self.document is not None and self.document.selection.anchor is not None
        return ("selecting", "article", "anywhere") if selecting else ("article", "anywhere")

    # What is shown

    def show(self, document: Document | None, at: int = 0) -> None:
        """Show a document with the caret at an offset, or nothing."""
        self.document = document
        self._column = self._drag = None
        if document:
            document.go(at)
        self._wrap()
        self.scroll_to(0, 0, animate=False, immediate=True)
        self._follow(margin=self.size.height // 3)

    def repaint(self) -> None:
        """Paint again after the document's layers have changed."""
        self._strips.clear()
        self.refresh()

    def _wrap(self) -> None:
        """Lay the text out anew for the width there is."""
        self._strips.clear()
        columns = min(self._measure, self.scrollable_content_region.width - 2 * _GUTTER)
        text = self.document.text if self.document else ""
        self.lines = Layout(text, columns)
        self._header = header(self.document.article, columns) if self.document else []
        self.virtual_size = Size(0, len(self._header) + len(self.lines) + 1)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the text that is at the top where it is, whatever the new width."""
        top = round(self.scroll_y) - len(self._header)
        anchor = self.lines.line(min(top, len(self.lines) - 1)).start if top > 0 else None
        self._wrap()
        if anchor is not None:
            line = self.lines.line_at(anchor) + len(self._header)
            self.scroll_to(0, line, animate=False, immediate=True)

    def notify_style_update(self) -> None:
        """Forget painted lines: the theme may have changed."""
        super().notify_style_update()
        self._strips.clear()

    # Painting

    def render_line(self, y: int) -> Strip:
        """Return the strip for a row of the viewport."""
        width = self.size.width
        base = self.rich_style
        row = y + round(self.scroll_y)
        left = max((width - self.lines.columns) // 2, _GUTTER)
        if row < len(self._header):
            text, look = self._header[row]
            segments = [Segment(text, base + self._look(look))]
        elif self.document is None:
            segments = [Segment(self._hint(y), base + self._look("meta"))]
        elif (number := row - len(self._header)) < len(self.lines):
            return self._text_strip(self.document, number, left, width, base)
        else:
            segments = []
        return Strip([Segment(" " * left, base), *segments]).adjust_cell_length(width, base)

    def _hint(self, y: int) -> str:
        """Return a line of what is said where no article is open."""
        lines = ("", _("↵ on a result opens the article here."), _("? shows every key."))
        return lines[y] if y < len(lines) else ""

    def _text_strip(self, document: Document, number: int, left: int, width: int, base: Style) -> Strip:
        line = self.lines.line(number)
        moving = self._moving_marks(document, line)
        key = (number, tuple(moving), width)
        if key not in self._strips:
            looks = {look: self._look(look) for look in _LOOKS}
            layers = [*document.shown_layers(), Layer(moving)]
            segments = line_segments(document.text, line, layers, looks, base)
            if any(mark.start == line.end for mark in moving):  # the caret on a line's end or a blank line
                segments.append(Segment(" ", base + looks["caret"]))
            noted = bool(document.layers["notes"].within(line.start, line.end))
            bar = Segment(_NOTE_BAR if noted else " ", base + looks["bar"])
            gutter = [Segment(" " * (left - _GUTTER), base), bar, Segment(" ", base)]
            self._strips[key] = Strip([*gutter, *segments]).adjust_cell_length(width, base)
        return self._strips[key]

    def _look(self, look: str) -> Style:
        return self.get_component_rich_style(f"article--{look}", partial=True)

    def _moving_marks(self, document: Document, line: Span) -> list[Mark]:
        """Return the selection and the caret as marks, if this line shows them."""
        marks = []
        selected, caret = document.selected, document.selection.caret
        if selected and selected.start < line.end and selected.end > line.start:
            marks.append(Mark(max(selected.start, line.start), min(selected.end, line.end), "selection"))
        if self.has_focus and line == self.lines.line(self.lines.line_at(caret)):
            caret = min(caret, line.end)
            marks.append(Mark(caret, caret + 1, "caret"))
        return marks

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.refresh()

    # Moving

    def obey(self, name: str) -> bool:
        """Do a motion here; anything else as other widgets do."""
        if self.document and name in MOTIONS:
            self._column = None
            self.document.move(MOTIONS[name])
            self.caret_moved()
            return True
        return super().obey(name)

    def caret_moved(self, margin: int = 1) -> None:
        """Bring the caret into view and say that it has moved."""
        self._follow(margin)
        self.refresh()
        if self.document:
            self.post_message(self.Moved(self.document))

    def _follow(self, margin: int = 1) -> None:
        if not self.document:
            return
        height = self.scrollable_content_region.height
        row = self.lines.line_at(self.document.selection.caret) + len(self._header)
        top = round(self.scroll_y)
        if row == len(self._header):
            top = 0
        elif row < top + margin:
            top = row - margin
        elif row >= top + height - margin:
            top = row - height + 1 + margin
        if top != round(self.scroll_y):
            self.scroll_to(0, max(top, 0), animate=False, immediate=True)

    def move_lines(self, delta: int) -> None:
        """Move the caret by lines, keeping its column where lines allow."""
        if not self.document:
            return
        caret = self.document.selection.caret
        if self._column is None:
            self._column = self.lines.column_of(caret)
        number = self.lines.line_at(caret) + delta
        while 0 < number < len(self.lines) - 1 and self.lines.line(number) == Span(
            self.lines.line(number).start, self.lines.line(number).start
        ):
            number += 1 if delta > 0 else -1
        self.document.go(self.lines.offset_at(number, self._column))
        self.caret_moved()
