import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notes import Anchor, State, find_quote, locate

TEXT = (
    "Bamako, 19 septembre 2024 – L’armée a repris l’aéroport de Bamako.\n\n"
    "« Nous avons repris l’aéroport », a dit le porte-parole. Le bilan reste inconnu à Bamako."
)

words = st.text(st.sampled_from("abé ’\n𝒳."), max_size=60)


def anchor(quote: str, text: str = TEXT, which: int = 0) -> Anchor:
    start = find_quote(text, quote)[which][0]
    return Anchor.of(text, start, start + len(quote), "r1")


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(st.one_of(words, st.text(max_size=200)))
    assume(text)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(passages())
def test_a_passage_is_found_where_it_was_made(passage: tuple[str, int, int]) -> None:
    text, start, end = passage
    made = Anchor.of(text, start, end, "r1")
    found = locate(made, text, "r1")
    assert (found.state, found.start, found.end) == (State.EXACT, start, end)
    assert locate(made, text, "r2") == found


@given(passages(), words, words)
def test_what_is_found_is_always_the_quote(passage: tuple[str, int, int], before: str, other: str) -> None:
    text, start, end = passage
    made = Anchor.of(text, start, end, "r1")
    for changed in (before + text, text + other, before + text[start:end] + other, other, text[::-1]):
        found = locate(made, changed, "r2")
        if found.state in (State.EXACT, State.MOVED):
            assert found.start is not None
            assert found.end is not None
            assert changed[found.start : found.end] == made.quote
        else:
            assert (found.start, found.end) == (None, None)
            assert (found.state is State.ORPHAN) == (made.quote not in changed)


@given(st.text(st.sampled_from("xyz \n"), min_size=1, max_size=300))
def test_a_long_passage_moves_with_the_text_before_it(before: str) -> None:
    made = anchor("Nous avons repris l’aéroport")
    found = locate(made, before + TEXT, "r2")
    assert (found.state, found.start) == (State.MOVED, made.start + len(before))


def test_of_several_the_one_with_its_context_is_found() -> None:
    made = anchor("Bamako", which=2)
    found = locate(made, "Un ajout.\n\n" + TEXT, "r2")
    assert (found.state, found.start) == (State.MOVED, made.start + len("Un ajout.\n\n"))


def test_of_several_alike_none_is_guessed() -> None:
    paragraph = "Le calme est revenu à Gao. "
    made = Anchor.of(paragraph * 5, 22 + 27 * 2, 25 + 27 * 2, "r1")
    assert locate(made, "Ajout. " + paragraph * 7, "r2").state is State.AMBIGUOUS


def test_a_short_word_out_of_its_context_is_not_guessed() -> None:
    made = anchor("bilan")
    assert locate(made, "Le bilan comptable de la société est bon.", "r2").state is State.AMBIGUOUS


def test_a_passage_that_is_gone_is_an_orphan() -> None:
    made = anchor("Le bilan reste inconnu")
    assert locate(made, TEXT.replace("reste inconnu", "est connu"), "r2").state is State.ORPHAN


def test_a_word_that_stands_everywhere_is_ambiguous_at_once() -> None:
    made = Anchor.of("a" * 100_000, 50, 51, "r1")
    assert locate(made, "b" * 100 + "a" * 100_000, "r2").state is State.AMBIGUOUS


def test_a_wrong_span_under_the_right_revision_is_not_believed() -> None:
    lying = Anchor("r1", 0, 5, "Nous avons repris l’aéroport", "« ", " »")
    found = locate(lying, TEXT, "r1")
    assert TEXT[found.start : found.end] == lying.quote


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-1, 2), (0, 10_000)])
def test_a_span_that_is_no_passage_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no passage"):
        Anchor.of(TEXT, *span, "r1")


def test_every_occurrence_of_a_quote_is_found_overlapping_ones_too() -> None:
    assert find_quote("ababa", "aba") == [(0, 3), (2, 5)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("l'aéroport de Bamako", "l’aéroport de Bamako"),
        ('"Nous avons repris l\'aéroport", a dit', "« Nous avons repris l’aéroport », a dit"),
        ("Bamako. « Nous avons", "Bamako.\n\n« Nous avons"),
        ("  L'armée   a repris ", "L’armée a repris"),
        ("L'arme\u0301e", "L’armée"),
    ],
)
def test_a_quote_is_found_whatever_its_spaces_and_quotation_marks(typed: str, meant: str) -> None:
    assert [TEXT[start:end] for start, end in find_quote(TEXT, typed)] == [meant]


@pytest.mark.parametrize("quote", ["", "  \n", "absent", "(", "[a-z]+"])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find_quote(TEXT, quote) == []


@given(passages())
def test_find_quote_finds_each_passage(passage: tuple[str, int, int]) -> None:
    text, start, end = passage
    assume(text[start:end].strip())
    assert (start, end) in find_quote(text, text[start:end])


@given(st.text(max_size=80), st.text(max_size=20))
def test_find_quote_takes_any_text(text: str, quote: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in find_quote(text, quote))
