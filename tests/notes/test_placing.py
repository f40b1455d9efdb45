import hashlib
from pathlib import Path

import pytest

from notes import Anchor, Note, Notebook, Placement, Source, State, placements, put_at

OLD = (
    "Bamako, 19 septembre 2024 – L’armée a repris l’aéroport de la capitale.\n\n"
    "Selon le ministère, l’attaque a fait 12 morts parmi les élèves gendarmes.\n\n"
    "Le porte-parole n’a pas voulu dire combien d’avions ont brûlé sur la piste."
)
NEW = "Mise à jour à 18 heures.\n\n" + OLD.replace("12 morts", "70 morts").replace(
    "Le porte-parole n’a pas voulu dire combien d’avions ont brûlé sur la piste.", "Aucun avion, dit-on."
)


def revision(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def note_on(notebook: Notebook, words: str) -> Note:
    start = OLD.index(words)
    anchor = Anchor.of(OLD, start, start + len(words), revision(OLD))
    return notebook.add("af133a31c0de", revision(OLD), Source("Bamako"), anchor, "à voir", ["bilan"], OLD)


MOVED, CHANGED, GONE = (
    "L’armée a repris l’aéroport",
    "l’attaque a fait 12 morts parmi",
    "combien d’avions ont brûlé",
)


@pytest.fixture
def notes(notebook: Notebook) -> list[Note]:
    return [note_on(notebook, words) for words in (MOVED, CHANGED, GONE)]


def states(notebook: Notebook) -> dict[str, State]:
    return {note.quote: note.state for note in notebook.notes()}


def test_a_new_revision_moves_what_stands_in_it_and_marks_the_rest(
    notebook: Notebook, notes: list[Note]
) -> None:
    assert notebook.place(placements(notes, NEW, revision(NEW))) == 3
    assert states(notebook) == {MOVED: State.MOVED, CHANGED: State.CHANGED, GONE: State.ORPHAN}
    for note in notebook.notes():
        assert note.anchor is not None
        text = notebook.snapshot(note.revision)
        assert text is not None
        assert text[note.anchor.start : note.anchor.end] == note.quote
        assert (note.comment, note.tags, note.modified) == (note.comment, ("bilan",), note.created)
    moved, changed, gone = (notebook.get(note.id) for note in notes)
    assert moved.revision == revision(NEW)
    assert changed.anchor == notes[1].anchor
    assert gone.anchor == notes[2].anchor


def test_it_is_one_step_and_not_done_again_once_undone(notebook: Notebook, notes: list[Note]) -> None:
    notebook.place(placements(notes, NEW, revision(NEW)))
    assert notebook.undo().note_ids == tuple(sorted(note.id for note in notes))
    assert {note.id: note for note in notebook.notes()} == {note.id: note for note in notes}
    assert notebook.placed_before(revision(NEW)) == {notes[0].id}
    assert notebook.redo() is not None
    assert notebook.get(notes[0].id).state is State.MOVED


def test_placing_twice_writes_once(notebook: Notebook, notes: list[Note]) -> None:
    notebook.place(placements(notes, NEW, revision(NEW)))
    assert list(placements(notebook.notes(), NEW, revision(NEW))) == []


def test_what_was_moved_says_so_until_its_owner_has_seen_it(notebook: Notebook, notes: list[Note]) -> None:
    notebook.place(placements(notes, NEW, revision(NEW)))
    later = NEW + "\n\nFin."
    notebook.place(placements(notebook.notes(), later, revision(later)))
    moved = notebook.get(notes[0].id)
    assert (moved.state, moved.revision) == (State.MOVED, revision(later))
    notebook.place([put_at(moved, later, revision(later), moved.anchor.start, moved.anchor.end)])
    assert notebook.get(moved.id).state is State.EXACT


def test_its_owner_says_what_a_note_is_about(notebook: Notebook, notes: list[Note]) -> None:
    words = "l’attaque a fait 70 morts parmi"
    start = NEW.index(words)
    notebook.place([put_at(notes[1], NEW, revision(NEW), start, start + len(words))])
    assert (notebook.get(notes[1].id).quote, notebook.get(notes[1].id).state) == (words, State.EXACT)
    notebook.undo()
    assert notebook.get(notes[1].id) == notes[1]


def test_a_text_that_is_not_the_anchors_is_refused_and_nothing_is_written(
    notebook: Notebook, notes: list[Note]
) -> None:
    with pytest.raises(ValueError, match="not that of revision"):
        notebook.place([Placement(notes[0].id, Anchor.of(NEW, 0, 4, revision(NEW)), State.EXACT, OLD)])
    assert notebook.get(notes[0].id) == notes[0]


def test_notes_on_whole_articles_stay(notebook: Notebook) -> None:
    whole = notebook.add("af133a31c0de", revision(OLD), Source("Bamako"), None, "tout")
    assert list(placements([whole], NEW, revision(NEW))) == []


def test_whoever_only_reads_may_have_nothing_to_place(path: Path, notebook: Notebook) -> None:
    assert notebook.hold()
    with Notebook.open(path) as second:
        assert not second.hold()
        assert second.place([]) == 0
