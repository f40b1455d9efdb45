"""The article pane: one text on the line API, its layers, its caret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from index.article import Span
from reader.i18n import _
from reader.text.document import Document
from reader.text.layout import Layout
from reader.text.motion import FAR, MOTIONS
from reader.widgets.article_header import header
from reader.widgets.line_painter import GUTTER, LOOKS, LinePainter
from reader.widgets.overview import Overview
from reader.widgets.scrolled import Scrolled

MEASURE: Final = 72
"""Cells of a line, at most, unless the user settles otherwise."""


class ArticleView(Scrolled):
    """Shows a `Document` and moves its caret; the text is wrapped at about 72 cells and centred."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("article", "entity", "anywhere")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article--{look}" for look in LOOKS}

    @dataclass
    class Moved(Message):
        """The caret, or what is selected, has changed."""

        document: Document

    @dataclass
    class Jumped(Message):
        """The caret has gone from one offset to another that may be far from it."""

        before: int
        after: int

    def __init__(self, measure: int = MEASURE, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._measure = measure
        self.document: Document | None = None
        self.lines = Layout("", measure)
        self._header: list[tuple[str, str]] = []
        self._column: int | None = None
        self._painter = LinePainter(self)
        self._overview = Overview()
        self._painted: tuple[Span, Span | None] | None = None
        self._height = 0
        self._held = (0, 0)  # the row and the offset that a new width kept at the top

    def contexts(self) -> tuple[str, ...]:
        """Return the article's contexts; a selection puts its own before them."""
        selecting = self.document is not None and self.document.selection.anchor is not None
        return ("selecting", *self.CONTEXTS) if selecting else self.CONTEXTS

    def live_contexts(self) -> tuple[str, ...]:
        """Return the contexts without the entity's where there is none."""
        on_one = self.document is not None and self.document.entity_at_caret() is not None
        return tuple(context for context in self.contexts() if on_one or context != "entity")

    # What is shown

    def show(self, document: Document | None, at: int = 0) -> None:
        """Show a document with the caret at an offset, or nothing."""
        self.document = document
        self._painted, self._held = None, (0, 0)
        self._column = None
        if document:
            document.go(at)
        self._wrap()
        self.scroll_to(0, 0, animate=False, immediate=True)
        self._follow(margin=self.size.height // 3)

    def repaint(self) -> None:
        """Paint again after the document's layers have changed."""
        self._painter.forget()
        self._overview.forget()
        self.refresh()

    def _wrap(self) -> None:
        """Lay the text out anew for the width there is."""
        self._painter.forget()
        self._overview.forget()
        columns = max(min(self._measure, self.scrollable_content_region.width - 2 * GUTTER), 1)
        text = self.document.text if self.document else ""
        if self.lines.text is not text or self.lines.columns != columns:
            self.lines = Layout(text, columns)
        self._header = header(self.document.article, columns) if self.document else []
        self.virtual_size = Size(0, len(self._header) + len(self.lines) + 1)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the text that is at the top where it is, whatever the new width; a caret in sight stays so."""
        height = self.scrollable_content_region.height
        was_seen = self._is_seen(max(self._height, height))  # near its end, a text has slid down by now
        self._height = height
        top = round(self.scroll_y) - len(self._header)
        if top >= 0 and top != self._held[0]:
            self._held = (top, self.lines.line(min(top, len(self.lines) - 1)).start)
        self._wrap()
        if top >= 0:
            line, offset = self.lines.line_at(self._held[1]), self._held[1]
            self.scroll_to(0, line + len(self._header), animate=False, immediate=True)
            self._held = (line, offset)  # the line may begin before it: it does not slip with every width
        if was_seen:
            self._follow(margin=0)

    def _is_seen(self, height: int) -> bool:
        """Tell whether the caret is within so many rows from the top."""
        return self.document is not None and 0 <= self._caret_row - round(self.scroll_y) < height

    @property
    def _caret_row(self) -> int:
        caret = self.document.selection.caret if self.document else 0
        return self.lines.line_at(caret) + len(self._header)

    def notify_style_update(self) -> None:
        """Forget painted lines: the theme may have changed."""
        super().notify_style_update()
        self._painter.forget_styles()

    # Painting

    def render_line(self, y: int) -> Strip:
        """Return the strip for a row of the viewport, at its right end the bar's cell."""
        strip = self._row(y)
        sign, look = self._overview.at(y, self)
        if not sign:
            return strip
        width, style = strip.cell_length, self._painter.base + self._painter.look(look)
        return Strip([*strip.crop(0, width - 1), Segment(sign, style)], width)

    def _row(self, y: int) -> Strip:
        painter, width, left = self._painter, self.size.width, self.left()
        row = y + round(self.scroll_y)
        number = row - len(self._header)
        if self.document is not None and 0 <= number < len(self.lines):
            line, caret = self.lines.line(number), self.document.selection.caret
            shown = caret if self.has_focus and self.lines.line_at(caret) == number else None
            return painter.line(self.document, line, shown, left, width)
        text, look = "", "meta"
        if row < len(self._header):
            text, look = self._header[row]
        elif self.document is None:
            text = self._hint(y)
        return painter.strip([Segment(text, painter.base + painter.look(look))], left, width)

    def left(self) -> int:
        """Return how many cells from the pane's left a line begins."""
        return max((self.size.width - self.lines.columns) // 2, GUTTER)

    def _hint(self, y: int) -> str:
        """Return a line of what is said where no article is open."""
        lines = ("", _("↵ on a result opens the article here."), _("? shows every key."))
        return lines[y] if y < len(lines) else ""

    def on_focus(self) -> None:
        """Show the caret."""
        self._paint_moved()

    def on_blur(self) -> None:
        """Hide the caret."""
        self._paint_moved()

    # Moving

    def obey(self, name: str) -> bool:
        """Do a motion here; anything else as other widgets do."""
        if self.document and name in MOTIONS:
            self._column = None
            before = self.document.selection.caret
            self.document.move(MOTIONS[name])
            if name in FAR:
                self.post_message(self.Jumped(before, self.document.selection.caret))
            self.caret_moved()
            return True
        return super().obey(name)

    def caret_moved(self, margin: int = 1) -> None:
        """Bring the caret into view and say that it has moved."""
        self._follow(margin)
        self._paint_moved()
        if self.document:
            self.post_message(self.Moved(self.document))

    def _paint_moved(self) -> None:
        """Paint the lines on which caret and selection were and are: a fifth of the work of a whole pane."""
        if not self.document:
            return
        here = self.document.selection.caret
        now = (Span(here, here), self.document.selected)
        spans = [span for span in (*now, *(self._painted or now)) if span]
        self._painted = now
        first = self.lines.line_at(min(span.start for span in spans))
        last = self.lines.line_at(max(span.end for span in spans))
        top, height = round(self.scroll_y) - len(self._header), self.size.height
        low, high = max(first - top, 0), min(last - top + 1, height)
        if low < high:
            self.refresh(Region(0, low, self.size.width, high - low))
        if self._overview.look_at(self.document):
            self.refresh(Region(self.size.width - 1, 0, 1, height))

    def _follow(self, margin: int = 1) -> None:
        if not self.document:
            return
        height = self.scrollable_content_region.height
        row, top = self._caret_row, round(self.scroll_y)
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
