import pytest

from reader.commands import COMMANDS
from reader.keys import Command, Keymap, Pending, key_of, shown
from reader.screens.help import context_name


def keymap() -> Keymap:
    return Keymap(
        [
            Command("top", "Top", "article", ("g g",)),
            Command("add", "Add", "anywhere", ("g a",)),
            Command("down", "Down", "article", ("j", "down"), footer="x"),
            Command("quit", "Quit", "anywhere", ("Q",), footer="x"),
        ]
    )


def feed(keys: Keymap, *pressed: str) -> str | Pending:
    answer: Command | Pending = Pending.NONE
    for key in pressed:
        answer = keys.feed(key, ("article", "anywhere"))
    return answer.name if isinstance(answer, Command) else answer


def test_a_key_means_what_the_nearest_context_says() -> None:
    assert feed(keymap(), "j") == "down"
    assert feed(keymap(), "Q") == "quit"
    assert feed(keymap(), "z") is Pending.NONE


def test_a_sequence_of_the_nearest_context() -> None:
    keys = keymap()
    assert feed(keys, "g") is Pending.MORE
    assert keys.pending == ("g",)
    assert feed(keys, "g") == "top"
    assert keys.pending == ()


def test_a_sequence_of_an_outer_context_is_not_hidden_by_one_of_the_nearer() -> None:
    assert feed(keymap(), "g", "a") == "add"


def test_what_can_follow_is_told() -> None:
    keys = keymap()
    feed(keys, "g")
    assert [(s, c.name) for s, c in keys.following(("article", "anywhere"))] == [("g", "top"), ("a", "add")]


def test_a_sequence_is_given_up_by_escape_and_by_a_key_that_is_none_of_it() -> None:
    for key in ("escape", "z"):
        keys = keymap()
        assert feed(keys, "g", key) is Pending.MORE
        assert keys.pending == ()
        assert feed(keys, "j") == "down"


def test_two_commands_cannot_have_one_key() -> None:
    with pytest.raises(ValueError, match="both"):
        Keymap([Command("a", "", "x", ("j",)), Command("b", "", "x", ("j",))])


def test_our_own_declarations_hold_together() -> None:
    keys = Keymap(COMMANDS)
    assert all(context_name(command.context) for command in keys.commands)


def test_no_key_of_a_sequence_is_a_command_of_its_own() -> None:
    keys = {(c.context, k) for c in COMMANDS for k in c.keys}
    begins = {(c.context, k.split(" ")[0]) for c in COMMANDS for k in c.keys if " " in k}
    assert not keys & begins


def test_keys_are_known_by_what_they_print() -> None:
    assert key_of("left_square_bracket", "[") == "["
    assert key_of("space", " ") == "space"
    assert key_of("ctrl+d", None) == "ctrl+d"
    assert key_of("escape", "\x1b") == "escape"
    assert shown("] e") == "]e"
    assert shown("ctrl+s") == "^S"
