"""The search index on the disk: what changes, who may write, and what happens when things go wrong."""

import errno
import fcntl
import gc
import json
import multiprocessing
import os
import pickle
import random
import zlib

import numpy as np
import pytest
from shelf import Shelf, article
from whoosh.util.varints import varint

from index.engine import IndexBusy, IndexFull, IndexStale, SearchIndex
from index.engine.codec import files
from index.errors import SearchError
from index.query import parse


def _string(data):
    return varint(len(data)) + data


SEGMENT = {"name": "MAIN", "id": "a" * 16, "documents": 1, "size": 1, "checksum": 1, "deleted": []}


def test_adding_again_replaces(index):
    shelf = Shelf(index, article(1, "ancien"), article(2, "autre"))
    assert index.add([article(1, "premier"), article(1, "nouveau")]) == 1
    assert index.count() == 2
    assert (shelf.found("ancien"), shelf.found("premier"), shelf.found('"nouveau"')) == ([], [], [1])
    assert index.ids() == {f"{1:012x}", f"{2:012x}"}
    assert index.remove([f"{1:012x}", "f" * 12]) == 1
    assert index.count() == 1
    index.clear()
    assert (index.count(), index.ids(), shelf.found("autre")) == (0, frozenset(), [])


def test_many_small_changes_leave_few_segments(index):
    shelf = Shelf(index)
    for number in range(40):
        shelf.texts[f"{number:012x}"] = "mot"
        index.add([article(number, f"mot{number} mot")])
    assert len(index._index._segments()) < 16
    assert index.count() == 40
    assert shelf.found("mot39") == [39]
    assert shelf.search("mot").total == 40


def _add_elsewhere(path):
    index = SearchIndex.open(path)
    index.add([article(7, "venu d’ailleurs")])


def test_a_search_sees_what_another_process_committed(index):
    shelf = Shelf(index, article(1, "d’ici"))
    shelf.texts[f"{7:012x}"] = "venu d’ailleurs"
    other = multiprocessing.get_context("spawn").Process(target=_add_elsewhere, args=[index.path])
    other.start()
    other.join()
    assert shelf.found('"ailleurs"') == [7]
    assert not index.refresh()


def test_another_writer_is_waited_for_then_named(index, monkeypatch):
    monkeypatch.setattr("index.engine.index._WAIT_SECONDS", 0.2)
    with (index.path / "MAIN_WRITELOCK").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(IndexBusy):
            index.add([article(1, "x")])
    assert index.add([article(1, "x")]) == 1


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh drops what it fails to write
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_loses_nothing_and_lets_others_write(index, monkeypatch):
    shelf = Shelf(index, article(1, "ancien"))

    def full(*_):
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr("index.engine.codec.files.ArrayFileWriter.finish", full)
        with pytest.raises(IndexFull):
            index.add([article(2, "nouveau")])
    assert shelf.found("ancien") == [1]
    assert index.add([article(2, "nouveau")]) == 1
    assert index.count() == 2
    gc.collect()


def test_a_failure_while_adding_changes_nothing(index):
    shelf = Shelf(index, article(1, "ancien"))

    def broken():
        yield article(1, "nouveau")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.add(broken())
    assert shelf.found("ancien") == [1]
    assert index.add([article(2, "autre")]) == 1


def test_the_folder_is_ours_alone_whatever_the_umask(tmp_path):
    umask = os.umask(0)
    try:
        index = SearchIndex.create(tmp_path / "a" / "index")
        index.add([article(1, "mot")])
    finally:
        os.umask(umask)
    assert index.path.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in index.path.iterdir()} == {0o600}
    index.close()


def _stale(path):
    with pytest.raises(IndexStale) as stale:
        SearchIndex.open(path)
    return str(stale.value)


