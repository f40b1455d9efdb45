"""What a list has painted, until it may have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

if TYPE_CHECKING:
    from reader.widgets.row_list import RowList

_KEPT: Final = 500
"""Rows that are kept."""


class RowPainter:
    """Makes the lines of a row when it is first seen, and its strips also when it becomes the current one."""

    def __init__(self, rows: RowList) -> None:
        self._rows = rows
        self._width = 0
        self.forget()

    def forget(self) -> None:
        """Make everything anew."""
        self._lines: dict[int, list[Text]] = {}
        self._strips: dict[int, list[Strip]] = {}
        self._looks: dict[str, Style] = {}

    def repaint(self, *rows: int) -> None:
        """Paint rows anew that say what they said."""
        for row in rows:
            self._strips.pop(row, None)

    def look(self, name: str) -> Style:
        """Return one of the list's component styles."""
        if name not in self._looks:
            self._looks[name] = self._rows.get_component_rich_style(f"row--{name}", partial=True)
        return self._looks[name]

    def _ground(self) -> Style:
        """Return the list's own style."""
        if "" not in self._looks:
            self._looks[""] = self._rows.rich_style
        return self._looks[""]

    def strips(self, index: int) -> list[Strip]:
        """Return the strips of a row, as many as rows have lines."""
        if self._width != (width := self._rows.size.width) or len(self._lines) > _KEPT:
            self.forget()
            self._width = width
        if index not in self._strips:
            self._strips[index] = self._made(index)
        return self._strips[index]

    def _made(self, index: int) -> list[Strip]:
        rows, style, bar = self._rows, self._ground(), " "
        if index not in self._lines:
            lines = rows.row(index, self._width - 2)
            self._lines[index] = [*lines, *[Text()] * (rows.ROW_HEIGHT - len(lines))]
        if index == rows.current and rows.can_choose(index):
            style, bar = style + self.look("current"), "▌" if rows.has_focus else " "
        return [self._strip(line, self._width, style, bar) for line in self._lines[index]]

    def said(self, text: Text) -> Strip:
        """Return a line that is no row's."""
        return self._strip(text, self._rows.size.width, self._ground(), " ")

    def _strip(self, text: Text, width: int, style: Style, bar: str) -> Strip:
        strip = Strip([Segment(bar, style), *self._segments(text, style)])
        return strip.adjust_cell_length(width, style)

    def _segments(self, text: Text, style: Style) -> list[Segment]:
        if isinstance(text.style, Style):  # Rich leaves it out where a text has no spans
            style += text.style
        rendered = text.render(self._rows.app.console)
        return [Segment(s.text, style + s.style if s.style else style) for s in rendered]

    def take_along(self, lines: int) -> None:
        """Have the list painted after so many lines have gone by: those still seen are painted already.

        Textual keeps a widget's lines by where they are, and would style each anew.
        """
        rows, painted = self._rows, self._rows._styles_cache  # noqa: SLF001 - nothing public does it
        inside = range(rows.content_offset.y, rows.content_offset.y + rows.size.height)
        seen = {y: strip for y, strip in painted._cache.items() if y in inside and not painted.is_dirty(y)}  # noqa: SLF001
        rows.refresh(rows.size.region)
        kept = {y - lines: strip for y, strip in seen.items() if y - lines in inside}
        painted._cache.update(kept)  # noqa: SLF001
        painted._dirty_lines.difference_update(kept)  # noqa: SLF001
