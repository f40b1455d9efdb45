"""Keys that come all at once, as from a slow line, do what they would have done one by one."""

from textual.events import Key
from textual.widgets import TextArea

KEYS = {"\x7f": "backspace", "\x15": "ctrl+u", "<": "left"}


def at_once(hand, typed: str) -> None:
    for char in typed:
        named = KEYS.get(char)
        hand.app.post_message(Key(named or char, None if named else char))


async def test_what_takes_back_takes_back_what_was_typed_before_it(home, open_app) -> None:
    async with open_app(home) as hand:
        at_once(hand, "abc\x7fd")
        await hand.until(lambda: hand.screen.query_bar.value == "abd")
        at_once(hand, "\x15gaa\x7fo<<é")
        await hand.until(lambda: hand.screen.query_bar.value == "géao")


async def test_a_comment_is_what_was_typed(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        await hand.press("a")
        await hand.until(lambda: isinstance(hand.app.focused, TextArea))
        at_once(hand, "dx\x7foutte\x7f\x7fe")
        await hand.until(lambda: hand.app.focused.text == "doute")