def test_what_cannot_be_used_is_stale_and_can_be_made_again(index):
    index.add([article(1, "mot")])
    index.close()
    path = index.path
    version = path / "version.json"
    good = version.read_text()
    assert "no index" in _stale(path / "nowhere")
    version.write_text(json.dumps({**json.loads(good), "schema": -1}))
    assert "another version" in _stale(path)
    version.write_text("{")
    assert "cannot be read" in _stale(path)
    version.write_text(good)
    path.chmod(0o770)
    assert "open to others" in _stale(path)
    again = SearchIndex.create(path)
    assert again.count() == 0
    again.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh drops what it fails to read
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays"])
def test_damage_is_stale(index, pattern):
    index.add([article(1, "mot")])
    index.close()
    [file] = index.path.glob(pattern)
    whole = file.read_bytes()
    for size in (0, 5, len(whole) // 2, len(whole) - 3):
        file.write_bytes(whole[:size])
        assert "damaged" in _stale(index.path)
    file.unlink()
    assert "damaged" in _stale(index.path)
    gc.collect()


class Command:
    """Runs a command when it is unpickled."""

    def __reduce__(self):
        return os.system, ("touch ran",)


@pytest.mark.parametrize(
    "planted",
    [
        pickle.dumps(Command()),
        _string(pickle.dumps([Command()])),
        _string(b"[" * 200_000),
        _string(b"[]x"),
        _string(b'["a"]'),
        *(
            _string(json.dumps([{**SEGMENT, **wrong}]).encode())
            for wrong in (
                {"name": "../MAIN"}, {"id": "../../../../etc"}, {"documents": -1}, {"size": "1"},
                {"checksum": 1e9}, {"deleted": 1}, {"deleted": [[0]]}, {"deleted": [7]}, {"documents": 10**30},
            )
        ),
    ],
    ids=lambda planted: str(len(planted)),
)  # fmt: skip
def test_a_planted_index_runs_nothing(index, monkeypatch, tmp_path, planted):
    """An index that somebody sends has a right checksum and a right version, and can belong to us."""
    monkeypatch.chdir(tmp_path)
    index.close()
    [contents] = index.path.glob("*.toc")
    whole = contents.read_bytes()[:-4]
    honest = _string(b"[]")
    assert whole.endswith(honest)
    pretended = whole.removesuffix(honest) + planted
    contents.write_bytes(pretended + zlib.crc32(pretended).to_bytes(4))
    assert "damaged" in _stale(index.path)
    assert not (tmp_path / "ran").exists()


def test_nothing_is_unpickled(shelf, monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, forbidden)
    monkeypatch.setattr("whoosh.filedb.structfile.load_pickle", forbidden)
    again = SearchIndex.open(shelf.index.path)
    again.add([article(7, "mot")])
    again.remove([f"{1:012x}"])
    assert again.search(parse("mot"), text_of=lambda _: "mot").total == 1
    again.close()


def _rewritten(path, directory: bytes, body: bytes | None = None) -> None:
    """Put another directory, or other arrays too, into an index of one segment, with right checksums."""
    [file], [contents] = path.glob("*.arrays"), path.glob("*.toc")
    data = file.read_bytes()
    length, _checksum, magic = files._TRAILER.unpack(data[-files._TRAILER.size :])
    body = data[: -files._TRAILER.size - length] if body is None else body
    trailer = files._TRAILER.pack(len(directory), zlib.crc32(directory), magic)
    file.write_bytes(body + directory + trailer)
    toc = contents.read_bytes()[:-4]
    start = toc.index(b'[{"name"')
    [segment] = json.loads(toc[start : toc.index(b"}]", start) + 2])
    told = [{**segment, "size": file.stat().st_size, "checksum": zlib.crc32(directory)}]
    planted = toc[: toc.rindex(_string(json.dumps([segment]).encode()))] + _string(json.dumps(told).encode())
    contents.write_bytes(planted + zlib.crc32(planted).to_bytes(4))


def _directory(path) -> dict:
    [file] = path.glob("*.arrays")
    data = file.read_bytes()
    length = files._TRAILER.unpack(data[-files._TRAILER.size :])[0]
    return json.loads(data[-files._TRAILER.size - length : -files._TRAILER.size])


@pytest.mark.parametrize(
    "directory",
    [
        b"[" * 100_000, b"{}", b'{"about": 1, "arrays": {}}', b'{"about": {}, "arrays": []}',
        b'{"about": {}, "arrays": {"a": [1]}}', b'{"about": {}, "arrays": {"a": ["|O", [], 1, 1]}}', b"\xff",
    ],
    ids=range(7),
)  # fmt: skip
def test_a_planted_directory_of_arrays_is_stale(index, directory):
    index.add([article(1, "mot")])
    index.close()
    _rewritten(index.path, directory)
    assert "damaged" in _stale(index.path)


@pytest.mark.parametrize("body", ["none", "ones", "random"])
def test_planted_arrays_end_a_search_with_a_word(index, body):
    """Right checksums over nonsense: to make the index again at each search would never end."""
    index.add([article(number, "mot premier") for number in range(1, 40)])
    index.close()
    found = _directory(index.path)
    [file] = index.path.glob("*.arrays")
    size = len(file.read_bytes())
    nonsense = b"\xff" * size if body == "ones" else random.Random(5).randbytes(size)
    arrays = {
        name: (dtype, start, length, zlib.crc32(nonsense[start : start + length * np.dtype(dtype).itemsize]))
        for name, (dtype, start, length, _checksum) in found["arrays"].items()
    }
    _rewritten(
        index.path, json.dumps({**found, "arrays": {} if body == "none" else arrays}).encode(), nonsense
    )
    with pytest.raises(SearchError):
        _searched(index.path)


def _searched(path) -> None:
    index = SearchIndex.open(path)
    try:
        index.ids()
        for query in ("mot", "mo*", "prenier~1", '"mot premier"', "date:2024"):
            index.search(parse(query), text_of=lambda _: "mot", facets=True)
    finally:
        index.close()
