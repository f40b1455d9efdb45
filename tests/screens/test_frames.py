"""What is painted of a frame is what a painter would have painted of it, one widget over the other."""

import random

import pytest
from rich.cells import cell_len
from screens.test_row_list import Listing, Rows
from textual.geometry import Region
from textual.scrollbar import ScrollBar


def cells(strip):
    """What is in each cell of a line: a wide character is in its first, and nothing in its second."""
    styled = [(char, str(segment.style)) for segment in strip for char in segment.text]
    return [cell for char, style in styled for cell in [(char, style), ("", style)][: cell_len(char)]]


def painter(compositor):
    """Each cell of the screen: what is behind first, and over it what is in front."""
    canvas = {}
    for widget, (region, clip) in reversed(list(compositor.visible_widgets.items())):
        shown = region.intersection(clip)
        for y, strip in enumerate(widget.render_lines(shown.translate(-region.offset)), shown.y):
            canvas |= {(x, y): cell for x, cell in enumerate(cells(strip), shown.x)}
    return canvas


def frame(compositor, crop):
    """Each cell of a region, as a frame for its change has it."""
    chops = compositor._render_chops(crop, range(crop.y, crop.bottom).__contains__)
    painted = {}
    for y in range(crop.y, crop.bottom):
        for left, strip in chops[y].items():
            if strip is not None:
                painted |= {(x, y): cell for x, cell in enumerate(cells(strip), left)}
    return {
        (x, y): painted.get((x, y)) for x in range(crop.x, crop.right) for y in range(crop.y, crop.bottom)
    }


@pytest.mark.parametrize("keys", [[], ["f1"], ["a"], ["b", "N"], ["ctrl+p"]], ids="+".join)
async def test_a_frame_of_any_region_is_what_a_painter_paints(annotated, open_app, keys) -> None:
    chance = random.Random(1)
    async with open_app(annotated, toasts=True) as hand:
        await hand.read("Bamako")
        await hand.press(*keys)
        hand.app.notify("said over everything", timeout=60)
        await hand.until(lambda: "said over everything" in hand.painted())
        compositor = hand.app.screen._compositor
        width, height = hand.app.size
        whole = painter(compositor)
        for _ in range(60):
            x, y = chance.randrange(width), chance.randrange(height)
            crop = Region(x, y, chance.randint(1, width - x), chance.randint(1, height - y))
            assert frame(compositor, crop) == {at: whole[at] for at in frame(compositor, crop)}
        assert frame(compositor, hand.app.size.region) == whole


async def test_a_frame_between_a_widget_s_going_and_the_next_layout_has_no_hole(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("Bamako")
        compositor, side = hand.screen._compositor, hand.screen.side
        parent = side.parent
        side._detach()
        assert all(strip is not None for line in compositor.render_full_update().strips for strip in line)
        side._attach(parent)


def seen_of(rows):
    """What is painted of a list, and of its bar."""
    bar = rows.vertical_scrollbar
    lines = rows.render_lines(rows.outer_size.region), bar.render_lines(bar.size.region)
    return [[cells(strip) for strip in part] for part in lines]


@pytest.mark.parametrize("count", [11, 40, 1000, 100_000])
@pytest.mark.parametrize("height", [1, 3])
async def test_a_list_of_which_little_was_painted_is_as_one_painted_anew(count, height) -> None:
    chance = random.Random(count)
    async with Listing().run_test() as pilot:
        rows = pilot.app.query_one(Rows)
        there = [count]
        rows.count, rows.ROW_HEIGHT = (lambda: there[0]), height
        rows.styles.border_top = ("solid", "red")
        rows.rows_changed()
        rows.focus()
        await pilot.pause()
        seen = set()
        for _ in range(60):
            for _ in range(chance.randint(1, 3)):  # before the next frame
                rows.move_to(chance.choice([rows.current + 1, rows.current - 3, chance.randrange(count)]))
                if not chance.randrange(9):
                    there[0] = chance.randint(1, count)  # as when another search finds less
                    rows.rows_changed(chance.choice([rows.current, there[0] - 1]))
                if not chance.randrange(4):
                    rows.scroll_relative(y=chance.randint(-7, 7), animate=False, immediate=True)
            await pilot.pause()
            little = seen_of(rows)
            rows.refresh()
            rows.vertical_scrollbar.refresh()
            await pilot.pause()
            assert little == seen_of(rows)
            seen.add(str(little))
        assert len(seen) > 20


async def test_a_letter_of_the_query_does_not_paint_the_bars(annotated, open_app, monkeypatch) -> None:
    async with open_app(annotated) as hand:
        await hand.read("Bamako")
        await hand.press("s", "end")
        await hand.pilot.pause()
        painted = []
        refresh = ScrollBar.refresh
        monkeypatch.setattr(
            ScrollBar, "refresh", lambda bar, *a, **k: (painted.append(bar), refresh(bar, *a, **k))[1]
        )
        await hand.press("x", "backspace")
        await hand.until(lambda: hand.screen.results.hits)
        assert not painted
