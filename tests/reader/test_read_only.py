"""A home on a disk that may only be read: it is read, and what would be written is refused with the reason."""

import errno
import os
from pathlib import Path

import pytest

from notes import Notebook
from reader.cli import run
from reader.doctor import Level, examined
from reader.paths import Places

_WRITING = os.O_WRONLY | os.O_RDWR


@pytest.fixture
def sealed(here: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A home in which Python opens nothing for writing."""
    home, opened = str(here.config.parent), os.open

    def read_only(path: str | Path, flags: int, *rest: int, **named: int) -> int:
        if flags & _WRITING and os.fspath(path).startswith(home):
            if flags & os.O_EXCL and os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "", str(path))
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", read_only)
    return here


def test_it_is_read(sealed: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(sealed.config.parent)]
    for command in (["search", "Bamako"], ["notes"], ["tags"], ["export"]):
        assert run([*home, *command]) == 0, command
    assert "gardée" in capsys.readouterr().out


def test_doctor_tells_all_of_it(sealed: Places) -> None:
    findings = {one.store: one.level for one in examined(sealed)}
    assert findings["notes"] is findings["index"] is findings["library"] is Level.FINE
    assert "models" in findings


def test_an_interface_reads_the_notes(sealed: Places) -> None:
    with Notebook.open(sealed.notes) as notebook:
        assert notebook.hold()
        assert [note.comment for note in notebook.notes()] == ["gardée"]
