r"""Parsing in a process of its own: `python -m index.parse_worker`.

A file that hangs or explodes costs this process, and that file only. Reads paths,
each a line of hexadecimal bytes, with the digest that its bytes had when they were last
read, if they were; for each writes JSON objects, one a line: `draft`
with the fields of a Draft, or `refusal` with key and reason, each with `at`, how
far the file is read in bytes; at the end `end`, with the file's `size`, `modified`
and `digest`, or `unreadable`, the reason. A file whose digest is the same has no
records. Ends itself after a file that memory did
not suffice for: what that leaves behind is not to be met by another.
"""

import hashlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, Final, TextIO

from index.article import Draft
from index.formats import Refusal, format_of
from index.formats.record import reason_of
from index.places import printable
from index.walk import open_safely

MEMORY: Final = 1 << 30
"""Bytes of address space; the largest document we take needs a quarter of it."""
MAX_TEXT: Final = 16 * 1024 * 1024
"""Characters of one article: four times the Bible. What reads it next has no limit on its memory."""
MAX_FIELD: Final = 2_000
"""Characters of a title, a name or an address; a longer one is cut."""
MAX_KEY: Final = 200
MAX_COUNT: Final = 1_000_000
"""Records of one file."""
MAX_REFUSALS: Final = 1_000
"""Records of one file whose refusal is told one by one."""
_FLUSH_SECONDS: Final = 1.0


def parse(path: bytes, known: str = "") -> Iterator[dict[str, Any]]:
    """Yield what there is to say of one file."""
    reader = format_of(printable(path))
    if reader is None:
        yield {"unreadable": "not a format Liseuse reads"}
        return
    try:
        stream, stamp = open_safely(path)
        with stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            for record in _bounded(reader(stream)) if digest != known else ():
                yield {**_said(record), "at": stream.tell()}
        yield {"end": asdict(replace(stamp, digest=digest))}
    except MemoryError:
        yield {"unreadable": f"needs more than {MEMORY >> 20} MiB of memory", "spent": True}
    except Exception as error:  # noqa: BLE001 - the border: one bad file must not stop the others
        yield {"unreadable": reason_of(error)}


def _bounded(records: Iterator[Draft | Refusal]) -> Iterator[Draft | Refusal]:
    """Yield the records of a file, and no more of them than can be kept in mind."""
    number = refused = 0
    for number, record in enumerate(records, start=1):
        if number > MAX_COUNT:
            yield Refusal("", f"more than {MAX_COUNT:,} records: those that follow were left out")
            break
        refused += isinstance(record, Refusal)
        if isinstance(record, Draft) or refused <= MAX_REFUSALS:
            yield record
    if refused > MAX_REFUSALS:
        yield Refusal("", f"{refused - MAX_REFUSALS:,} more records of this file were refused")
    if not number:
        yield Refusal("", "no articles in it")


def _said(record: Draft | Refusal) -> dict[str, Any]:
    """Return a record as JSON has it, of bounded size."""
    if isinstance(record, Draft) and len(record.text) > MAX_TEXT:
        record = Refusal(record.key, f"a text of more than {MAX_TEXT:,} characters")
    fields = {name: _shortened(name, value) for name, value in asdict(record).items()}
    return {"draft" if isinstance(record, Draft) else "refusal": fields}


def _shortened(name: str, value: str) -> str:
    if name == "key" and len(value) > MAX_KEY:  # two long keys are still two
        return f"{value[:80]}… {hashlib.sha256(value.encode(errors='surrogatepass')).hexdigest()}"
    return value[:MAX_FIELD] + "…" if name != "text" and len(value) > MAX_FIELD else value


def main() -> None:
    """Parse what is asked for until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends us when it will
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CORE, 0)  # a reader that crashes leaves no copy of what it read
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1 << 16)
    os.dup2(2, 1)  # a library that prints does not print among the answers
    for line in sys.stdin:
        path, *known = line.split()
        _answer(parse(bytes.fromhex(path), *known), answers)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(what: Iterator[dict[str, Any]], answers: TextIO) -> None:
    """Write what there is to say of one file, at least so often that the parent sees that we go on."""
    flushed = time.monotonic()
    for said in what:
        answers.write(json.dumps(said) + "\n")
        if time.monotonic() - flushed > _FLUSH_SECONDS:
            answers.flush()
            flushed = time.monotonic()
        if said.get("spent"):
            answers.flush()
            os._exit(1)
    answers.flush()


if __name__ == "__main__":
    main()
