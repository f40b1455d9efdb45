import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.article import canonical, fold, paragraphs, revision_of
from index.sanitise import clean, visible

CONTROLS = {chr(c) for c in [*range(32), *range(0x7F, 0xA0)]} - {"\n"}


@given(st.text())
def test_canonical_text_keeps_the_contract(text: str) -> None:
    made = canonical(text)
    assert canonical(made) == made
    assert unicodedata.is_normalized("NFC", made)
    assert not CONTROLS & set(made)
    assert "\n\n\n" not in made
    made.encode()


def test_canonical_text_keeps_what_the_source_says() -> None:
    source = "« L’État »\u00a0: 15\u202f000 —\u00ad “ok”\u200d"
    assert canonical(source) == source


def test_an_escape_sequence_loses_its_teeth() -> None:
    assert canonical("a\x1b]52;c;UFdO\x07b\x9b2J") == "a]52;c;UFdOb2J"


@given(st.text())
def test_paragraphs_tile_the_text(text: str) -> None:
    made = canonical(text)
    assert "\n\n".join(made[p.start : p.end] for p in paragraphs(made)) == made


@given(st.text())
def test_what_is_painted_has_the_length_of_what_is_meant(text: str) -> None:
    painted = visible(text)
    assert len(painted) == len(text)
    assert not (CONTROLS | {"\u202e", "\u2066", "\u200b"}) & set(painted)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_folding_ignores_case_accents_and_apostrophes() -> None:
    assert fold("L’ÉTAT Œuvre") == fold("l'etat oeuvre")


def test_a_revision_is_the_sha256_of_its_text() -> None:
    assert revision_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
