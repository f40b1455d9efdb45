"""Opening a file that someone names: a plain file of a bounded size, or a reason why not."""

import os
import stat
from pathlib import Path
from typing import Final

from notes.incoming.refused import Refused

MAX_BYTES: Final = 256 * 1024 * 1024


def content(path: Path) -> bytes:
    """Return the bytes of a file. Raises Refused for what is no plain file or too large, and OSError."""
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe must not be waited for
    try:
        kind = os.fstat(opened).st_mode
        if not stat.S_ISREG(kind):
            raise Refused("a folder: name the files in it" if stat.S_ISDIR(kind) else "not a plain file")
        with os.fdopen(opened, "rb", closefd=False) as stream:
            data = stream.read(MAX_BYTES + 1) if os.fstat(opened).st_size <= MAX_BYTES else None
    finally:
        os.close(opened)
    if data is None or len(data) > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES // 1024 // 1024} MiB, more than any export: export in parts")
    return data
