"""What fuzzing has found stays mended."""

from pathlib import Path

import pytest
from fuzz.targets import DISTINCT, TARGETS

FOUND = sorted((Path(__file__).parent / "found").glob("*-*"))
BY_HAND = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"a" * 70_000,
    b"- " * 20_000,
    b"(" * 5_000,
    b"[" * 200_000,
    b"a = " + b"[" * 5_000,
    b"a = " + b"9" * 5_000,
    "é\u0301\u202e\ud7ff".encode(),
]


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    TARGETS[path.name.split("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", DISTINCT)
@pytest.mark.parametrize("data", BY_HAND, ids=range(len(BY_HAND)))
def test_simple_nonsense(name: str, data: bytes) -> None:
    TARGETS[name](data)
