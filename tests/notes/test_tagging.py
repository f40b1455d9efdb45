import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes import InvalidTag, Notebook, Source, TagCount
from notes.backup import backups
from notes.tags import key


def add(notebook: Notebook, *tags: str) -> str:
    return notebook.add("af133a31c0de", "r1", Source(), None, "", tags).id


def tags(notebook: Notebook) -> dict[str, int]:
    return {tag.name: tag.count for tag in notebook.tags()}


@pytest.fixture
def tagged(notebook: Notebook) -> Notebook:
    for names in (["groupe/JNIM", "Bilan"], ["groupe/eigs"], ["groupe"], ["bilan", "sources"], []):
        add(notebook, *names)
    return notebook


def test_a_tag_is_renamed_with_its_children_and_back(tagged: Notebook) -> None:
    assert tagged.rename_tag("Groupe", "acteurs/armés") == 3
    assert tags(tagged) == {
        "Bilan": 2,
        "acteurs/armés": 1,
        "acteurs/armés/JNIM": 1,
        "acteurs/armés/eigs": 1,
        "sources": 1,
    }
    tagged.undo()
    assert tags(tagged) == {"Bilan": 2, "groupe": 1, "groupe/JNIM": 1, "groupe/eigs": 1, "sources": 1}
    tagged.redo()
    assert "acteurs/armés/JNIM" in tags(tagged)


def test_only_the_way_it_is_written_may_change(tagged: Notebook) -> None:
    assert tagged.rename_tag("groupe/jnim", "groupe/Jnim") == 1
    assert tags(tagged)["groupe/Jnim"] == 1
    add(tagged, "GROUPE/JNIM")
    assert tags(tagged)["groupe/Jnim"] == 2
    tagged.undo()
    tagged.undo()
    assert tags(tagged)["groupe/JNIM"] == 1


def test_a_name_that_is_taken_is_refused_and_merging_is_named(tagged: Notebook) -> None:
    before = tags(tagged)
    with pytest.raises(InvalidTag, match="merge"):
        tagged.rename_tag("sources", "bilan")
    assert tags(tagged) == before


def test_two_tags_become_one(tagged: Notebook) -> None:
    assert tagged.merge_tags("sources", "BILAN") == 1
    assert tags(tagged) == {"Bilan": 2, "groupe": 1, "groupe/JNIM": 1, "groupe/eigs": 1}
    tagged.undo()
    assert tags(tagged)["sources"] == 1


@pytest.mark.parametrize(
    ("tag", "into"), [("groupe", "groupe/jnim"), ("bilan", "BILAN"), ("none", "bilan"), ("bilan", "none")]
)
def test_what_cannot_be_merged_is_refused(tagged: Notebook, tag: str, into: str) -> None:
    before = tags(tagged)
    with pytest.raises(InvalidTag):
        tagged.merge_tags(tag, into)
    assert tags(tagged) == before


def test_a_tag_is_taken_off_everywhere_with_its_children(tagged: Notebook) -> None:
    count = len(tagged.notes())
    assert tagged.delete_tag("groupe") == 3
    assert tags(tagged) == {"Bilan": 2, "sources": 1}
    assert len(tagged.notes()) == count
    tagged.undo()
    assert tags(tagged)["groupe/JNIM"] == 1


def test_what_is_changed_everywhere_is_copied_first(tagged: Notebook, path) -> None:
    tagged.delete_tag("bilan")
    (copy,) = backups(path)
    with Notebook.open(copy.path) as before:
        assert tags(before)["Bilan"] == 2


def test_a_tag_has_a_colour_and_a_description_that_stay_with_it(tagged: Notebook) -> None:
    tagged.describe_tag("BILAN", color="red", description="Chiffres\nà vérifier")
    tagged.describe_tag("bilan", color="blue")
    wanted = TagCount("Bilan", 2, "blue", "Chiffres\nà vérifier")
    assert wanted in tagged.tags()
    tagged.rename_tag("bilan", "pertes")
    assert TagCount("pertes", 2, "blue", "Chiffres\nà vérifier") in tagged.tags()
    tagged.undo()
    tagged.undo()
    assert TagCount("Bilan", 2, "red", "Chiffres\nà vérifier") in tagged.tags()


@pytest.mark.parametrize("about", [{"color": "mauve"}, {"description": "x" * 1001}])
def test_what_cannot_be_said_of_a_tag_is_refused(tagged: Notebook, about: dict[str, str]) -> None:
    with pytest.raises(InvalidTag):
        tagged.describe_tag("bilan", **about)


NAMES = st.sampled_from(["a", "A", "a/b", "a/b/c", "é", "É/x", "b", "œ", "oe/y"])


@settings(max_examples=60)
@given(
    st.lists(st.lists(NAMES, max_size=3), max_size=5),
    st.lists(st.tuples(st.integers(0, 3), NAMES, NAMES), max_size=6),
)
def test_whatever_is_done_to_tags_is_undone(bearing, changes) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as here, Notebook.open(Path(here) / "n" / "notes.sqlite") as notebook:
        for names in bearing:
            add(notebook, *names)
        states = []
        for number, (kind, one, other) in enumerate(changes):
            before = (notebook.tags(), notebook.notes())
            try:
                if kind == 0:
                    notebook.rename_tag(one, other)
                elif kind == 1:
                    notebook.merge_tags(one, other)
                elif kind == 2:
                    notebook.delete_tag(one)
                else:
                    notebook.describe_tag(one, description=f"{number}")
            except InvalidTag:
                assert (notebook.tags(), notebook.notes()) == before
            else:
                states.append(before)
        assert all(len(set(map(key, note.tags))) == len(note.tags) for note in notebook.notes())
        for before in reversed(states):
            notebook.undo()
            assert (notebook.tags(), notebook.notes()) == before
