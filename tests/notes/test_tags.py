import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes import InvalidTag
from notes.tags import key, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("#sahel", "sahel"),
        ("  # Groupe /  JNIM ", "Groupe/JNIM"),
        ("à  vérifier", "à vérifier"),
        ("e\u0301té", "été"),
        ("a\u202eb\x1b[2J", "ab[2J"),
    ],
)
def test_a_tag_is_tidied(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize("typed", ["", "#", " / ", "a//b", "/a", "a/", "a,b", "x" * 101, "\u0301", "\u200d"])
def test_a_tag_that_could_not_be_found_again_is_refused(typed: str) -> None:
    with pytest.raises(InvalidTag):
        normalise(typed)


def test_case_accents_and_ligatures_do_not_tell_tags_apart() -> None:
    assert key("Été/Cœur") == key("ete/COEUR")


@given(st.text(max_size=30))
def test_a_tidy_tag_is_not_tidied_further(typed: str) -> None:
    try:
        tag = normalise(typed)
    except InvalidTag:
        return
    assert normalise(tag) == tag
    assert not {unicodedata.category(char) for char in tag} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert key(tag.upper()) == key(tag.upper().lower())
