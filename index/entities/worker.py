r"""The annotation of a library in a process of its own: `python -m index.entities.worker`.

Arguments: the library, the analyst's gazetteer, and the log of corrections; either of
the last two may be missing or not exist. With `--assist` before them it is the second
process of another worker: it begins with what was added last, and ends when all is done.

It reads commands and writes events, each a JSON object on a line. Commands:
`{"first": ID}` annotate this article before the others; `{"wake": true}` look
again for what is pending; `{"stop": true}` keep what is done and end. The end of
its input means that its parent is gone: it ends at once. Events: `ready` with
`versions` and `missing` (sentences), before any model is loaded; `annotated` with
`articles`, `failed`, `done`, `total`, after a batch is kept; `renamed` with
`articles` whose mentions have changed because names were gathered over the
collection or corrected; `idle` when nothing is pending, after which it waits; `error`
with `message`, then it ends with code 1.
"""

import json
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import IO, Final

from index.entities import annotator, models
from index.entities.assistant import Assistant
from index.entities.gazetteer import GazetteerError, load
from index.entities.log import CorrectionLog
from index.entities.settle import settle_all
from index.entities.work import annotate_pending
from index.errors import LibraryError
from index.library import Library
from index.priority import give_way
from index.store import PATIENT

_NICENESS: Final = 15
_MEMORY: Final = 4 << 30  # bytes of address space; a model takes a tenth of it

Event = dict[str, object]


class Commands:
    """What the parent asked for and has not got yet. One thread fills it, another asks."""

    def __init__(self) -> None:
        self.stopped = False
        self._wanted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._told = threading.Event()

    def obey(self, line: bytes) -> None:
        """Take in one line; what is not a command is passed over."""
        try:
            command = json.loads(line)
        except ValueError:
            return
        if not isinstance(command, dict):
            return
        if isinstance(command.get("first"), str):
            self._wanted.put(command["first"])
        self.stopped = self.stopped or command.get("stop") is True
        self._told.set()

    def wanted(self) -> str | None:
        """Return the article last asked for, once; the reader has left the earlier ones."""
        last = None
        while not self._wanted.empty():
            last = self._wanted.get()
        return last

    def wait(self) -> None:
        """Return at the next command, or at once if one came since the last call."""
        self._told.wait()
        self._told.clear()


def work(
    library: Library,
    gazetteer: Path | None,
    log: CorrectionLog | None,
    *,
    commands: Commands,
    say: Callable[[Event], None],
    assistant: Assistant,
) -> None:
    """Annotate what is pending, then settle names and corrections, again at each command, until told to stop.

    Raises LibraryError, GazetteerError, ModelError.
    """
    versions = models.versions(gazetteer)
    say({"event": "ready", "versions": versions, "missing": models.missing()})
    finder = cache(partial(annotator.build, extra=gazetteer))
    names = cache(partial(load, gazetteer))
    while not commands.stopped:
        for progress in annotate_pending(
            library,
            first=commands.wanted,
            stop=lambda: commands.stopped,
            annotator_for=finder,
            versions=versions,
        ):
            say({"event": "annotated", **asdict(progress)})
            assistant.consider(progress.total - progress.done)
        for articles in settle_all(library, log, names, stop=lambda: commands.stopped) if log else ():
            say({"event": "renamed", "articles": articles})
        if not commands.stopped:
            say({"event": "idle"})
            commands.wait()


def assist(library: Library, gazetteer: Path | None, say: Callable[[Event], None]) -> None:
    """Annotate what is pending, the last first. Raises LibraryError, GazetteerError, ModelError."""
    finder = partial(annotator.build, extra=gazetteer)
    versions = models.versions(gazetteer)
    for progress in annotate_pending(library, annotator_for=finder, versions=versions, last_first=True):
        say({"event": "annotated", **asdict(progress)})


def _speaker() -> Callable[[bytes], None]:
    """Return what writes lines, from any thread, having sent all other output of this process nowhere."""
    events = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    speaking = threading.Lock()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def write(line: bytes) -> None:
        try:
            with speaking:
                events.write(line)
                events.flush()
        except BrokenPipeError:
            os._exit(0)  # the parent is gone

    return write


def _listen(commands: Commands, source: IO[bytes]) -> None:
    for line in source:
        commands.obey(line)
    # The parent is gone. SQLite rolls back what was not committed.
    os._exit(0)


def _be_modest() -> None:
    """Leave the processor, the memory and the keyboard's signals to the interface."""
    give_way(_NICENESS)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def main(arguments: list[str]) -> int:
    """Run the worker on the library, gazetteer and log of corrections at these paths."""
    write = _speaker()
    _be_modest()

    def say(event: Event) -> None:
        write(json.dumps(event).encode() + b"\n")

    assisting = arguments[:1] == ["--assist"]
    path, gazetteer, log = (*map(Path, arguments[assisting:]), None, None)[:3]
    assert path
    commands = Commands()
    threading.Thread(target=_listen, args=(commands, sys.stdin.buffer), daemon=True).start()
    try:
        with Library(path, PATIENT) as library, Assistant(path, gazetteer, write) as assistant:
            if assisting:
                assist(library, gazetteer, say)
            else:
                kept = CorrectionLog(log) if log else None
                work(library, gazetteer, kept, commands=commands, say=say, assistant=assistant)
    except (LibraryError, GazetteerError, models.ModelError) as error:
        say({"event": "error", "message": str(error)})
        return 1
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # No ordinary end: the listening thread holds stdin's lock, which would be waited for.
    os._exit(code)
