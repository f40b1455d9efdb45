"""Parsing in a child: a file that breaks, hangs or explodes costs itself alone."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import Draft
from index.formats import FORMATS, Refusal, Unreadable
from index.parse_worker import MAX_FIELD, MAX_TEXT, parse
from index.parsing import Parser
from index.places import Stamp

WORKER = """
import sys, time, os
read = 0
for line in sys.stdin:
    name = bytes.fromhex(line.strip()).decode()
    if name == "hang": time.sleep(60)
    if name == "die": os._exit(9)
    if name == "tired" and read: os._exit(9)
    if name == "heavy" or name == "heavier" and read:
        print('{"unreadable": "too much", "spent": true}', flush=True)
        os._exit(1)
    if name == "refusing":
        for at in range(40):
            time.sleep(0.2)
            print('{"refusal": {"key": "a", "reason": "b"}, "at": 1}', flush=True)
    read += 1
    print('{"draft": {"text": "Texte"}, "at": 1}', flush=True)
    if name == "half": os._exit(9)
    print('{"end": {"size": 1, "modified": 2}}', flush=True)
    if name == "last": os._exit(9)
"""
GOOD = [(Draft(text="Texte"), 1), (Stamp(1, 2), 1)]


@pytest.fixture
def parser(tmp_path: Path) -> Iterator[Parser]:
    (tmp_path / "worker.py").write_text(WORKER)
    with Parser(patience=1.0, command=[sys.executable, str(tmp_path / "worker.py")]) as made:
        yield made


@pytest.mark.parametrize(
    ("name", "reason"), [(b"hang", "longer than"), (b"die", "broke"), (b"half", "broke")]
)
def test_a_file_that_breaks_its_reader_costs_itself_alone(parser: Parser, name: bytes, reason: str) -> None:
    for _ in range(2):
        with pytest.raises(Unreadable, match=reason):
            list(parser.records(name))
        assert list(parser.records(b"good")) == GOOD


def test_a_file_that_takes_its_time_to_be_refused_piece_by_piece_is_left(parser: Parser) -> None:
    with pytest.raises(Unreadable, match="what it refused"):
        list(parser.records(b"refusing"))
    assert list(parser.records(b"good")) == GOOD


@pytest.mark.parametrize("name", [b"tired", b"heavier"])
def test_a_worker_that_breaks_at_once_is_blamed_on_a_file_only_if_it_read_no_other(
    parser: Parser, name: bytes
) -> None:
    for asked in (b"good", name, name):
        assert list(parser.records(asked)) == GOOD


def test_a_worker_that_ends_between_files_is_started_anew(parser: Parser) -> None:
    for asked in (b"last", b"last", b"good"):
        assert list(parser.records(asked)) == GOOD
        time.sleep(0.05)


def test_too_much_memory_is_told_once_and_costs_no_other_file(parser: Parser) -> None:
    for _ in range(2):
        with pytest.raises(Unreadable, match="too much"):
            list(parser.records(b"heavy"))
        assert list(parser.records(b"good")) == GOOD


def test_the_real_worker(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Titre\n\nTexte à lire.")
    with Parser() as parser:
        (draft, _), (stamp, size) = parser.records(os.fsencode(path))
        with pytest.raises(Unreadable, match="No such file"):
            list(parser.records(os.fsencode(tmp_path / "absent.txt")))
    assert isinstance(draft, Draft)
    assert draft.title == "Titre"
    assert size == path.stat().st_size
    assert stamp == Stamp(size, path.stat().st_mtime_ns)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ZeroDivisionError(), "ZeroDivisionError"),
        (MemoryError(), "MiB of memory"),
        (OSError(5, "EIO"), "EIO"),
    ],
)
def test_a_reader_that_raises_gives_a_reason(
    tmp_path: Path, monkeypatch, error: Exception, reason: str
) -> None:
    def broken(stream: object) -> Iterator[object]:
        raise error
        yield

    monkeypatch.setitem(FORMATS, ".md", broken)
    (tmp_path / "a.md").write_text("x")
    (said,) = parse(os.fsencode(tmp_path / "a.md"))
    assert reason in said["unreadable"]


def test_what_is_said_of_a_file_is_bounded(tmp_path: Path, monkeypatch) -> None:
    """What no limit on memory holds for, the parent, gets no text that it could not hold."""
    long = "é" * (MAX_TEXT + 1)
    drafts = [Draft(long, key="a"), Draft("b", title=long, key=long), Draft("c", key=long[1:])]
    monkeypatch.setitem(FORMATS, ".md", lambda stream: iter(drafts))
    (tmp_path / "a.md").write_text("x")
    refused, *kept, _end = parse(os.fsencode(tmp_path / "a.md"))
    assert refused["refusal"] == {"key": "a", "reason": "a text of more than 16,777,216 characters"}
    assert [len(said["draft"]["title"]) for said in kept] == [MAX_FIELD + 1, 0]
    assert len({said["draft"]["key"] for said in kept}) == 2
    assert max(len(said["draft"]["key"]) for said in kept) < MAX_FIELD


def test_the_refusals_of_a_file_are_told_up_to_a_number(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("index.parse_worker.MAX_REFUSALS", 2)
    monkeypatch.setattr("index.parse_worker.MAX_COUNT", 6)
    records = [
        Refusal("a", "x"),
        Draft("b"),
        Refusal("c", "x"),
        Refusal("d", "x"),
        Draft("e"),
        Refusal("f", "x"),
    ]
    monkeypatch.setitem(FORMATS, ".md", lambda stream: iter(records * 2))
    (tmp_path / "a.md").write_text("x")
    *said, _end = parse(os.fsencode(tmp_path / "a.md"))
    assert [one["draft"]["text"] for one in said if "draft" in one] == ["b", "e"]
    assert [one["refusal"]["reason"] for one in said if "refusal" in one] == [
        "x",
        "x",
        "more than 6 records: those that follow were left out",
        "2 more records of this file were refused",
    ]


def test_a_file_in_which_nothing_is_found_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(FORMATS, ".md", lambda stream: iter(()))
    (tmp_path / "a.md").write_text("x")
    said, _end = parse(os.fsencode(tmp_path / "a.md"))
    assert said["refusal"] == {"key": "", "reason": "no articles in it"}


def test_a_slow_file_is_heard_of_before_it_ends(tmp_path: Path) -> None:
    """Small records that come slowly do not wait in a buffer until the parent loses patience."""
    slow = (
        "import time\n"
        "from index import parse_worker, formats\n"
        "parse_worker._FLUSH_SECONDS = 0.1\n"
        "def read(stream):\n"
        "    for n in range(int(stream.read())):\n"
        "        time.sleep(0.3)\n"
        "        yield formats.Refusal(str(n), 'no')\n"
        "formats.FORMATS['.txt'] = read\nparse_worker.main()\n"
    )
    for number in (0, 9):
        (tmp_path / f"{number}.txt").write_text(str(number))
    with Parser(command=[sys.executable, "-c", slow]) as parser:
        assert len(list(parser.records(os.fsencode(tmp_path / "0.txt")))) == 2  # started
        parser._patience = 1.5  # less than all of it takes
        assert len(list(parser.records(os.fsencode(tmp_path / "9.txt")))) == 10


def test_memory_is_limited(tmp_path: Path) -> None:
    """A format that wants 4 GiB is refused; the parent never notices."""
    hungry = (
        "from index import parse_worker, formats\n"
        "def read(stream):\n    yield formats.Refusal('', str(len(bytearray(4 << 30))))\n"
        "formats.FORMATS['.txt'] = read\nparse_worker.main()\n"
    )
    (tmp_path / "a.txt").write_text("x")
    with Parser(command=[sys.executable, "-c", hungry]) as parser, pytest.raises(Unreadable, match="memory"):
        list(parser.records(os.fsencode(tmp_path / "a.txt")))
