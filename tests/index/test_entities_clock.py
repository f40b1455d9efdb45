"""Corrections that are none, and the clock: one that is set back, and times that are none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.entities import corrections
from index.entities.corrections import Correction, Kind
from index.entities.log import CorrectionLog, read_lines


class Clock:
    """What corrections take for the clock: `now` is what a test says."""

    now_is = datetime(2026, 11, 27, tzinfo=UTC)
    fromisoformat = datetime.fromisoformat

    @classmethod
    def now(cls, _zone: object) -> datetime:
        return cls.now_is


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CorrectionLog:
    monkeypatch.setattr(Clock, "now_is", Clock.now_is)
    monkeypatch.setattr(corrections, "datetime", Clock)
    return CorrectionLog(tmp_path / "corrections.jsonl")


def names(log: CorrectionLog) -> list[str]:
    return [one.name for one in log.in_force()]


def test_what_was_corrected_last_is_undone_first_though_the_clock_was_set_back(log: CorrectionLog) -> None:
    log.append(Correction.of(Kind.WRONG, "un"), Correction.of(Kind.WRONG, "deux"))
    Clock.now_is = datetime(2001, 1, 1, tzinfo=UTC)
    log.append(Correction.of(Kind.WRONG, "trois"))
    assert names(log) == ["un", "deux", "trois"]
    assert log.undo().name == "trois"
    assert names(log) == ["un", "deux"]
    assert log.redo().name == "trois"
    assert log.redo() is None
    assert names(log) == ["un", "deux", "trois"]


def line(time: str, kind: str = "wrong", to: str = "") -> bytes:
    record = {"version": 1, "id": "a", "time": time, "kind": kind, "name": "x", "type": "person"}
    return json.dumps(record | {"to": to, "article": ""}).encode()


@pytest.mark.parametrize("kind", ["same", "span", "apart"])
def test_a_correction_to_no_name_is_none(kind: str) -> None:
    time = "2027-01-01T00:00:00+00:00"
    assert list(read_lines(line(time, kind, " "))) == [None]
    assert [one.to for one in read_lines(line(time, kind, "Gao")) if one] == ["Gao"]


@pytest.mark.parametrize("time", ["zzz", "", "2027-01-01", "2027-01-01T00:00:00", "9" * 5000])
def test_a_correction_of_no_time_is_none(time: str) -> None:
    assert list(read_lines(line(time))) == [None]


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59.999999-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_correction_of_the_end_of_time_is_in_the_way_of_nothing(log: CorrectionLog, time: str) -> None:
    log.append(Correction.of(Kind.WRONG, "un"))
    assert log.merge(one for one in read_lines(line(time)) if one) == 1
    log.append(Correction.of(Kind.WRONG, "deux"))
    assert sorted(names(log)) == ["deux", "un", "x"]
    while log.undo():
        pass
    assert names(log) == []
