"""Databases of a few pages that have no end: each page of a tree is the next, a hundred times over."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

_DEEP, _WIDE = 12, 100
_PAGE_ONE = 100
"""Where the tree's part of the first page begins."""


def without_end(path: Path, table: str = "") -> None:
    """Put such a tree in the place of a table; without one, at the end of the layout, `sqlite_master`."""
    root, row = _root(path, table)
    data = bytearray(path.read_bytes())
    size = struct.unpack(">H", data[16:18])[0]
    first = len(data) // size + 1
    if table:
        data[(root - 1) * size : root * size] = _interior(size, [first, first])
    else:
        _graft(data, first)
    added = [_interior(size, [first + at + 1] * (_WIDE + 1)) for at in range(_DEEP)]
    data += b"".join([*added, _leaf(size, row)])
    data[28:32] = struct.pack(">I", len(data) // size)
    data[92:96] = data[24:28]  # the number of pages is to be believed
    path.write_bytes(data)


def _root(path: Path, table: str) -> tuple[int, list[str | int | None]]:
    with closing(sqlite3.connect(path)) as db:
        if table:
            root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
            return root, ["q", 5]
        automatic = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE sql IS NULL LIMIT 1"
        return 1, list(db.execute(automatic).fetchone())


def _graft(data: bytearray, page: int) -> None:
    """Make a page the last child of the first, which is an interior one."""
    assert data[_PAGE_ONE] == 5
    count, start, last = struct.unpack(">2HxI", data[_PAGE_ONE + 3 : _PAGE_ONE + 12])
    cell = struct.pack(">I", last) + _number(900)
    start -= len(cell)
    data[start : start + len(cell)] = cell
    end = _PAGE_ONE + 12 + 2 * count
    data[end : end + 2] = struct.pack(">H", start)
    data[_PAGE_ONE + 3 : _PAGE_ONE + 12] = struct.pack(">2HBI", count + 1, start, 0, page)


def _interior(size: int, children: list[int]) -> bytes:
    cells = [struct.pack(">I", child) + _number(2000 + at) for at, child in enumerate(children[:-1])]
    return _page(size, 5, cells, struct.pack(">I", children[-1]))


def _leaf(size: int, row: list[str | int | None]) -> bytes:
    kinds = b"".join(
        _number(13 + 2 * len(one)) if isinstance(one, str) else bytes([4 * (one is not None)]) for one in row
    )
    values = (
        one.encode() if isinstance(one, str) else struct.pack(">i", one) for one in row if one is not None
    )
    payload = bytes([len(kinds) + 1]) + kinds + b"".join(values)
    return _page(size, 13, [_number(len(payload)) + _number(1000 + at) + payload for at in range(20)])


def _number(value: int) -> bytes:
    """Return a number below 16,384 as SQLite's varint."""
    return bytes([value]) if value < 0x80 else bytes([value >> 7 | 0x80, value & 0x7F])


def _page(size: int, kind: int, cells: list[bytes], right: bytes = b"") -> bytes:
    places = [size - sum(map(len, cells[: at + 1])) for at in range(len(cells))]
    head = struct.pack(">B3HB", kind, 0, len(cells), places[-1], 0) + right
    head += b"".join(struct.pack(">H", place) for place in places)
    return head + bytes(places[-1] - len(head)) + b"".join(reversed(cells))
