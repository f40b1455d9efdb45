"""Two interfaces on one notebook; copies made while one is open."""

import sqlite3
from contextlib import closing

import pytest

from notes import Notebook
from notes.backup import backups
from reader.paths import places


async def test_a_second_interface_reads_and_says_so(home, open_app) -> None:
    with Notebook.open(places(home).notes) as first:
        assert first.hold()
        async with open_app(home) as hand:
            await hand.until(lambda: "Liseuse, read only" in hand.painted())
            (notice,) = hand.app._notifications
            assert notice.message.startswith("Another Liseuse has this notebook open")
            await hand.read("agent")
            for key in ("t", "a"):
                await hand.press(key)
                await hand.until(lambda: hand.app.screen is hand.screen)
            assert len(first.notes()) == 0
            first.close()
            await hand.press("t", "x", "enter")
            await hand.until(lambda: "Note saved" in hand.painted())
            assert "read only" not in hand.painted()


async def test_the_notebook_is_copied_when_it_is_opened_after_a_change(home, open_app) -> None:
    path = places(home).notes
    async with open_app(home) as hand:
        await hand.read("agent")
        assert backups(path) == []
        await hand.press("t", "x", "enter")
        await hand.until(lambda: "Note saved" in hand.painted())
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.until(lambda: len(backups(path)) == 1)


@pytest.mark.parametrize("store", ["notes", "library"])
async def test_where_a_store_cannot_be_opened_no_key_ends_the_program(home, open_app, store) -> None:
    table = {"notes": "note", "library": "article"}[store]
    with closing(sqlite3.connect(getattr(places(home), store))) as db:
        db.execute(f"CREATE TRIGGER evil AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END")
    async with open_app(home, opens=False) as hand:
        await hand.until(lambda: any("damaged" in n.message for n in hand.app._notifications))
        for keys in (
            "a",
            "t",
            ".",
            "u",
            "ctrl+r",
            "gn",
            "gt",
            "ge",
            "gu",
            "X",
            "y",
            "Y",
            "w",
            "f",
            "E",
            "H",
            "A",
        ):
            for pane in ("1", "2", "3"):
                await hand.press("escape", "escape", pane, *([keys] if "+" in keys else keys))
                await hand.pilot.pause()
                await hand.press("j", "enter")
        await hand.press("escape", "escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
