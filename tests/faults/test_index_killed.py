"""The index after kills, failed system calls and full disks: the old state or the new one, and nothing left over."""

import gc
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults.kill_index import article
from faults.strace import Traced, traced

from index.engine import IndexFull, IndexStale, SearchIndex, merging
from index.query import parse

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


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"] if POINTS > 2 else ["EIO"])
def test_a_call_that_fails_anywhere_in_a_commit_leaves_the_old_state_or_the_new(
    prepared: Path, tmp_path: Path, call: str, error: str
) -> None:
    untouched = tmp_path / "untouched"
    shutil.copytree(prepared, untouched)
    count = commit(prepared, tmp_path / "log", call).calls[call]
    for point in {count, *(_points(count) if POINTS > 2 else ())}:
        here = tmp_path / f"failed-{point}"
        shutil.copytree(untouched, here, dirs_exist_ok=True)
        done = commit(here, tmp_path / "log", call, f"{call}:error={error}:when={point}")
        assert state(here) in ((OLD, NEW) if done.code else (NEW,))
        index = SearchIndex.open(here)
        index.add([article(19, 1)])
        index.close()
        assert is_tidy(here)
        shutil.rmtree(here)


def test_files_that_may_not_grow_leave_the_old_state(prepared: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    index = SearchIndex.open(prepared)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(IndexFull, match="no room on the disk for the index"):
            index.add([article(number, 2) for number in range(5)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert state(prepared) == OLD
    index.add([article(number, 2) for number in range(5)])  # the same object: its lock is free
    index.close()
    assert state(prepared) == NEW
    assert is_tidy(prepared)


def _with_damage(path: Path, array: str) -> None:
    """Turn every bit of one array of the only segment."""
    index = SearchIndex.open(path)
    (leaf, _first), *_ = index._searcher.reader().leaf_readers()
    dtype, start, length, _sum = leaf._terms.file._arrays[array]
    size = length * int(dtype[-1])
    (segment,) = path.glob("*.arrays")
    index.close()
    whole = segment.read_bytes()
    turned = bytes(byte ^ 0xFF for byte in whole[start : start + size])
    segment.write_bytes(whole[:start] + turned + whole[start + size :])


@pytest.mark.parametrize("array", ["text/docs", "text/starts", "id/docs", "id|ordinals", "text/norms"])
def test_what_comes_of_damaged_arrays_is_told_as_damage(prepared: Path, array: str) -> None:
    _with_damage(prepared, array)
    index = SearchIndex.open(prepared)  # nothing is read yet
    with pytest.raises(IndexStale):
        index.search(parse("mali"), text_of=lambda _id: "", limit=20)
        index.proof()  # where the damage makes no nonsense
    index.close()


def test_a_damaged_segment_is_not_merged_into_a_sound_one(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_damage(prepared, "text_exact/positions")
    monkeypatch.setattr(merging, "_FULL", 1)
    index = SearchIndex.open(prepared)
    with pytest.raises(IndexStale):
        index.add([article(19, 1)])
    with pytest.raises(IndexStale):
        index.proof()
    index.close()


def test_maps_and_files_go_with_their_segments(prepared: Path) -> None:
    index = SearchIndex.open(prepared)
    for version in range(2, 30):
        index.add([article(version % 10, version)])
        index.search(parse("mali"), text_of=lambda _id: "", limit=20, facets=True)
    gc.collect()
    mapped = {
        line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if str(prepared) in line
    }
    assert mapped <= {str(file) for file in prepared.glob("*.arrays")}
    opened = {os.readlink(fd) for fd in Path("/proc/self/fd").iterdir() if fd.exists()}
    assert {file for file in opened if str(prepared) in file} <= mapped
    index.close()


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
