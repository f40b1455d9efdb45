"""Parsing in a child: a file that breaks, hangs or explodes costs itself alone."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import Draft
from index.formats import FORMATS, Unreadable
from index.parse_worker import parse
from index.parsing import Parser
from index.places import Stamp

WORKER = """
import sys, time, os
for line in sys.stdin:
    name = bytes.fromhex(line.strip()).decode()
    if name == "hang": time.sleep(60)
    if name == "die": os._exit(9)
    print('{"draft": {"text": "Texte"}, "at": 1}', flush=True)
    if name == "half": os._exit(9)
    print('{"end": {"size": 1, "modified": 2}}', flush=True)
"""


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
        assert list(parser.records(b"good")) == [(Draft(text="Texte"), 1), (Stamp(1, 2), 1)]


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
