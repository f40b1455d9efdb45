"""The index after kills, failed system calls and full disks: the old state or the new one, and nothing left over."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults.kill_index import article
from faults.strace import Traced, traced

from index.engine import IndexStale, SearchIndex

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests/faults/kill_index.py"
KILLS = int(os.environ.get("LISEUSE_INDEX_KILLS", "25"))
POINTS = int(os.environ.get("LISEUSE_FAULTS", "2"))
SWITCH = ("write", "fsync", "rename", "unlink")
ENV = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}


def state(path: Path) -> dict[str, str]:
    """Return of each article the word that tells its version."""
    index = SearchIndex.open(path)
    try:
        index.proof()
        reader = index._searcher.reader()
        told = {}
        for leaf, _first in reader.leaf_readers():
            if not leaf.doc_count_all():
                continue
            ids = leaf._perdoc.strings("id")
            for name, text in leaf.all_terms():
                if name == "text" and (word := re.fullmatch(rb"n(\d+)v(\d+)", text)):
                    matcher = leaf.postings(name, text)
                    while matcher.is_active():
                        if not leaf.is_deleted(matcher.id()):
                            assert ids[matcher.id()].decode() == f"{int(word[1]):012x}"
                            assert word[1].decode() not in told
                            told[word[1].decode()] = word[2].decode()
                        matcher.next()
        return told
    finally:
        index.close()


def files(path: Path) -> set[str]:
    return {file.name for file in path.iterdir()}


def is_tidy(path: Path) -> bool:
    """Tell whether there is one table of contents, and no file that it does not name."""
    index = SearchIndex.open(path)
    named = {segment.make_filename(".arrays") for segment in index._index._segments()}
    index.close()
    left = {name for name in files(path) - named if not name.endswith((".toc", "LOCK"))}
    return left == {"version.json"} and sum(name.endswith(".toc") for name in files(path)) == 1


def test_killed_at_any_moment_it_opens_in_a_state_that_was_committed(tmp_path: Path) -> None:
    path, chance = tmp_path / "index", random.Random(5)
    before: dict[str, str] = {}
    for number in range(KILLS):
        program = [sys.executable, str(SCRIPT), str(path), "writer", str(number)]
        with subprocess.Popen(program, cwd=ROOT, env=ENV, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            writer.send_signal(signal.SIGKILL)
            lines = [line for line in writer.stdout.read().split(b"\n") if line]
        now = state(path)
        allowed = [before := _after(before, line) for line in lines][-1:] or [before]
        changed = {key for key in now.keys() | allowed[0].keys() if now.get(key) != allowed[0].get(key)}
        assert len(changed) <= 4, (number, changed)  # one commit more, not yet acknowledged
        assert len({now.get(key) for key in changed}) <= 1
        before = now
    index = SearchIndex.open(path)
    index.add([article(0, 1)])
    index.close()
    assert is_tidy(path)


def _after(before: dict[str, str], line: bytes) -> dict[str, str]:
    words = line.decode().split()
    after = dict(before)
    for number, version in zip(words[::2], words[1::2], strict=True):
        if version == "-1":
            after.pop(number, None)
        else:
            after[number] = version
    return after


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """An index of ten articles in their first version, and one segment more."""
    path = tmp_path / "index"
    index = SearchIndex.create(path)
    index.add([article(number, 1) for number in range(10)])
    index.close()
    return path


def commit(path: Path, log: Path, trace: str, inject: str = "") -> Traced:
    return traced([sys.executable, str(SCRIPT), str(path), "once"], log, trace, inject)


OLD = {str(number): "1" for number in range(10)}
NEW = OLD | {str(number): "2" for number in range(5)}


@pytest.mark.parametrize("call", SWITCH)
def test_killed_at_each_call_of_a_commit_it_is_old_or_new(prepared: Path, tmp_path: Path, call: str) -> None:
    untouched = tmp_path / "untouched"
    shutil.copytree(prepared, untouched)
    count = commit(prepared, tmp_path / "log", call).calls[call]
    assert state(prepared) == NEW
    hit = 0
    for point in _points(count):
        here = tmp_path / f"{point}"
        shutil.copytree(untouched, here)
        done = commit(here, tmp_path / "log", call, f"{call}:signal=SIGKILL:when={point}")
        hit += done.was_hit
        assert state(here) in (OLD, NEW)
        index = SearchIndex.open(here)
        index.add([article(19, 1)])
        index.close()
        assert is_tidy(here)
    assert hit or not count


def _points(count: int) -> list[int]:
    every = list(range(1, count + 1))
    return every if POINTS > 2 else every[:: max(len(every) // 3, 1)][:4]


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_a_full_disk_leaves_the_old_state_and_the_next_commit_works(
    prepared: Path, tmp_path: Path, call: str
) -> None:
    done = commit(prepared, tmp_path / "log", call, f"{call}:error=ENOSPC:when=1")
    assert done.was_hit
    assert done.code != 0
    assert "no room on the disk for the index" in done.err
    assert state(prepared) == OLD
    index = SearchIndex.open(prepared)
    index.add([article(number, 2) for number in range(5)])
    index.close()
    assert state(prepared) == NEW
    assert is_tidy(prepared)


def test_a_flipped_bit_is_found(prepared: Path) -> None:
    (segment,) = prepared.glob("*.arrays")
    whole, found = segment.read_bytes(), 0
    places = range(0, len(whole), max(len(whole) // 60, 1))
    for at in places:
        segment.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            index = SearchIndex.open(prepared)
            try:
                index.proof()
            finally:
                index.close()
        except IndexStale:
            found += 1
    padding = len(places) - found  # between arrays, where nothing stands
    assert padding <= 2
