"""Widgets that scroll what they paint line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.geometry import Size


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
        if moved := round(new_value) - round(old_value):
            self.moved_by(moved)

    def moved_by(self, lines: int) -> None:  # noqa: ARG002 - for subclasses
        """Paint what is seen after so many lines have gone by."""
        self.refresh(self.size.region)


def _move(bar: ScrollBar, position: float) -> None:
    before = _cells(bar)
    bar.set_reactive(ScrollBar.position, bar.validate_position(position))
    changed = [row for row, (was, now) in enumerate(zip(before, _cells(bar), strict=True)) if was != now]
    if changed:
        bar.refresh(Region(0, changed[0], bar.size.width, changed[-1] - changed[0] + 1))


def _cells(bar: ScrollBar) -> list[Segment]:
    """Return the cells of a bar, in colours of its own."""
    rows = bar.size.height
    window = bar.window_size if bar.window_size < bar.window_virtual_size else 0
    painted = bar.renderer.render_bar(
        rows, bar.window_virtual_size, window, bar.position, vertical=bar.vertical
    )
    return painted.segments[:rows]  # a thumb is below its bar while how much is scrolled has just changed
