"""The article pane's keys and mouse: motions that need lines, text objects, drag and click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.motion import word_span
from reader.text.selection import paragraph_at, sentence_at
from reader.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from textual import events

_SENTENCE_CLICKS = 3
_WORD_CLICKS = 2


class ArticlePane(ArticleView):
    """An `ArticleView` that obeys: what it cannot do itself (notes, tags) goes up to the screen."""

    ALLOW_SELECT = False  # one selection model, ours: exact offsets, the same from keys and mouse

    # Lines and pages

    def _page(self) -> int:
        return max(self.scrollable_content_region.height - 2, 1)

    def do_line_down(self) -> None:
        """Move the caret a line down."""
        self.move_lines(1)

    def do_line_up(self) -> None:
        """Move the caret a line up."""
        self.move_lines(-1)

    def do_page_down(self) -> None:
        """Turn a page."""
        self._scroll_page(self._page())

    def do_page_up(self) -> None:
        """Turn a page back."""
        self._scroll_page(-self._page())

    def do_half_down(self) -> None:
        """Go half a page down."""
        self._scroll_page(self._page() // 2)

    def do_half_up(self) -> None:
        """Go half a page up."""
        self._scroll_page(-self._page() // 2)

    def _scroll_page(self, lines: int) -> None:
        """Scroll, and take the caret along so that it keeps its place on the screen."""
        self.scroll_to(0, self.scroll_y + lines, animate=False, immediate=True)
        self.move_lines(lines)

    def do_line_start(self) -> None:
        """Move the caret to the beginning of its line."""
        self._to_column(0)

    def do_line_end(self) -> None:
        """Move the caret to the end of its line."""
        self._to_column(self.lines.columns)

    def _to_column(self, column: int) -> None:
        if self.document:
            line = self.lines.line_at(self.document.selection.caret)
            self.document.go(self.lines.offset_at(line, column))
            self._column = None
            self.caret_moved()

    # Selecting

    def do_select(self) -> None:
        """Begin a selection at the caret, or drop the one there is."""
        if self.document:
            selection = self.document.selection
            self.document.selection = (
                selection.dropped() if selection.anchor is not None else selection.begun()
            )
            self.caret_moved()

    def do_leave(self) -> None:
        """Drop the selection and the matches of the last find."""
        if self.document:
            self.document.selection = self.document.selection.dropped()
            self.document.set_layer("matches", ())
            self.repaint()
            self.caret_moved()

    def do_sentence(self) -> None:
        """Select the sentence at the caret, then the next one too."""
        if self.document:
            self.document.take(sentence_at)
            self.caret_moved()

    def do_paragraph(self) -> None:
        """Select the paragraph at the caret, then the next one too."""
        if self.document:
            self.document.take(paragraph_at)
            self.caret_moved()

    def do_grow(self) -> None:
        """Grow the selection to the next larger text object."""
        if self.document:
            self.document.grow()
            self.caret_moved()

    def do_shrink(self) -> None:
        """Shrink the selection to the next smaller text object."""
        if self.document:
            self.document.shrink()
            self.caret_moved()

    def do_other_end(self) -> None:
        """Put the caret at the selection's other end."""
        if self.document:
            self.document.selection = self.document.selection.swapped()
            self.caret_moved()

    # Jumping

    def do_next_entity(self) -> None:
        """Go to the next entity."""
        self._jump("entities", forward=True)

    def do_previous_entity(self) -> None:
        """Go to the previous entity."""
        self._jump("entities", forward=False)

    def do_next_note(self) -> None:
        """Go to the next note."""
        self._jump("notes", forward=True)

    def do_previous_note(self) -> None:
        """Go to the previous note."""
        self._jump("notes", forward=False)

    def do_next_hit(self) -> None:
        """Go to the next hit of the search."""
        self._jump("hits", forward=True)

    def do_previous_hit(self) -> None:
        """Go to the previous hit of the search."""
        self._jump("hits", forward=False)

    def do_next_section(self) -> None:
        """Go to the next heading."""
        self._jump("structure", forward=True)

    def do_previous_section(self) -> None:
        """Go to the previous heading."""
        self._jump("structure", forward=False)

    def do_next_match(self) -> None:
        """Go to the next match of the find, or of the search when nothing was looked for here."""
        self._jump(self._sought(), forward=True)

    def do_previous_match(self) -> None:
        """Go to the previous match of the find, or of the search when nothing was looked for here."""
        self._jump(self._sought(), forward=False)

    def _sought(self) -> str:
        return "matches" if self.document and self.document.layers["matches"] else "hits"

    def _jump(self, layer: str, *, forward: bool) -> None:
        before = self.document.selection.caret if self.document else 0
        if self.document and self.document.jump(layer, forward=forward):
            self._column = None
            self.post_message(self.Jumped(before, self.document.selection.caret))
            self.caret_moved(margin=3)
        else:
            self.app.bell()

    # The mouse

    def _offset_under(self, event: events.MouseEvent) -> int:
        row = event.y - self.gutter.top + round(self.scroll_y) - len(self._header)
        left = max((self.size.width - self.lines.columns) // 2, 2)
        return self.lines.offset_at(row, event.x - self.gutter.left - left)

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
