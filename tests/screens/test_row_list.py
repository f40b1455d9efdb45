"""The list: a row is made when it is first seen, and again only when it may have changed."""

from collections import Counter

from rich.text import Text
from textual.app import App

from reader.widgets.row_list import RowList


class Rows(RowList):
    """A thousand rows that count how often each is made."""

    DEFAULT_CSS = "Rows { width: 20; height: 10; }"

    def __init__(self) -> None:
        super().__init__()
        self.made = Counter()

    def count(self):
        return 1000

    def row(self, index, width):
        self.made[index] += 1
        return [Text(f"row {index}")]


class Listing(App[None]):
    def compose(self):
        yield Rows()


async def scrolled(steps, before=lambda _rows: None):
    async with Listing().run_test() as pilot:
        rows = pilot.app.query_one(Rows)
        rows.rows_changed()
        rows.focus()
        await pilot.pause()
        for _ in range(steps):
            rows.do_down()
            before(rows)
            await pilot.pause()
        return rows, rows.made, [rows.render_line(y).text.strip(" ▌") for y in range(10)]


async def test_scrolling_makes_a_row_when_it_comes() -> None:
    rows, made, seen = await scrolled(100)
    assert rows.current == 100
    assert seen[-1] == "row 100"
    assert all(made[index] == 1 for index in range(20, 100))


async def test_rows_that_may_have_changed_are_made_anew() -> None:
    _rows, made, _seen = await scrolled(100, before=lambda rows: rows.refresh())
    assert all(made[index] >= 9 for index in range(20, 90))


async def test_the_line_above_the_rows_is_no_row(home, open_app) -> None:
    async with open_app(home) as hand:
        assert hand.screen.side.lines == []
        await hand.pilot.click(hand.screen.side, offset=(5, 0))
        assert hand.app.is_running
