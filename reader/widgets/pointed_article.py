"""The article pane's mouse: click, drag, double and triple click end in the same passages as the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.motion import word_span
from reader.text.selection import sentence_at
from reader.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from textual import events

    from reader.text.document import Document

_SENTENCE_CLICKS = 3
_WORD_CLICKS = 2


class PointedArticle(ArticleView):
    """An `ArticleView` in which the mouse moves the caret and selects."""

    ALLOW_SELECT = False  # one selection model, ours: exact offsets, the same from keys and mouse

    _drag: int | None = None
    """Where a drag began."""

    def show(self, document: Document | None, at: int = 0) -> None:
        """Show a document, and end a drag in the one before."""
        self._drag = None
        super().show(document, at)

    def _offset_under(self, event: events.MouseEvent) -> int:
        row = event.y - self.gutter.top + round(self.scroll_y) - len(self._header)
        return self.lines.offset_at(row, event.x - self.gutter.left - self.left())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret where the mouse is; with Shift, extend the selection to there."""
        if not self.document:
            return
        selection = self.document.selection
        if not event.shift:
            selection = selection.dropped()
        elif selection.anchor is None:
            selection = selection.begun()
        self.document.selection = selection
        self.document.go(self._offset_under(event))
        self._drag = self.document.selection.caret
        self.capture_mouse()
        self.caret_moved()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while dragging."""
        if self._drag is None or not self.document:
            return
        offset = self._offset_under(event)
        if offset != self.document.selection.caret:
            if self.document.selection.anchor is None:
                self.document.selection = self.document.selection.begun()
            self.document.go(offset)
            self.caret_moved()

    def on_mouse_up(self) -> None:
        """End a drag."""
        self._drag = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word at the second click, the sentence at the third."""
        if not self.document or event.chain < _WORD_CLICKS:
            return
        text, offset = self.document.text, self._offset_under(event)
        triple = event.chain >= _SENTENCE_CLICKS
        self.document.select(sentence_at(text, offset) if triple else word_span(text, offset))
        self.caret_moved()
