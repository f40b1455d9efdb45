"""The whole program in a pseudo-terminal, with its real children: what is painted, byte by byte."""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import CHILDREN, Terminal

from notes import Source
from reader.cli import run
from reader.paths import places
from reader.workspace import Workspace

PAYLOAD = "A\x1b]52;c;UFdORUQ=\x1b\\B\x1b[2JC\x9b31mD\x7fE\x00F\u202eG\u2066H"
FORBIDDEN = [b"\x1b]52", b"\x1b[2JC", "\x9b".encode(), b"\x7f", b"\x00", "\u202e".encode(), "\u2066".encode()]


@pytest.fixture
def liseuse(tmp_path: Path) -> Iterator[Terminal]:
    record = {"title": PAYLOAD, "source": PAYLOAD, "author": PAYLOAD, "lang": "fr"}
    body = (
        f"{PAYLOAD} Le JNIM a frappé Bamako.\n\nLe général Oumar Diarra a parlé. [/red] [@click=app.quit]x[/]"
    )
    (tmp_path / "a.jsonl").write_text(json.dumps({**record, "text": body}))
    home = str(tmp_path / "home")
    run(["--home", home, "add", str(tmp_path / "a.jsonl")])
    with Workspace(places(home)) as space:
        (id,) = space.collection.library.ids()
        article = space.collection.library.get(id)
        source = Source(PAYLOAD, "", PAYLOAD, "", "")
        space.notebook.add(id, article.revision, source, None, PAYLOAD, ["x y"])
    terminal = Terminal([sys.executable, "-m", "reader", "--home", home], {"LC_ALL": "en_US.UTF-8"})
    yield terminal
    terminal.close()


def test_entities_come_from_the_child_and_nothing_hostile_gets_out(liseuse: Terminal) -> None:
    liseuse.wait_for("article")
    liseuse.send(PAYLOAD.replace("\x1b", "").replace("\x00", "").encode() + b"\x1b")
    liseuse.settle()
    liseuse.send(b"JNIM")
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen)
    liseuse.send(b"\r")
    liseuse.settle()
    liseuse.send(b"\r")
    liseuse.wait_until(lambda: b"Oumar Diarra" in liseuse.seen and b"Organisations" in liseuse.seen, CHILDREN)
    for keys in (
        b"3",
        b"j",
        b"j",
        b"e",
        b"\x1b",
        b"2",
        b"v",
        b"s",
        b"t",
        b"\x1b",
        b"?",
        b"\x1b",
        b"X",
        b"\x1b",
    ):
        liseuse.send(keys)
        liseuse.settle(0.3)
    for payload in FORBIDDEN:
        assert payload not in liseuse.seen, payload


def _child_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return (
        [int(c) for t in tasks.iterdir() for c in (t / "children").read_text().split()]
        if tasks.exists()
        else []
    )


def _see_end(children: list[int]) -> None:
    """See that children are gone; what was killed may need a turn of a busy processor to be so."""
    end = time.monotonic() + 10
    while left := [child for child in children if Path(f"/proc/{child}").exists()]:
        assert time.monotonic() < end, left
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, None])
def test_the_terminal_and_the_children_are_left_tidy(
    liseuse: Terminal, number: signal.Signals | None
) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen and _child_of(liseuse.pid))
    liseuse.settle()
    children = _child_of(liseuse.pid)
    before = len(liseuse.seen)
    if number is signal.SIGINT:
        number = signal.SIGTERM  # Ctrl+C is a key here, and means nothing that ends the program
        liseuse.send(b"\x03")
        liseuse.settle()
    if number is None:
        liseuse.send(b"\x1b")
        liseuse.settle(0.3)
        liseuse.send(b"\tQ")
    else:
        os.kill(liseuse.pid, number)
    assert liseuse.end() == 0
    ended = liseuse.seen[before:]
    assert b"\x1b[?1049l" in ended
    assert b"\x1b[?1000l" in ended
    _see_end(children)


def test_a_child_that_does_not_hear_is_killed(liseuse: Terminal) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen and _child_of(liseuse.pid))
    children = _child_of(liseuse.pid)
    for child in children:
        os.kill(child, signal.SIGSTOP)  # as one that gets no turn: SIGTERM waits
    os.kill(liseuse.pid, signal.SIGTERM)
    assert liseuse.end() == 0
    assert b"Traceback" not in liseuse.seen
    _see_end(children)


