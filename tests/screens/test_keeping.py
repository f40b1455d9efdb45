"""Two interfaces on one notebook; copies made while one is open."""

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
