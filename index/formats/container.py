"""ZIP files opened warily: books and archives are both. Nothing is unpacked to the disk."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from index.formats.record import Unreadable

MAX_MEMBERS: Final = 20_000
MAX_TOTAL: Final = 1 << 30
"""Bytes that all members of a file may have when unpacked."""
MAX_RATIO: Final = 200
"""Times a member may grow; text that is no bomb grows 3 to 20 times."""
MAX_RATIO_IN_ALL: Final = 50
_ALWAYS_FINE: Final = 1 << 20
_FINE_IN_ALL: Final = 64 << 20
"""Bytes that a member and all of them may have when unpacked, whatever they were before."""
_ENCRYPTED: Final = 1
_UNICODE: Final = 1 << 11
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    NotImplementedError,
    EOFError,
    OSError,
)


class Container:
    """A ZIP file and what may still be unpacked from it; those inside it share its allowance."""

    def __init__(self, stream: BinaryIO, allowance: list[int] | None = None) -> None:
        """Read the table of contents. Raises Unreadable for what is no ZIP file."""
        try:
            self._zip = zipfile.ZipFile(stream)
        except _BROKEN as error:
            message = "not a ZIP file, or a damaged one"
            raise Unreadable(message) from error
        if len(self._zip.infolist()) > MAX_MEMBERS:
            message = f"more than {MAX_MEMBERS} files in one archive"
            raise Unreadable(message)
        by_place = sorted(self._zip.infolist(), key=lambda member: member.header_offset)
        if any(one.header_offset + one.compress_size > two.header_offset for one, two in pairwise(by_place)):
            message = "its files overlap: an archive made to explode"  # Fifield, "A better zip bomb", 2019
            raise Unreadable(message)

        packed = sum(member.compress_size for member in by_place)
        self.allowance = allowance or [min(MAX_TOTAL, max(_FINE_IN_ALL, MAX_RATIO_IN_ALL * packed))]

    def names(self) -> Iterator[str]:
        """Yield the names of its files, in the order of its table of contents."""
        names = (member.filename for member in self._zip.infolist())
        return (name for name in names if name and not name.endswith("/"))

    def shown(self, name: str) -> str:
        """Return a file's name as who packed it saw it: without the mark of Unicode it may be UTF-8."""
        if self._zip.getinfo(name).flag_bits & _UNICODE:
            return name
        try:
            return name.encode("cp437").decode()
        except UnicodeError:
            return name

    def data(self, name: str, most: int) -> bytes:
        """Return what a file holds, at most `most` bytes. Raises Unreadable with the reason."""
        try:
            member = self._zip.getinfo(name)
        except KeyError as error:
            message = f"no file {name} in it"
            raise Unreadable(message) from error
        if member.flag_bits & _ENCRYPTED:
            message = "needs a password"
            raise Unreadable(message)
        most = min(most, self.allowance[0], max(_ALWAYS_FINE, MAX_RATIO * member.compress_size))
        data = self._unpacked(member, most)
        self.allowance[0] -= len(data)
        return data

    def _unpacked(self, member: zipfile.ZipInfo, most: int) -> bytes:
        # What is said of a member's size is not believed: as much is read as is allowed.
        try:
            with self._zip.open(member) as stream:
                data = stream.read(most + 1)
        except _BROKEN as error:
            message = "damaged in the archive"
            raise Unreadable(message) from error
        if len(data) > most:
            self.allowance[0] -= len(data)
            message = "too large, or grows too much when unpacked"
            raise Unreadable(message)
        return data
