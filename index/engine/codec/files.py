"""One file of named arrays, mapped into memory: what a segment is made of.

Arrays stand one after the other, each at a multiple of 8 bytes; after them the directory
(JSON: of each array its type, place, length and CRC-32), and last a fixed trailer with
the length and CRC-32 of the directory. The trailer last means that a file cut short is
never taken for a whole one. Numbers are little-endian.
"""

import json
import mmap
import os
import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from index.errors import IndexStale

Array: TypeAlias = npt.NDArray[Any]

NOT_AS_WRITTEN: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What may come of taking JSON of somebody else's for ours."""
_MAGIC: Final = b"LSEG0001"
_TRAILER: Final = struct.Struct("<QI8s")
_ALIGN: Final = 8


class ArrayFileWriter:
    """Writes arrays to a new file as they come, so that no more than one is held."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._arrays: dict[str, tuple[str, int, int, int]] = {}

    def add(self, name: str, array: Array) -> None:
        """Write an array of one dimension."""
        array = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        self._write(b"\0" * (-self._at % _ALIGN))
        self._arrays[name] = (array.dtype.str, self._at, len(array), zlib.crc32(array.data))
        self._write(array.data)

    def finish(self, about: dict[str, Any]) -> tuple[int, int]:
        """Write the directory, have the disk take all, and return the file's size and the directory's CRC."""
        directory = json.dumps({"about": about, "arrays": self._arrays}).encode()
        checksum = zlib.crc32(directory)
        self._write(directory)
        self._write(_TRAILER.pack(len(directory), checksum, _MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._at, checksum

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._at += data.nbytes if isinstance(data, memoryview) else len(data)


class ArrayFile:
    """The arrays of a file, mapped: opening reads the directory and nothing else. Raises IndexStale."""

    def __init__(self, path: Path, size: int, checksum: int) -> None:
        self._path = path
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != size or size < _TRAILER.size:
                raise IndexStale(f"the index is damaged: {path.name} has not its size")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        length, told, magic = _TRAILER.unpack_from(self._map, size - _TRAILER.size)
        begin = size - _TRAILER.size - length
        directory = self._map[max(0, begin) : size - _TRAILER.size]
        if magic != _MAGIC or begin < 0 or not told == checksum == zlib.crc32(directory):
            raise IndexStale(f"the index is damaged: {path.name} is not what was written")
        try:
            found = json.loads(directory)
            self.about: dict[str, Any] = dict(found["about"])
            arrays = found["arrays"].items()
            self._arrays = {
                name: (str(dtype), int(start), int(length), int(checksum))
                for name, (dtype, start, length, checksum) in arrays
            }
        except NOT_AS_WRITTEN as error:
            raise IndexStale(f"the index is damaged: {path.name} is not what was written") from error

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> Array:
        dtype, start, length, _ = self._arrays[name]
        return np.frombuffer(self._map, dtype, length, start)

    def get(self, name: str) -> Array | None:
        """Return an array, None if there is none of the name."""
        return self[name] if name in self else None  # noqa: SIM401 - this is get

    def raw(self, name: str) -> memoryview:
        """Return an array's bytes, not copied."""
        dtype, start, length, _ = self._arrays[name]
        return memoryview(self._map)[start : start + length * np.dtype(dtype).itemsize]

    def verify(self) -> None:
        """Read every array and compare it with its checksum. Raises IndexStale."""
        for name, (_, _, _, checksum) in self._arrays.items():
            if zlib.crc32(self.raw(name)) != checksum:
                raise IndexStale(f"the index is damaged: {name} in {self._path.name}")


def smallest(array: Array, largest: int | None = None) -> Array:
    """Return an array of whole numbers, none negative, in the narrowest type that holds them."""
    top = largest if largest is not None else int(array.max(initial=0))
    return array.astype(np.min_scalar_type(top), copy=False)
