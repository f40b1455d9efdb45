"""Opening a file by its path: regular, of a bounded size, never waited for."""

import os
from pathlib import Path

import pytest
from irregular import KINDS, in_bounds, lay

from index.entities.gazetteer import GazetteerError, load, load_leniently
from index.regular import Irregular, content, opened
from index.toml import NotToml, tables

SAID = {"pipe": "not a regular file", "device": "not a regular file", "sparse": "larger than 1 MiB"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    lay(tmp_path / "it", kind)
    with in_bounds(), pytest.raises(OSError, match=SAID.get(kind, "Is a directory")) as refused:
        content(tmp_path / "it", 1 << 20)
    assert refused.value.filename == str(tmp_path / "it")


def test_a_link_is_followed_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"settled")
    (tmp_path / "here").symlink_to("there")
    assert content(tmp_path / "here", 7) == b"settled"
    assert len(content(Path("/proc/self/status"), 1 << 20)) > 100  # of no size, they say
    with pytest.raises(Irregular, match="larger"):
        content(Path("/proc/self/status"), 100)


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    before = os.listdir("/proc/self/fd")
    for kind in KINDS:
        with pytest.raises(OSError, match=r"."):
            content(lay(tmp_path / kind, kind), 1 << 20)
    with pytest.raises(FileNotFoundError):
        opened(tmp_path / "none")
    assert os.listdir("/proc/self/fd") == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_gazetteer_that_is_no_file_is_left_out(tmp_path: Path, kind: str) -> None:
    path = lay(tmp_path / "gazetteer.toml", kind)
    with in_bounds():
        assert load_leniently(path).names_like("JNIM")
        with pytest.raises(GazetteerError, match=r"^gazetteer\.toml: (not a regular|Is a directory|larger)"):
            load(path)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a = 1\nb = " + "[" * 5_000, 0, "nested too deep"),
        ("a = " + "{a=" * 5_000, 0, "nested too deep"),
        ("a = 1\n" + ".".join(["a"] * 200_000) + " = 1", 2, "nested too deep"),
        ("[" + ' . "\\""' * 5_000 + "]", 1, "nested too deep"),
        ("\n\na = " + "9" * 5_000, 3, "a number of too many digits"),
        ("\na = 1" + "_1" * 5_000, 2, "a number of too many digits"),
        ("a = 1\nb =\n", 2, "Invalid value"),
        ('a = 1\n\nb = """', 3, "Unterminated string"),
    ],
)  # fmt: skip
def test_toml_that_cannot_be_parsed_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with in_bounds(20), pytest.raises(NotToml) as refused:
        tables(text)
    assert (refused.value.line, refused.value.reason) == (line, reason)


def test_what_is_long_and_no_key_is_toml() -> None:
    names = {"org": {"O.N.U.": ["a.b.c " * 1_000, '"'], "1" * 9_000: []}, "n": int("9" * 4_000)}
    said = f"[org]\n\"O.N.U.\" = ['{'a.b.c ' * 1_000}', '\"']\n{'1' * 9_000} = []\n"
    assert tables(f"n = {'9' * 4_000}\n{said}") == names
