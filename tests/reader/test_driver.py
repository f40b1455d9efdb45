"""What the terminal sends: pasted text stays text, cut wherever it may be."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers.linux_driver import LinuxDriver

from index.sanitise import clean
from reader.driver import GuardedDriver, KeyParser, PasteGuard

START, END = "\x1b[200~", "\x1b[201~"
TYPED = st.text(st.sampled_from("djq/é\r")) | st.sampled_from(["\x1b[A", "\x1b[200", "\x1b", "\x1b[<0;3;4M"])
PASTED = st.text(st.sampled_from("aé\x1b[201~\r\n\t\x07\x9b\x00")).filter(lambda text: END not in text)


def pieces(data: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@given(st.lists(st.tuples(TYPED, PASTED)), TYPED, st.lists(st.integers(0)))
def test_keys_pass_as_they_are_and_pastes_cleaned_wherever_they_are_cut(turns, last, cuts) -> None:
    sent = "".join(f"{typed}{START}{pasted}{END}" for typed, pasted in turns) + last
    safe = "".join(f"{typed}{START}{clean(pasted)}{END}" for typed, pasted in turns) + last
    guard = PasteGuard()
    assert "".join(guard(piece) for piece in pieces(sent, cuts)) == safe


@given(st.lists(st.integers(0)))
def test_no_key_comes_out_of_a_paste(cuts) -> None:
    guard, parser = PasteGuard(), KeyParser()
    sent = f"{START}un\x1bd deux\x1b[A\x1b[200~\x1b\r\ntrois{END}"
    seen = [event for piece in pieces(sent, cuts) if (safe := guard(piece)) for event in parser.feed(safe)]
    seen += parser.feed(f"{START}x{END}q")
    assert [event.text for event in seen if isinstance(event, events.Paste)] == [
        "und deux[A[200~\ntrois",
        "x",
    ]
    assert [event.key for event in seen if isinstance(event, events.Key)] == ["q"]


@given(st.text(st.sampled_from("\x1b[<?;:09umMRtyIO~AQ\x9bé"), max_size=20))
def test_no_sequence_of_keys_stops_the_program_or_hides_what_follows(nonsense) -> None:
    parser = KeyParser()
    seen = [*parser.feed(f"\x1b[{nonsense}"), *parser.feed("x" * 40), *parser.feed("q")]
    assert [event.key for event in seen if isinstance(event, events.Key)][-1] == "q"


@pytest.mark.parametrize(
    ("size", "told"), [("45;160", [(160, 45)]), ("99999999;99999999", []), ("2049;80", [])]
)
def test_a_size_that_no_terminal_has_is_not_painted(monkeypatch, size: str, told: list) -> None:
    said = []
    monkeypatch.setattr(LinuxDriver, "process_message", lambda _driver, message: said.append(message))
    driver = GuardedDriver.__new__(GuardedDriver)
    driver._tell(KeyParser().feed(f"\x1b[48;{size};0;0t"))
    assert [tuple(message.size) for message in said] == told