def test_bytes_that_are_no_text_and_pastes_with_keys_in_them_do_nothing(liseuse: Terminal) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen)
    liseuse.settle()
    liseuse.send(b"\x1b[200~\x9b1m\xe9t\xe9 \x1bQ\x1b[A\x1b\x1b[201~\xff\x9b")
    liseuse.wait_until(lambda: "\ufffdt\ufffd Q[A".encode() in liseuse.seen)
    liseuse.settle(0.3)
    assert liseuse.is_running
    liseuse.send(b"\x15JNIM")
    liseuse.wait_until(lambda: liseuse.seen.rstrip().count(b"1 article") > 1)


@pytest.mark.parametrize("said", [b"", b"\x1b[?2048;1$y", b"\x1b[?2048;2$y"], ids=["", "resizing", "set"])
def test_it_ends_when_its_terminal_is_gone(liseuse: Terminal, said: bytes) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen and _child_of(liseuse.pid))
    liseuse.send(said)
    liseuse.settle()
    children = _child_of(liseuse.pid)
    assert liseuse.hang_up() == 0
    _see_end(children)


def test_it_hears_that_it_is_to_end_when_more_keys_came_than_its_terminal_let_it_answer(
    liseuse: Terminal,
) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen and _child_of(liseuse.pid))
    liseuse.settle()
    for number in range(400):  # and nothing is read
        liseuse.send(b"?" if number % 2 else b"\x1b")
        liseuse.resize(20 + number % 20, 80 + number % 40)
        time.sleep(0.01)
    os.kill(liseuse.pid, signal.SIGTERM)
    time.sleep(0.5)
    assert liseuse.end(30) == 0


def test_it_is_painted_again_when_it_was_stopped_and_goes_on(liseuse: Terminal) -> None:
    liseuse.wait_for("article")
    liseuse.settle(quiet=6, most=60)  # what children tell is painted too
    os.kill(liseuse.pid, signal.SIGTSTP)
    status = Path(f"/proc/{liseuse.pid}/status")
    liseuse.wait_until(lambda: "(stopped)" in status.read_text())
    liseuse.seen = b""
    os.kill(liseuse.pid, signal.SIGCONT)
    liseuse.wait_until(lambda: b"earch the collection" in liseuse.seen and b"newest first" in liseuse.seen)


def _thread_of(pid: int) -> int:
    """Return a thread of the program other than its first: where the system may deliver any signal."""
    return max(int(thread.name) for thread in Path(f"/proc/{pid}/task").iterdir() if int(thread.name) != pid)


def test_a_signal_is_heard_whichever_thread_the_system_gives_it_to(liseuse: Terminal) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen and _child_of(liseuse.pid))
    liseuse.settle(quiet=2, most=60)  # whatever moves makes the program listen
    os.kill(_thread_of(liseuse.pid), signal.SIGTERM)
    assert liseuse.end() == 0


@pytest.mark.parametrize(
    ("number", "wait"),
    [
        (signal.SIGTERM, 0.0),
        (signal.SIGTERM, 0.2),
        (signal.SIGTERM, 0.4),
        (signal.SIGTERM, 0.6),
        (signal.SIGINT, 0.0),
        (signal.SIGINT, 0.2),
        (signal.SIGINT, 0.4),
        (signal.SIGINT, 0.6),
    ],
)
def test_its_screen_is_given_back_when_it_is_told_to_end_while_it_starts(
    liseuse: Terminal, number: signal.Signals, wait: float
) -> None:
    status, hears = Path(f"/proc/{liseuse.pid}/status"), re.compile(r"^SigCgt:\t(\w+)$", re.MULTILINE)
    liseuse.wait_until(lambda: b"Liseuse" in liseuse.seen)
    liseuse.wait_until(lambda: int(hears.findall(status.read_text())[0], 16) >> signal.SIGTERM - 1 & 1)
    time.sleep(wait)
    os.kill(liseuse.pid, number)
    assert liseuse.end() in (0, -number, 128 + number)  # 130 where the command line explains Ctrl+C already
    assert b"Traceback" not in liseuse.seen
    assert liseuse.seen.rindex(b"\x1b[?1049l") > liseuse.seen.rindex(b"\x1b[?1049h")


def test_a_search_for_entities_that_is_killed_is_told(liseuse: Terminal) -> None:
    liseuse.wait_until(lambda: b"1 article" in liseuse.seen and _child_of(liseuse.pid))
    liseuse.settle()
    for child in _child_of(liseuse.pid):
        os.kill(child, signal.SIGKILL)
    liseuse.wait_until(lambda: b"The search for entities has stopped" in liseuse.seen)
    assert liseuse.is_running
