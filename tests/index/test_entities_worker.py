"""The worker as its parent sees it: a process, lines in, lines out."""

import json
import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from irregular import lay

from index.article import Article, revision_of
from index.entities import assistant, models
from index.library import Library
from index.store import IMPATIENT

PATIENCE = 90  # seconds: a model is loaded cold


class Worker:
    def __init__(self, *arguments: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "index.entities.worker", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            bufsize=0,
        )
        self._rest = b""

    def tell(self, **command: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(command).encode() + b"\n")

    def event(self) -> dict[str, Any]:
        assert self.process.stdout
        deadline = time.monotonic() + PATIENCE
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            assert ready, "the worker said nothing"
            chunk = os.read(self.process.stdout.fileno(), 65536)
            assert chunk, "the worker ended"
            self._rest += chunk
        line, self._rest = self._rest.split(b"\n", 1)
        found: dict[str, Any] = json.loads(line)
        return found

    def ends(self) -> int:
        return self.process.wait(10)

    def close(self) -> None:
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            stream.close()
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def worker(path: Path) -> Iterator[Worker]:
    started = Worker(path)
    yield started
    started.close()


def put(path: Path, *texts: str, lang: str = "fr") -> list[str]:
    with Library(path) as library:
        for text in texts:
            revision = revision_of(text)
            library.put(Article(id=revision[:12], revision=revision, title="t", text=text, lang=lang))
    return [revision_of(text)[:12] for text in texts]


def test_it_waits_for_whoever_writes_as_long_as_that_takes(path: Path, worker: Worker) -> None:
    assert [worker.event()["event"], worker.event()["event"]] == ["ready", "idle"]
    ids = put(path, "Le général Oumar Diarra est à Bamako.")
    with Library(path) as library, library.transaction():
        worker.tell(wake=True)
        time.sleep(IMPATIENT + 1)
    assert worker.event()["articles"] == ids


def test_it_annotates_waits_and_wakes(path: Path, worker: Worker) -> None:
    ready = worker.event()
    assert (ready["event"], sorted(ready["versions"])) == ("ready", ["en", "fr"])
    assert worker.event() == {"event": "idle"}
    ids = put(path, "Le général Oumar Diarra est à Bamako.", "Le Niger.")
    worker.tell(wake=True)
    done = worker.event()
    assert done == {"event": "annotated", "articles": ids, "done": 2, "total": 2, "failed": []}
    assert worker.event() == {"event": "idle"}
    [late] = put(path, "Le Tchad et le Mali.")
    began = time.monotonic()
    worker.tell(first=late)
    assert worker.event()["articles"] == [late]
    assert time.monotonic() - began < 2
    assert worker.event() == {"event": "idle"}
    with Library(path) as library:
        found = library.mentions.of(revision_of("Le général Oumar Diarra est à Bamako."))
        assert [m.entity for m in found] == ["Oumar Diarra", "Bamako"]
    worker.tell(stop=True)
    assert worker.ends() == 0
    assert worker.process.stderr
    assert worker.process.stderr.read() == b""


def test_an_article_asked_for_comes_before_the_queue(path: Path) -> None:
    ids = put(path, *(f"Texte numéro {n} sur le Mali." for n in range(60)))
    worker = Worker(path)
    try:
        worker.tell(first=ids[59])
        events = [worker.event() for _ in range(3)]
        batches = [e["articles"] for e in events if e["event"] == "annotated"]
        assert [ids[59]] in batches
        assert ids[58] not in [one for batch in batches for one in batch]
    finally:
        worker.close()


def test_it_ends_with_its_parent_at_once(path: Path, worker: Worker) -> None:
    put(path, *(f"Texte {n} sur le Mali. " * 500 for n in range(200)))
    worker.event()
    assert worker.process.stdin
    began = time.monotonic()
    worker.process.stdin.close()
    assert worker.ends() == 0
    assert time.monotonic() - began < 5
    with Library(path) as library:
        assert library.count() == 200


def test_it_leaves_the_keyboard_to_its_parent_and_passes_over_noise(worker: Worker) -> None:
    worker.event()
    assert worker.event() == {"event": "idle"}
    worker.process.send_signal(signal.SIGINT)
    assert worker.process.stdin
    worker.process.stdin.write(b"not json\n[1]\n\xff\xfe\n")
    worker.tell(wake=True)
    assert worker.event() == {"event": "idle"}
    assert os.getpriority(os.PRIO_PROCESS, worker.process.pid) >= 15


def test_a_library_that_cannot_be_used_is_said(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)
    worker = Worker(path)
    try:
        said = worker.event()
        assert said["event"] == "error"
        assert said["message"]
        assert worker.ends() == 1
    finally:
        worker.close()


def test_a_wrong_gazetteer_is_said(path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[group]\n", encoding="utf-8")
    put(path, "Le Mali.")
    worker = Worker(path, own)
    try:
        assert worker.event()["event"] == "ready"
        said = worker.event()
        assert said["event"] == "error"
        assert "group" in said["message"]
    finally:
        worker.close()


def test_a_gazetteer_that_is_no_file_is_said(path: Path, tmp_path: Path) -> None:
    worker = Worker(path, lay(tmp_path / "own.toml", "pipe"))
    try:
        said = worker.event()
        assert (said["event"], said["message"]) == ("error", "own.toml: not a regular file")
        assert worker.ends() == 1
    finally:
        worker.close()


def test_a_second_process_begins_at_the_end_and_ends_when_all_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = put(path, *(f"Texte {n} sur Bamako." for n in range(9)))
    monkeypatch.setattr(assistant, "_MUCH", 9)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    with assistant.Assistant(path, None, lines.put) as second:
        second.consider(8)
        second.consider(9)
        heard = [json.loads(lines.get(timeout=PATIENCE)) for _ in range(2)]
    assert [event["articles"] for event in heard] == [ids[:0:-1], ids[:1]]
    with Library(path) as library:
        assert library.mentions.progress(models.versions()) == (9, 9)


def test_the_second_process_ends_with_the_first(path: Path) -> None:
    put(path, *(f"Texte {n} sur Bamako." for n in range(40)))
    second = Worker(Path("--assist"), path)
    second.event()
    assert second.process.stdin
    second.process.stdin.close()
    assert second.ends() == 0
    second.close()
