"""The article pane's keys: motions that need lines, text objects, jumps."""

from __future__ import annotations

from reader.text.selection import paragraph_at, sentence_at
from reader.widgets.pointed_article import PointedArticle


class ArticlePane(PointedArticle):
    """An article that obeys: what it cannot do itself (notes, tags) goes up to the screen."""

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
