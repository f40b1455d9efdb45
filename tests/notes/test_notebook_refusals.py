"""What the notebook refuses, so that nothing is lost: what no export brings back, what was not seen."""

import hashlib

import pytest

from notes import Anchor, InvalidTag, Note, Notebook, NoteChanged, Source, TooLong
from notes.export import FORMATS
from notes.incoming import read

TEXT = "Bamako, 19 septembre 2024 – L’armée a repris l’aéroport."
REVISION = hashlib.sha256(TEXT.encode()).hexdigest()
PASSAGE = Anchor.of(TEXT, 28, 56, REVISION)
ARTICLE = "af133a31c0de"


def add(notebook: Notebook, comment: str) -> Note:
    return notebook.add(ARTICLE, REVISION, Source(), PASSAGE, comment)


def test_what_no_export_could_bring_back_is_not_kept(notebook: Notebook) -> None:
    kept = add(notebook, "x")
    with pytest.raises(TooLong, match="the comment has 1000001 characters"):
        notebook.revise(kept.id, comment="x" * 1_000_001)
    with pytest.raises(TooLong, match="the comment"):
        add(notebook, "x" * 1_000_001)
    text = "x" * 1_000_001
    with pytest.raises(TooLong, match="the passage"):
        notebook.add(ARTICLE, REVISION, Source(), Anchor(REVISION, 0, len(text), text, "", ""))
    assert notebook.notes() == [kept]
    long = notebook.add(ARTICLE, REVISION, Source(title="é" * 20_000), None, "x" * 1_000_000)
    (line,) = FORMATS["jsonl"]([long])
    assert [one.note for one in read(line.data).edits] == [long]


def test_a_note_is_not_changed_over_what_was_not_seen(notebook: Notebook) -> None:
    seen = add(notebook, "vu")
    now = notebook.revise(seen.id, comment="d’ailleurs")
    with pytest.raises(NoteChanged, match="to “d’ailleurs”") as refused:
        notebook.revise(seen.id, comment="d’ici", over=seen)
    assert refused.value.now == now
    assert notebook.revise(seen.id, comment="d’ici", over=now).comment == "d’ici"


def test_more_tags_than_an_export_may_have_are_refused(notebook: Notebook) -> None:
    with pytest.raises(InvalidTag, match="1000 tags, not 1001"):
        notebook.add(ARTICLE, REVISION, Source(), PASSAGE, "", [f"t{number}" for number in range(1001)])
    assert notebook.notes() == []
