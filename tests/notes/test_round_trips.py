"""What is exported is read back to the character. `make round-trips` does it ten thousand times."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from notebooks import any_notebook

from notes import Edit, Fate, Note, Notebook
from notes.export import FORMATS
from notes.incoming import read

TRIPS = int(os.environ.get("LISEUSE_ROUND_TRIPS", "25"))
PAIRS = min(TRIPS, 1_000)
"""Of notebooks: of more of them Hypothesis keeps gigabytes to tell them apart."""
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def taken_in(edits: list[Edit]) -> list[Note]:
    """Return the notes of a new notebook that these were taken into."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Notebook.open(
            Path(folder) / "notes.sqlite", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)
        ) as notebook,
    ):
        outcomes = notebook.take_in(edits)
        assert {outcome.fate for outcome in outcomes} <= {Fate.ADDED}
        return notebook.notes()


@pytest.mark.parametrize("name", ["jsonl", "jsonld"])
@given(notes=any_notebook())
@settings(max_examples=TRIPS, suppress_health_check=SLOW)
def test_a_notebook_survives_the_round_trip(name: str, notes: list[Note]) -> None:
    (document,) = FORMATS[name](notes)
    incoming = read(document.data) if notes or name == "jsonld" else None
    edits = incoming.edits if incoming else []
    assert not incoming or incoming.rejected == []
    ordered = sorted(notes, key=lambda note: note.position)
    assert [edit.note for edit in edits] == ordered
    assert taken_in(edits) == ordered
    (again,) = FORMATS[name](taken_in(edits)) if edits else (document,)
    assert again.data == document.data


@given(here=any_notebook(), there=any_notebook())
@settings(max_examples=PAIRS, suppress_health_check=SLOW)
def test_taking_in_twice_changes_nothing_and_undo_takes_all_back(here: list[Note], there: list[Note]) -> None:
    mixed = [*there, *(note.__class__(**{**fields(note), "comment": "other"}) for note in here)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Notebook.open(
            Path(folder) / "notes.sqlite", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)
        ) as notebook,
    ):
        notebook.take_in([Edit(note) for note in here])
        before = notebook.notes()
        outcomes = notebook.take_in([Edit(note) for note in mixed])
        after = notebook.notes()
        again = notebook.take_in([Edit(note) for note in mixed])
        assert {outcome.fate for outcome in again} <= {Fate.UNCHANGED, Fate.OLDER}
        assert notebook.notes() == after
        texts = {(note.comment, note.quote) for note in after}
        assert {(note.comment, note.quote) for note in mixed} <= texts  # both kept
        if any(outcome.fate in (Fate.ADDED, Fate.UPDATED, Fate.CONFLICT) for outcome in outcomes):
            notebook.undo()
            assert notebook.notes() == before


def fields(note: Note) -> dict[str, object]:
    return {name: getattr(note, name) for name in note.__slots__}


def test_reading_a_file_of_no_notes() -> None:
    assert read(FORMATS["jsonld"]([])[0].data).edits == []
