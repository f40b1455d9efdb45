r"""Adding in a process of its own: `python -m index.adder LIBRARY INDEX [PATH...]`.

Reads the paths into the library and brings the index up to date; without paths, the
latter alone; with `--sync` for a path, looks again at all that was ever added.
Writes events, each a JSON object on a line: now and then `event` with `done` and
`total` in bytes and the articles `added` so far, `indexed` and `compared` with `done` and `total` in
articles, and at the end `done` with the contract's summary. The end of its input means that its parent
is gone: it ends, and is continued by the next run.
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Final

from index.collection import Collection
from index.errors import LibraryError, SearchError
from index.events import Outcome, Summary
from index.priority import give_way
from index.store import PATIENT

_NICENESS: Final = 10
_EVERY_SECONDS: Final = 0.2


def main(arguments: list[str]) -> int:
    """Add the paths to the collection whose library and index come first."""
    library, index, *paths = arguments
    give_way(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        with Collection(Path(library), Path(index), PATIENT) as collection:
            _run(collection, paths)
    except (LibraryError, SearchError, OSError) as error:
        _say("error", message=str(error))
        return 1
    return 0


def _run(collection: Collection, paths: list[str]) -> None:
    summary = Summary()
    events = collection.sync() if paths == ["--sync"] else collection.add(paths) if paths else ()
    said = 0.0
    for event in events:
        summary.note(event)
        if time.monotonic() - said > _EVERY_SECONDS:
            said = time.monotonic()
            _say("event", done=event.done, total=event.total, added=summary.counts[Outcome.ADDED])
    collection.prove_index()
    for step in collection.settle():
        _say("indexed", done=step.done, total=step.total)
    for compared in collection.compare():
        _say("compared", done=compared.done, total=compared.total)
    _say("done", **summary.to_json())


def _say(event: str, **values: object) -> None:
    print(json.dumps({"event": event, **values}), flush=True)  # noqa: T201 - what this process is for


def _leave_with_parent() -> None:
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # No ordinary end: the listening thread holds stdin's lock, which would be waited for.
    os._exit(code)
