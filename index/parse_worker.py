r"""Parsing in a process of its own: `python -m index.parse_worker`.

A file that hangs or explodes costs this process, and that file only. Reads paths,
each a line of hexadecimal bytes; for each writes JSON objects, one a line: `draft`
with the fields of a Draft, or `refusal` with key and reason, each with `at`, how
far the file is read in bytes; at the end `end`, with the file's `size` and
`modified`, or `unreadable`, the reason.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from index.article import Draft
from index.formats import Unreadable, format_of
from index.places import printable
from index.walk import Unsafe, open_safely

MEMORY: Final = 1 << 30
"""Bytes of address space; the largest document we take needs a quarter of it."""


def parse(path: bytes) -> Iterator[dict[str, Any]]:
    """Yield what there is to say of one file."""
    reader = format_of(printable(path))
    if reader is None:
        yield {"unreadable": "not a format Liseuse reads"}
        return
    try:
        stream, stamp = open_safely(path)
        with stream:
            for record in reader(stream):
                said = asdict(record)
                yield {"draft" if isinstance(record, Draft) else "refusal": said, "at": stream.tell()}
        yield {"end": asdict(stamp)}
    except (Unsafe, Unreadable) as error:
        yield {"unreadable": str(error)}
    except OSError as error:
        yield {"unreadable": error.strerror or "cannot be read"}
    except MemoryError:
        yield {"unreadable": f"needs more than {MEMORY >> 20} MiB of memory"}
    except Exception as error:  # noqa: BLE001 - the border: one bad file must not stop the others
        yield {"unreadable": f"cannot be understood ({type(error).__name__})"}


def main() -> None:
    """Parse what is asked for until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends us when it will
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1 << 16)
    os.dup2(2, 1)  # a library that prints does not print among the answers
    for line in sys.stdin:
        for said in parse(bytes.fromhex(line.strip())):
            answers.write(json.dumps(said) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
