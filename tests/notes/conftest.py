from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notes import Notebook

Clock = Callable[[], datetime]


@pytest.fixture
def clock() -> Clock:
    """A clock that moves on by a minute each time it is looked at."""
    ticks = iter(range(1_000_000))
    return lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(minutes=next(ticks))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "notes" / "notes.sqlite"


@pytest.fixture
def notebook(path: Path, clock: Clock) -> Iterator[Notebook]:
    with Notebook.open(path, clock=clock) as opened:
        yield opened
