"""A folder of files made to harm: what can be read is added, all else is listed, nothing breaks."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hostile import ADDED, build

from index.article import canonical
from index.library import Library

# Root reads what it may not; without these two capabilities it is like anyone else.
AS_ANYONE = """
import ctypes, os, sys
for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execvp(sys.argv[1], sys.argv[1:])
"""
ALONE = [sys.executable, "-c", AS_ANYONE]
ANY_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


@dataclass(frozen=True)
class Run:
    """What came of adding the folder."""

    code: int
    said: dict[str, Any]
    painted: bytes
    max_rss: int
    """Bytes that the largest process of the run held at once."""
    folder: Path
    home: Path
    expected: dict[bytes, str]

    def reasons(self, name: str) -> list[str]:
        """Return why a file, or each of its records, was refused."""
        path = f"{self.folder}/{name}"
        return [
            r["reason"]
            for r in self.said["rejected"]
            if r["path"] == path or r["path"].startswith(path + ": ")
        ]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    top = tmp_path_factory.mktemp("hostile")
    folder, home = top / "files", top / "home"
    folder.mkdir()
    expected = build(folder)
    if (
        subprocess.run([*ALONE, "cat", folder / "locked.txt"], capture_output=True, check=False).returncode
        == 0
    ):
        expected |= {b"locked.txt": ADDED}  # root that may not give up being root
        del expected[b"closed"]
    command = [
        *ALONE,
        sys.executable,
        "-P",
        "-m",
        "reader",
        "--home",
        str(home),
        "add",
        "--json",
        str(folder),
    ]
    with (top / "out").open("wb") as out, (top / "err").open("wb") as err:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    (folder / "closed").chmod(0o700)  # so that pytest can remove it
    out_bytes = (top / "out").read_bytes()
    return Run(
        code=process.returncode,
        said=json.loads(out_bytes),
        painted=out_bytes + (top / "err").read_bytes(),
        max_rss=used.ru_maxrss * 1024,
        folder=folder,
        home=home,
        expected=expected,
    )


def test_each_file_is_added_or_listed_with_its_reason(run: Run) -> None:
    assert run.code == 3
    wrong = {}
    for raw, fate in run.expected.items():
        name = raw.decode(errors="backslashreplace")
        reasons = run.reasons(name)
        if not (any(fate in reason for reason in reasons) if fate else not reasons):
            wrong[name] = (fate, reasons[:3])
    assert wrong == {}


def test_what_was_added_is_in_the_library_and_is_clean(run: Run) -> None:
    added = {raw for raw, fate in run.expected.items() if fate == ADDED}
    with Library(run.home / "library" / "library.sqlite") as library:
        articles = list(library.articles(library.ids()))
        read = {os.path.basename(path) for path in library.places.files()}
    assert added <= read
    assert len(articles) == run.said["added"]
    for article in articles:
        assert canonical(article.text) == article.text != ""
        assert not ANY_CONTROL.search(article.text.replace("\n", "").encode())
        assert not ANY_CONTROL.search(article.title.encode())
        assert "SECRET" not in article.text
        assert "root:" not in article.text


def test_a_file_of_nothing_but_refusals_is_told_in_bounded_length(run: Run) -> None:
    reasons = run.reasons("empty.mbox")
    assert len(reasons) == 1_001
    assert reasons[-1] == "99,000 more records of this file were refused"


def test_memory_is_bounded(run: Run) -> None:
    assert run.max_rss <= 1 << 30


def test_no_name_reaches_the_terminal_as_more_than_text(run: Run) -> None:
    assert not ANY_CONTROL.search(run.painted)
