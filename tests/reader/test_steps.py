"""Undoing and doing again, over notes and corrections as one history."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.article import EntityType
from index.entities.corrections import Correction, Kind
from reader.cli import run
from reader.paths import places
from reader.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Un titre\n\nLe Sahel et le Mali, dit le maire de Gao.")
    run(["--home", str(tmp_path / "home"), "add", str(tmp_path / "a.txt")])
    with Workspace(places(str(tmp_path / "home"))) as space:
        yield space


def note(space: Workspace) -> None:
    (id,) = space.collection.library.ids()
    article = space.collection.article(id)
    space.note(article, space.quoted(article, "le maire"))


def correct(space: Workspace) -> None:
    space.corrector.keep(Correction.of(Kind.WRONG, "Sahel", EntityType.PLACE))


def correct_before(space: Workspace) -> None:
    """Correct a while ago: notes have their time in whole seconds."""
    one = Correction.of(Kind.WRONG, "Sahel", EntityType.PLACE)
    space.corrector.keep(replace(one, time="2024-01-01T00:00:00.000000+00:00"))


def done(space: Workspace) -> tuple[int, int]:
    """Return how many notes there are, and how many corrections hold."""
    return len(space.notebook.notes()), len(space.corrector.log.in_force())


@pytest.mark.parametrize("does", [(note, correct), (correct_before, note), (correct, correct), (note, note)])
def test_all_is_undone_and_done_again_in_turn(space, does) -> None:
    states = [done(space)]
    for do in does:
        do(space)
        states.append(done(space))
    for state in reversed(states[:-1]):
        assert space.steps.undo()
        assert done(space) == state
    assert space.steps.undo() is None
    for state in states[1:]:
        assert space.steps.redo()
        assert done(space) == state
    assert space.steps.redo() is None


@pytest.mark.parametrize("undone", [note, correct])
@pytest.mark.parametrize("newer", [note, correct])
def test_what_was_undone_is_not_done_again_over_something_newer(space, undone, newer) -> None:
    undone(space)
    space.steps.undo()
    newer(space)
    before = done(space)
    assert space.steps.redo() is None
    assert done(space) == before
    assert space.steps.undo()
    assert done(space) == (0, 0)
