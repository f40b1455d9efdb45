"""What the screen says of its keys: the help, and what can follow a key."""

from reader.config import KeysEntry
from reader.screens.help import Help
from reader.screens.notebook import NotebookPage
from reader.widgets.footer import Footer


async def test_the_help_lists_every_key(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("tab", "?")
        await hand.until(lambda: "Anywhere but in a text field" in hand.painted())
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_the_help_finds_a_key_by_its_words_and_by_itself(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("tab", "?")
        await hand.until(lambda: "Anywhere but in a text field" in hand.painted())
        await hand.type("next sec")
        await hand.until(lambda: "Next section" in hand.painted() and "Next entity" not in hand.painted())
        for _ in "next sec":
            await hand.press("backspace")
        await hand.type("]e")
        await hand.until(lambda: "Next entity" in hand.painted() and "Next section" not in hand.painted())
        await hand.type("qqq")
        await hand.until(lambda: "No key does that" in hand.painted())
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_a_key_sequence_shows_what_can_follow(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("]")
        await hand.until(lambda: "Next entity" in hand.painted() and "Next section" in hand.painted())
        await hand.press("e")
        await hand.until(lambda: "Next entity" not in hand.painted())


async def test_the_footer_offers_what_can_be_done_where_the_caret_is(home, open_app) -> None:
    async with open_app(home) as hand:
        assert "F1 Keys" in hand.painted().splitlines()[-1]
        await hand.press("f1")
        await hand.until(lambda: isinstance(hand.app.screen, Help))
        assert "In the query" in hand.painted().split("Anywhere")[0]
        await hand.press("escape")
        await hand.read("Bamako")
        await hand.press("g", "g", "w")
        await hand.until(lambda: "Not a name" not in hand.painted().splitlines()[-1])
        await hand.press("]", "e")
        await hand.until(lambda: "x Not a name" in hand.painted().splitlines()[-1])
        assert "? Keys" in hand.painted().splitlines()[-1]
        await hand.press("v", "s")
        await hand.until(lambda: hand.painted().splitlines()[-1].count(" s ") == 1)


async def test_a_click_on_what_the_footer_shows_presses_its_keys(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")

        async def click(shown: str) -> None:
            await hand.until(lambda: shown in hand.painted().splitlines()[-1])
            footer = hand.app.screen.query_one(Footer)
            await hand.pilot.click(footer, offset=(hand.painted().splitlines()[-1].index(shown), 0))

        await click("v Select")
        await click("s Sentence")
        await hand.until(lambda: hand.screen.article_pane.document.selected)
        await hand.press("]")
        await click("n Next note")
        await hand.until(lambda: "v Select" in hand.painted().splitlines()[-1])
        await click("gn Notebook")
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage))
        await click("q Back")
        await hand.until(lambda: hand.app.screen is hand.screen)
        last = hand.painted().splitlines()[-1]
        await hand.pilot.click(hand.screen.footer, offset=(len(last.rstrip()) + 1, 0))
        assert hand.app.screen is hand.screen


async def test_a_command_may_be_left_without_a_key(home, open_app) -> None:
    keyless = [("anywhere", "quit"), ("article", "annotate")]
    async with open_app(home, keys=tuple(KeysEntry(*one, (), 1) for one in keyless)) as hand:
        await hand.read("agent")
        assert "? Keys" in hand.painted()
        assert "Quit" not in hand.painted()
        await hand.press("Q", "a", "?")
        await hand.until(lambda: isinstance(hand.app.screen, Help))
        await hand.type("quit")
        await hand.until(lambda: "no key" in hand.painted())
        await hand.press("escape", "ctrl+p")
        await hand.type("quit")
        await hand.until(lambda: "Quit" in hand.painted())
        await hand.press("escape")
