"""What a format reader says of a record that it cannot turn into a draft, and what all readers share."""

from dataclasses import dataclass
from typing import BinaryIO, Final

MAX_DOCUMENT: Final = 16 * 1024 * 1024
"""Bytes of one document or record; a larger one is refused rather than held in memory."""


MAX_RECORDS: Final = 128 * 1024 * 1024
"""Bytes of one file of many records that is read whole."""


class Unreadable(Exception):
    """A file that cannot be understood as what its name says; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record left out: which one in its file (`key`), and why."""

    key: str
    reason: str


def whole(stream: BinaryIO, most: int = MAX_DOCUMENT) -> bytes:
    """Return all of a stream. Raises Unreadable past `most` bytes."""
    data = stream.read(most + 1)
    if len(data) > most:
        message = f"larger than {most // 2**20} MiB"
        raise Unreadable(message)
    return data


def reason_of(error: Exception) -> str:
    """Return why a document cannot be read, for the border where one must not stop the others.

    Lets pass what is not the document's fault alone: memory that does not suffice.
    """
    if isinstance(error, MemoryError):
        raise error
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    if isinstance(error, RecursionError):
        return "its parts are nested too deep"
    return f"cannot be understood ({type(error).__name__})"
