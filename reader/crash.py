"""When the program breaks: where it did goes to a private file, what was on the screen does not."""

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from reader import __version__


def write_report(error: BaseException, folder: Path) -> Path | None:
    """Write where an error arose, without values of variables or messages, and return the file.

    Returns None where it cannot be written. A message may quote an article, so only
    the type of the error and the places it went through are told.
    """
    places = traceback.extract_tb(error.__traceback__)
    lines = [
        f"Liseuse {__version__}",
        type(error).__qualname__,
        *(f"{p.filename}:{p.lineno} {p.name}" for p in places),
    ]
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path
