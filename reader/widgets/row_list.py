"""A list on the line API: any number of rows at the cost of those that are seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from rich.text import Text
from textual.geometry import Region, Size
from textual.message import Message

from reader.render import painted
from reader.text.layout import Layout
from reader.widgets.row_painter import RowPainter
from reader.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from typing import Self

    from rich.style import Style
    from textual import events
    from textual.strip import Strip


class RowList(Scrolled):
    """Rows of one height, one of them current. A subclass says how many there are and paints each."""

    COMPONENT_CLASSES = {"row--current", "row--dim", "row--match", "row--title"}
    DEFAULT_CSS = "RowList { overflow-x: hidden; overflow-y: auto; }"
    ROW_HEIGHT = 1

    @dataclass
    class Chosen(Message):
        """A row was opened."""

        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list that says so."""
            return self.rows

    @dataclass
    class Passed(Message):
        """Another row is current."""

        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list that says so."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:
        self._painter = RowPainter(self)
        super().__init__(id=id)
        self.current = 0
        self.nothing: tuple[str, ...] = ()
        """What is said where there are no rows, each on lines of its own; results offer others under it."""

    def count(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> list[Text]:
        """Return the lines of a row, at most `ROW_HEIGHT` of them."""
        raise NotImplementedError

    def _empty(self) -> list[Text]:
        columns = self.size.width - 2
        lines = chain.from_iterable(Layout(said, columns).texts() for said in self.nothing)
        return [Text(painted(line), self.look("dim")) for line in lines]

    def can_choose(self, index: int) -> bool:  # noqa: ARG002 - for subclasses with headings
        """Tell whether a row can be the current one."""
        return True

    def rows_changed(self, current: int = 0) -> None:
        """Show the rows as they are now."""
        self.current = min(max(current, 0), max(self.count() - 1, 0))
        if self.count() and not self.can_choose(self.current):
            self.current = self._next_choice(self.current, 1)
        self.virtual_size = Size(0, self.count() * self.ROW_HEIGHT)
        self._follow()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the strip for a row of the viewport."""
        index, line = divmod(y + round(self.scroll_y), self.ROW_HEIGHT)
        if index < self.count():
            return self._painter.strips(index)[line]
        said = [] if self.count() else self._empty()
        return self._painter.said(said[y] if y < len(said) else Text())

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint again: any row may have changed, unless regions are named, as when the list is scrolled."""
        if not regions:
            self._painter.forget()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Forget what was painted: the theme may have changed."""
        super().notify_style_update()
        self._painter.forget()

    def look(self, name: str) -> Style:
        """Return one of the list's component styles."""
        return self._painter.look(name)

    def moved_by(self, lines: int) -> None:
        """Take along what is painted of the rows that are still seen."""
        self._painter.take_along(lines)

    # Moving

    def move_to(self, index: int) -> None:
        """Make a row the current one."""
        index = min(max(index, 0), max(self.count() - 1, 0))
        if index == self.current or not self.count():
            return
        before, self.current = self.current, index
        self._painter.repaint(before, index)
        self._follow()
        super().refresh(self._region(before), self._region(index))  # all other rows are as they were
        self.post_message(self.Passed(self, index))

    def _region(self, index: int) -> Region:
        """Return where a row is in the viewport."""
        top = index * self.ROW_HEIGHT - round(self.scroll_y)
        low, high = max(top, 0), min(top + self.ROW_HEIGHT, self.size.height)
        return Region(0, low, self.size.width, max(high - low, 0))

    def _next_choice(self, start: int, step: int) -> int:
        """Return the first row from `start` on, else before it, that can be chosen."""
        end = self.count() if step > 0 else -1
        back = -1 if step > 0 else self.count()
        rows = chain(range(start, end, step), range(start - step, back, -step))
        return next((row for row in rows if self.can_choose(row)), self.current)

    def _step(self, delta: int) -> None:
        if not self.count():
            return
        target = min(max(self.current + delta, 0), self.count() - 1)
        self.move_to(self._next_choice(target, 1 if delta > 0 else -1))

    def _follow(self) -> None:
        """Bring the current row into view."""
        top, height = round(self.scroll_y), max(self.scrollable_content_region.height, 1)
        first = self.current * self.ROW_HEIGHT
        if first < top:
            self.scroll_to(0, first, animate=False, immediate=True)
        elif first + self.ROW_HEIGHT > top + height:
            self.scroll_to(0, first + self.ROW_HEIGHT - height, animate=False, immediate=True)

    def _page(self) -> int:
        return max(self.scrollable_content_region.height // self.ROW_HEIGHT, 1)

    def do_down(self) -> None:
        """Go to the next row."""
        self._step(1)

    def do_up(self) -> None:
        """Go to the previous row."""
        self._step(-1)

    def do_page_down(self) -> None:
        """Go a page down."""
        self._step(self._page())

    def do_page_up(self) -> None:
        """Go a page up."""
        self._step(-self._page())

    def do_half_down(self) -> None:
        """Go half a page down."""
        self._step(max(self._page() // 2, 1))

    def do_half_up(self) -> None:
        """Go half a page up."""
        self._step(-max(self._page() // 2, 1))

    def do_top(self) -> None:
        """Go to the first row."""
        self._step(-self.count())

    def do_bottom(self) -> None:
        """Go to the last row."""
        self._step(self.count())

    def do_open(self) -> None:
        """Open the current row."""
        if self.count():
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """Make the row under the mouse the current one, and open it."""
        index = (event.y - self.gutter.top + round(self.scroll_y)) // self.ROW_HEIGHT
        if 0 <= index < self.count() and self.can_choose(index):  # the line above the rows is none
            self.move_to(index)
            self.do_open()

    def on_focus(self) -> None:
        """Show which row is current."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh()
