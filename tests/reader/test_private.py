"""Whatever the umask, everything that the program makes is its user's alone."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reader.paths import places
from reader.workspace import Workspace

TEXT = "Un titre\n\nBamako, 19 septembre 2024 – Le JNIM a revendiqué l’attaque de l’aéroport."


@pytest.mark.parametrize("umask", ["000", "022", "777"])
def test_files_are_0600_and_folders_0700(umask: str, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT)
    home = tmp_path / "home"

    def liseuse(*arguments: str) -> None:
        command = [sys.executable, "-m", "reader", "--home", str(home), *arguments]
        script = f"import os; os.umask(0o{umask}); os.execv({sys.executable!r}, {command!r})"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    liseuse("add", str(source))
    with Workspace(places(str(home))) as space:
        (id,) = space.collection.library.ids()
    liseuse("note", id, "--quote", "JNIM", "--comment", "un commentaire", "--tag", "groupe/jnim")
    liseuse("search", "Bamako")
    liseuse("export", "-o", str(home / "exports" / "one.md"))
    liseuse("export", "-o", str(home / "many") + "/")
    (home / "theirs.jsonl").touch(0o600)
    liseuse("doctor")
    made = [path for path in home.rglob("*") if path.name != "theirs.jsonl"]
    assert {path.name for path in made} >= {
        "notes.sqlite",
        "library.sqlite",
        "index",
        "memory.sqlite",
        "one.md",
    }
    open_to_others = {
        str(path.relative_to(home)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in (home, *made)
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert not open_to_others
