import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes import Notebook, NotebookDamaged, NotebookError, NotebookLocked, NotebookReadOnly, NotOurs, Source
from notes.backup import backups, folder_of, prune
from notes.restore import restore
from notes.surroundings import Place, place_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def add(notebook: Notebook, comment: str) -> str:
    return notebook.add("af133a31c0de", "r1", Source(), None, comment).id


def comments(path: Path) -> list[str]:
    with Notebook.open(path) as notebook:
        return sorted(note.comment for note in notebook.notes())


# Copies


def test_a_copy_is_a_notebook_and_private(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    made = notebook.back_up()
    assert made is not None
    assert made.stat().st_mode & 0o777 == 0o600
    add(notebook, "deux")
    assert comments(made) == ["un"]
    assert [one.path for one in backups(path)] == [made]


def test_a_copy_is_made_again_only_after_a_change(path: Path, notebook: Notebook) -> None:
    assert notebook.back_up(unless_done=True) is None
    add(notebook, "un")
    assert notebook.back_up(unless_done=True) is not None
    assert notebook.back_up(unless_done=True) is None
    add(notebook, "deux")
    assert notebook.back_up(unless_done=True) is not None


def test_of_the_copies_of_one_second_the_last_are_kept(path: Path, notebook: Notebook) -> None:
    for number in range(25):
        add(notebook, f"{number:02}")
        made = notebook.back_up()
        assert backups(path)[0].path == made
    assert [len(comments(one.path)) for one in backups(path)] == [*range(25, 15, -1)]


def test_nothing_that_was_just_copied_is_removed_after_the_clock_was_set_back(path: Path) -> None:
    times = [NOW + timedelta(seconds=second) for second in range(12)]
    times += [NOW - timedelta(hours=2) + timedelta(seconds=second) for second in range(15)]
    clock = iter([time for time in times for _twice in range(2)])
    with Notebook.open(path, clock=lambda: next(clock)) as notebook:
        for number in range(len(times)):
            add(notebook, f"{number:02}")
            assert notebook.back_up(unless_done=True).exists()
            assert notebook.back_up(unless_done=True) is None
    kept = restore(path, backups(path)[0].path, NOW - timedelta(hours=3))
    assert len(comments(kept)) == len(times)
    early = [one for one in backups(path) if one.time < NOW]
    assert [len(comments(one.path)) for one in early[:-1]] == [*range(27, 17, -1)]
    assert len(backups(path)) - len(early) == 10


@given(st.lists(st.integers(0, 500 * 24 * 60), max_size=60))
def test_kept_are_ten_last_seven_days_eight_weeks_twelve_months(minutes_ago: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as here:
        notebook = Path(here) / "notes.sqlite"
        folder_of(notebook).mkdir()
        times = sorted({NOW - timedelta(minutes=minutes) for minutes in minutes_ago}, reverse=True)
        for time in times:
            (folder_of(notebook) / f"notes-{time:%Y%m%dT%H%M%SZ}.sqlite").touch()
        others = [folder_of(notebook) / "notes-20200101T000000Z-v1.sqlite", folder_of(notebook) / "mine.txt"]
        for other in others:
            other.touch()
        prune(notebook, NOW)
        prune(notebook, NOW)
        kept = {one.time for one in backups(notebook) if "-v" not in one.path.name}
        assert kept <= set(times)
        assert set(times[:10]) <= kept
        assert len(kept) <= 10 + 7 + 8 + 12
        assert {t.date() for t in kept} >= set(sorted({t.date() for t in times}, reverse=True)[:7])
        weeks = sorted({t.isocalendar()[:2] for t in times}, reverse=True)[:8]
        assert {t.isocalendar()[:2] for t in kept} >= set(weeks)
        months = sorted({(t.year, t.month) for t in times}, reverse=True)[:12]
        assert {(t.year, t.month) for t in kept} >= set(months)
        assert all(other.exists() for other in others)


# Bringing one back


def test_a_copy_comes_back_and_what_was_there_is_kept(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    add(notebook, "deux")
    assert copy is not None
    kept = restore(path, copy, NOW)
    assert comments(path) == ["un"]
    assert kept is not None
    assert comments(kept) == ["deux", "un"]
    assert [note.comment for note in notebook.notes()] == ["un"]  # for whoever had it open, too
    add(notebook, "trois")
    assert comments(path) == ["trois", "un"]


@pytest.mark.parametrize("damage", ["garbage", "truncated", "foreign"])
def test_a_damaged_notebook_is_put_aside_as_it_is(path: Path, clock, damage: str) -> None:
    with Notebook.open(path, clock=clock) as notebook:
        add(notebook, "un")
        copy = notebook.back_up()
    assert copy is not None
    if damage == "garbage":
        path.write_bytes(b"not a database, whatever it says" * 200)
    elif damage == "truncated":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE theirs (x)")
    path.with_name("notes.sqlite-journal").write_bytes(b"x")
    before = path.read_bytes()
    with pytest.raises(NotebookError):
        Notebook.open(path)
    kept = restore(path, copy, NOW)
    assert kept is not None
    assert kept.read_bytes() == before
    assert comments(path) == ["un"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_copy_comes_back_where_there_is_nothing(path: Path, tmp_path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    assert copy is not None
    elsewhere = tmp_path / "new" / "notes" / "notes.sqlite"
    assert restore(elsewhere, copy, NOW) is None
    assert comments(elsewhere) == ["un"]


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"garbage" * 1000, NotebookDamaged), (b"", NotOurs), (None, NotebookError)],
)
def test_what_is_no_copy_is_refused_and_nothing_changes(
    path: Path, tmp_path: Path, notebook, content, error
) -> None:
    add(notebook, "un")
    bad = tmp_path / "bad.sqlite"
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(error):
        restore(path, bad, NOW)
    assert comments(path) == ["un"]
    assert backups(path) == []


def test_nothing_is_restored_under_an_open_interface(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    assert copy is not None
    assert notebook.hold()
    with pytest.raises(NotebookLocked, match="close it"):
        restore(path, copy, NOW)


# Who writes


def test_a_second_interface_reads_until_the_first_has_ended(path: Path, notebook: Notebook) -> None:
    assert notebook.hold()
    with Notebook.open(path) as second, Notebook.open(path) as command:
        add(command, "d’une commande")
        assert not second.hold()
        assert second.is_read_only
        assert [note.comment for note in second.notes()] == ["d’une commande"]
        with pytest.raises(NotebookReadOnly, match="close the other"):
            add(second, "refusé")
        notebook.close()
        add(second, "accepté")
        assert not second.is_read_only
    assert comments(path) == ["accepté", "d’une commande"]


def test_a_killed_interface_leaves_no_lock(path: Path) -> None:
    holder = "import sys, os, signal; from pathlib import Path; from notes import Notebook; n = Notebook.open(Path(sys.argv[1])); assert n.hold(); os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", holder, str(path)], cwd=ROOT, check=False)
    with Notebook.open(path) as notebook:
        assert notebook.hold()


WRITER = """
import sys
from pathlib import Path
from notes import Notebook, Source
with Notebook.open(Path(sys.argv[1])) as notebook:
    for number in range(500):
        notebook.add("af133a31c0de", "r1", Source(), None, f"{sys.argv[2]} {number}", ["a/b"])
"""


def test_three_processes_write_at_once_and_none_is_refused(path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], cwd=ROOT) for name in "abc"]
    assert [writer.wait(240) for writer in writers] == [0, 0, 0]
    assert comments(path) == sorted(f"{name} {number}" for name in "abc" for number in range(500))


