"""Writes the layouts that were released, as SQL to be kept: `python tests/upgrades/build.py [COMMIT…]`.

Each commit's own schema makes an empty store, which is filled with the same small content as far as its
tables have room for it. Without commits, the present one. A layout once written is never changed.
"""

import hashlib
import importlib.util
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Final

LAYOUTS: Final = Path(__file__).parent / "layouts"
ROOT: Final = LAYOUTS.parents[2]
TEXT: Final = "Bamako, le 19 septembre 2024. Le général Oumar Diarra a parlé à l’aéroport."
REVISION: Final = hashlib.sha256(TEXT.encode()).hexdigest()
ARTICLE: Final = REVISION[:12]
NAME: Final = TEXT.index("Oumar Diarra")

LIBRARY: Final = {
    "text": {"revision": REVISION, "body": TEXT},
    "article": {"id": ARTICLE, "revision": REVISION, "title": "Un titre", "date": "2024-09-19", "place": "Bamako",
                "lang": "fr", "source": "Presse", "author": "", "url": "", "added": "2024-09-20T10:00:00+00:00"},
    "location": {"path": b"/nowhere/a.txt", "key": "", "article": ARTICLE, "title": "Un titre", "date": "2024-09-19",
                 "place": "Bamako", "lang": "fr", "source": "Presse"},
    "file": {"path": b"/nowhere/a.txt", "size": 80, "modified": 1},
    "folder": {"path": b"/nowhere"},
    "annotation": {"revision": REVISION, "annotator": "rules-0"},
    "mention": {"revision": REVISION, "start": NAME, "end": NAME + 12, "type": "person", "entity": "Oumar Diarra",
                "surface": "Oumar Diarra", "entity_key": "oumar diarra", "surface_key": "oumar diarra"},
    "finding": {"revision": REVISION,
                "spans": f'[[{NAME}, {NAME + 12}, "person", "Oumar Diarra", "Oumar Diarra"]]'},
}  # fmt: skip
_TOLD: Final = {
    "title": "Un titre",
    "date": "2024-09-19",
    "source": "Presse",
    "url": "",
    "path": "/nowhere/a.txt",
}
_REVISION: Final = {
    "note": "0" * 12, "revision": REVISION, "start": NAME, "end": NAME + 12, "quote": "Oumar Diarra",
    "prefix": TEXT[:NAME], "suffix": TEXT[NAME + 12 :], "state": "exact", "modified": "2024-09-20T10:00:00.000000+00:00",
    "deleted": 0, **_TOLD,
}  # fmt: skip
NOTES: Final = {
    "operation": [{"id": 1, "kind": "add", "time": "2024-09-20T10:00:00.000000+00:00"},
                  {"id": 2, "kind": "revise", "time": "2024-09-21T10:00:00.000000+00:00"}],
    "snapshot": {"revision": REVISION, "text": TEXT},
    "tag": {"id": 1, "name": "groupe/armée", "key": "groupe/armee"},
    "note": {"id": "0" * 12, "article": ARTICLE, "created": "2024-09-20T10:00:00.000000+00:00", "current": 2},
    "note_revision": [{**_REVISION, "number": 1, "parent": None, "operation": 1, "comment": "avant"},
                      {**_REVISION, "number": 2, "parent": 1, "operation": 2, "comment": "un commentaire"}],
    "note_revision_tag": {"note": "0" * 12, "number": 2, "position": 0, "tag": 1},
    "draft": {"article": ARTICLE, "start": None, "end": None, "note": "", "anchor": None, "comment": "à moitié",
              "tags": "", "saved": "2024-09-20T10:00:00.000000+00:00"},
}  # fmt: skip
STORES: Final = {"library": ("index/schema.py", LIBRARY), "notes": ("notes/schema.py", NOTES)}


def filled(db: sqlite3.Connection, content: dict) -> None:
    """Put the content into a store, as far as it has tables and columns for it."""
    db.execute("PRAGMA foreign_keys = OFF")
    for table, rows in content.items():
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        for row in [rows] if isinstance(rows, dict) else rows:
            kept = {name: value for name, value in row.items() if name in columns}
            if kept:
                names = ", ".join(f'"{name}"' for name in kept)
                marks = ", ".join("?" * len(kept))
                db.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", [*kept.values()])


def script(db: sqlite3.Connection) -> str:
    """Return the SQL that makes an open store anew, its two signatures included."""
    signs = [
        f"PRAGMA {name} = {db.execute(f'PRAGMA {name}').fetchone()[0]};"
        for name in ("application_id", "user_version")
    ]
    return "\n".join([*signs, *_dumped(db)]) + "\n"


def _dumped(db: sqlite3.Connection) -> Iterator[str]:
    for line in db.iterdump():
        if "sqlite_sequence" not in line:
            yield line


def schema_at(commit: str, path: str) -> ModuleType:
    """Return the schema's module as it was at a commit, or as it is now."""
    source = (
        subprocess.run(["git", "show", f"{commit}:{path}"], cwd=ROOT, capture_output=True, check=True).stdout
        if commit
        else (ROOT / path).read_bytes()
    )
    with tempfile.TemporaryDirectory() as here:
        file = Path(here) / "schema.py"
        file.write_bytes(source)
        spec = importlib.util.spec_from_file_location("schema_then", file)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def main(commits: list[str]) -> None:
    """Write the layouts that are not there yet."""
    for commit in commits or [""]:
        for store, (path, content) in STORES.items():
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
                schema_at(commit, path).migrate(db)
                filled(db, content)
                version = db.execute("PRAGMA user_version").fetchone()[0]
                target = LAYOUTS / f"{store}-{version}.sql"
                if not target.exists():
                    target.write_text(script(db))
                    print(target.name)


if __name__ == "__main__":
    main(sys.argv[1:])
