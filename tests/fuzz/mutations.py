"""Fuzz the readers with mutations of good files: `python mutations.py SECONDS [SUFFIX...]`.

Coverage does not lead a fuzzer into an archive or a PDF; this one begins inside. What
breaks a reader, kills it, or takes it longer than `PATIENCE` seconds of the processor is written into
`found/read.SUFFIX-…`, and replayed by `make test` ever after.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from fuzz.targets import SUFFIXES, TARGETS
from hostile import ADDED, every_file

from index.formats import FORMATS, format_of
from index.parse_worker import MEMORY

PATIENCE: Final = 10
_ROUND: Final = 200
_SMALL: Final = 200_000
_TOKENS: Final = (
    b"<", b">", b"</p>", b"<div>", b"<table>", b"<!--", b"]]>", b"&", b"&#0;", b"&#xd800;", b"{", b"}", b"[",
    b"]", b'"', b"\\ud800", b"\\", b"\n", b"\r", b"\0", b"\n\n", b"\nFrom a\n", b"--", b"---\n", b";", b",", b"\t",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"=?utf-8?b?", b"?=", b"Content-Type: multipart/mixed; boundary=a\n",
    b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-7", b"charset=rot13",
    b"obj", b"endobj", b"stream\n", b"<<", b">>", b"0 R", b"/Kids", b"PK\x01\x02", b"PK\x03\x04", b"\xff" * 4,
    b"99999999999", b"-1", b"1e999", b"null", b"\xe2\x80\xae", b"\x1b[2J", b"\xcc\x81",
)  # fmt: skip


def main() -> None:
    """Fuzz each reader for so long; exits 1 if anything was found."""
    seconds, *suffixes = sys.argv[1:]
    found = [path for suffix in suffixes or SUFFIXES for path in fuzz(suffix, float(seconds))]
    sys.exit(bool(found))


def fuzz(suffix: str, seconds: float) -> Iterator[Path]:
    """Fuzz one reader in children, yielding what was found."""
    seeds, current = _seeds(suffix), Path(tempfile.gettempdir(), f"liseuse-fuzz-{os.getpid()}")
    end, tried = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        if (child := os.fork()) == 0:
            _try(suffix, seeds, random.Random(tried), current)
        _, status = os.waitpid(child, 0)
        tried += _ROUND
        if status:
            data = current.read_bytes()
            path = Path(__file__).parent / "found" / f"read{suffix}-{hashlib.sha256(data).hexdigest()[:16]}"
            path.write_bytes(data)
            print(f"{suffix}: found {path.name} (status {status})", flush=True)
            yield path
    current.unlink(missing_ok=True)
    print(f"{suffix}: {tried} mutations of {len(seeds)} files", flush=True)


def _try(suffix: str, seeds: list[bytes], chance: random.Random, current: Path) -> None:
    """Try one round, and end the process: with 0 if nothing broke."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for _ in range(_ROUND):
            data = mutated(chance.choice(seeds), seeds, chance)
            current.write_bytes(data)
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)  # whose default is to kill
            TARGETS[f"read{suffix}"](data)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - what is looked for
        import traceback

        traceback.print_exception(error, limit=-4)
        os._exit(1)


def mutated(data: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    """Return a mutation; of an archive, as often as not, one of a file in it."""
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.7:
        return _repacked(data, lambda inner: mutated(inner, seeds, chance), chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(changed) + 1), chance.choice((0, 1, 4, 64, 1_000))
        piece = changed[at : at + length]
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = piece * chance.choice((1, 2, 50, 500))
            case 3:
                changed[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 1, 20, 3_000))
            case 4:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                changed[at:at] = other[start : start + 200]
            case 5:
                del changed[at:]
    return bytes(changed[: 4 * _SMALL])


def _repacked(data: bytes, change: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
    if members:
        chosen = chance.choice(list(members))
        members[chosen] = change(members[chosen])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in members.items():
            archive.writestr(name, inner)
    return stream.getvalue()


def _seeds(suffix: str) -> list[bytes]:
    """Return small files that the reader reads, those of the material beside the repository with them."""
    mine = [data for name, (data, fate) in every_file().items() if fate == ADDED and _has(name, suffix)]
    shared = Path(__file__).resolve().parents[3] / "shared" / "corpora"
    real = [path.read_bytes() for path in shared.rglob("*") if _has(path.name, suffix) and path.is_file()]
    return [data for data in [*mine, *real[:200]] if 0 < len(data) < _SMALL] or [b"Titre\n\nTexte."]


def _has(name: str | bytes, suffix: str) -> bool:
    return format_of(os.fsdecode(name)) is FORMATS[suffix]


if __name__ == "__main__":
    main()
