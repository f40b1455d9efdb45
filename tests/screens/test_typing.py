"""Keys that come all at once, as from a slow line, do what they would have done one by one."""

from textual.widgets import TextArea


async def test_what_takes_back_takes_back_what_was_typed_before_it(home, open_app) -> None:
    async with open_app(home) as hand:
        hand.at_once("abc\x7fd")
        await hand.until(lambda: hand.screen.query_bar.value == "abd")
        hand.at_once("\x15gaa\x7fo←←é")
        await hand.until(lambda: hand.screen.query_bar.value == "géao")


async def test_a_comment_is_what_was_typed(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        await hand.press("a")
        await hand.until(lambda: isinstance(hand.app.focused, TextArea))
        hand.at_once("dx\x7foutte\x7f\x7fe")
        await hand.until(lambda: hand.app.focused.text == "doute")
