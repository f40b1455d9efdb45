"""Widgets that scroll what they paint line by line."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from textual.geometry import Size

_PARTS: Final = len(ScrollBar.renderer.VERTICAL_BARS)
"""Into how many parts of a cell the ends of a bar's thumb are painted."""


class Scrolled(Keyed, ScrollView, can_focus=True):
    """Scrolls under the keymap's commands, and paints of its bar what has changed.

    Textual paints the bars of every ScrollView in a frame of their own after each layout of the
    screen, as after each letter of a query: 4 kB more over the line, and 30 ms later. And it paints
    the whole bar for each row scrolled: a third of the work.
    """

    _measured: tuple[Size, ...] = ()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002 - Textual's signature
    ) -> bool:
        measured = (size, container_size, self.virtual_size)  # the one given is of what is seen
        if measured == self._measured:
            return False
        self._measured = measured
        return super()._size_updated(size, virtual_size, container_size, layout)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Paint what has come into view, and the ends of the bar's thumb."""
        if self.show_vertical_scrollbar:
            _move(self.vertical_scrollbar, new_value)
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)


def _move(bar: ScrollBar, position: float) -> None:
    before = _thumb(bar)
    bar.set_reactive(ScrollBar.position, bar.validate_position(position))
    for old, new in zip(before, _thumb(bar), strict=True):
        if old != new:
            first, last = min(old, new) // _PARTS, max(old, new) // _PARTS
            bar.refresh(Region(0, first, bar.size.width, last - first + 1))


def _thumb(bar: ScrollBar) -> tuple[int, int]:
    """Return where a bar's thumb begins and ends, in parts of a cell, as `ScrollBarRender` computes it."""
    rows, window, virtual = bar.size.height, bar.window_size, bar.window_virtual_size
    if not 0 < window < virtual:
        return 0, 0
    size = max(1.0, window * rows / virtual)
    start = int((rows - size) * bar.position / (virtual - window) * _PARTS)
    return start, start + ceil(size * _PARTS)
