"""Every screen as it is painted, at two sizes, dark, light and without colour.

`tests/screens/snapshots/` holds for each size the text of every stop of the tour, and for each look the
runs of styles in every line. After a change that is meant: `make snapshots`, then read the difference.
"""

import os
from collections.abc import Callable
from itertools import count, groupby
from pathlib import Path

import pytest
from screens.tour import STOPS

from notes import Notebook

SNAPSHOTS = Path(__file__).parent / "snapshots"
WRITE = "SNAPSHOTS" in os.environ
LOOKS = {"dark": ("dark", False), "light": ("light", False), "colourless": ("dark", True)}


def text_of(hand) -> list[str]:
    return [line.rstrip() for line in hand.painted().split("\n")]


def runs_of(hand) -> list[str]:
    """How long each style runs, line by line, as in `12 bold #d8d4cb on #16181c`; lines like the one before as `=`."""
    lines = []
    for strip in hand.app.screen._compositor.render_strips():
        styled = [(str(segment.style), segment.cell_length) for segment in strip]
        runs = groupby(styled, lambda part: part[0])
        lines.append("  ".join(f"{sum(cells for _style, cells in run)} {style}" for style, run in runs))
    return ["=" if line == before else line for before, line in zip(["", *lines], lines, strict=False)]


@pytest.fixture(autouse=True)
def one_day(monkeypatch) -> None:
    """Notes are written on one day, a second apart."""
    seconds = count()
    monkeypatch.setattr(Notebook, "_time", lambda _self: f"2026-11-23T09:00:{next(seconds):02}Z")


async def painted_as(hand, take: Callable[[object], list[str]], kept: list[str]) -> None:
    """Wait until what is painted is as it was; say where it differs if it never is."""
    try:
        await hand.until(lambda: take(hand) == kept)
    except AssertionError:
        assert take(hand) == kept


class Snapshot:
    """What was painted at every stop, in a file."""

    def __init__(self, name: str) -> None:
        self.path = SNAPSHOTS / f"{name}.txt"
        kept = "" if WRITE else self.path.read_text(encoding="utf-8")
        pages = (page.partition("\n") for page in kept.split("\f\n")[1:])
        self._pages = {title: page.splitlines() for title, _end, page in pages}

    def at(self, stop: str, lines: list[str]) -> list[str]:
        """What was painted there; now when snapshots are written."""
        return self._pages.setdefault(stop, lines)

    def close(self) -> None:
        if WRITE:
            SNAPSHOTS.mkdir(exist_ok=True)
            pages = (f"\f\n{stop}\n" + "\n".join(lines) + "\n" for stop, lines in self._pages.items())
            self.path.write_text("".join(pages), encoding="utf-8")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_looks_as_it_did(annotated, open_app, size, look) -> None:
    name = f"{size[0]}x{size[1]}"
    text, runs = Snapshot(f"{name}-text"), Snapshot(f"{name}-{look}")
    theme, no_color = LOOKS[look]
    async with open_app(annotated, size, theme, no_color=no_color) as hand:
        await hand.read("Bamako")
        for stop in STOPS:
            await hand.press(*stop.there)
            if WRITE:
                await hand.pilot.pause(1.0)
            await painted_as(hand, text_of, text.at(stop.name, text_of(hand)))
            await painted_as(hand, runs_of, runs.at(stop.name, runs_of(hand)))
            await hand.press(*stop.back)
    for snapshot in (text, runs):
        snapshot.close()