def test_a_disk_that_may_not_be_written_is_said(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    with notebook._store.read() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(NotebookReadOnly, match="read-only"):
        add(notebook, "deux")
    assert [note.comment for note in notebook.notes()] == ["un"]


def test_a_notebook_that_was_moved_is_said_and_goes_on_when_it_is_back(
    path: Path, notebook: Notebook, tmp_path: Path
) -> None:
    add(notebook, "un")
    path.parent.rename(tmp_path / "elsewhere")
    with pytest.raises(NotebookReadOnly, match="no longer where it was"):
        add(notebook, "deux")
    (tmp_path / "elsewhere").rename(path.parent)
    add(notebook, "deux")
    assert comments(path) == ["deux", "un"]


# Where it lies


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ana/liseuse", Place.LOCAL),
        ("/mnt/nas/ana/liseuse", Place.NETWORK),
        ("/mnt/a b/liseuse", Place.NETWORK),
        ("/home/ana/Dropbox/liseuse", Place.SYNCED),
        ("/home/ana/OneDrive - Journal/notes", Place.SYNCED),
        ("/mnt/nassau/x", Place.LOCAL),
    ],
)
def test_network_and_synchronised_folders_are_known(tmp_path: Path, folder: str, kind: Place) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt/nas nfs4 rw 0 0\n//s/x /mnt/a\\040b cifs rw 0 0\nproc /proc proc rw 0 0\n\n"
    )
    assert place_of(Path(folder), mounts) is kind


def test_a_folder_of_syncthing_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert place_of(tmp_path / "a" / "b") is Place.SYNCED
    assert place_of(tmp_path.parent, tmp_path / "none") is Place.LOCAL
