import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notes import Anchor, State, Target, candidates, find_quote, locate
from notes.anchoring.folded import Folded, fold

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
        there = fold(changed[found.start : found.end]) if found.start is not None else None
        if found.state is State.EXACT:
            assert changed[found.start : found.end] == made.quote
        elif found.state is State.MOVED:
            assert there == fold(made.quote)
        elif found.state is State.CHANGED:
            assert there
            assert there != fold(made.quote)
        else:
            assert (found.start, found.end) == (None, None)


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
    assert locate(made, TEXT.replace("Le bilan reste inconnu à Bamako.", ""), "r2").state is State.ORPHAN


@pytest.mark.parametrize(
    ("edit", "now"),
    [
        (("Le bilan reste inconnu", "Le bilan est connu"), "Le bilan est connu"),
        (("inconnu à", "inconnue à"), "Le bilan reste inconnue"),
        (("Le bilan", "Ce bilan"), "Ce bilan reste inconnu"),
    ],
)
def test_a_passage_that_was_changed_is_proposed_as_changed(edit: tuple[str, str], now: str) -> None:
    made, changed = anchor("Le bilan reste inconnu"), TEXT.replace(*edit)
    found = locate(made, changed, "r2")
    assert (found.state, changed[found.start : found.end]) == (State.CHANGED, now)


@pytest.mark.parametrize(("figure", "other"), [("12", "13"), ("12", "125"), ("12", "1"), ("12", "12,5")])
def test_another_figure_is_a_change_and_is_shown_whole(figure: str, other: str) -> None:
    text = f"Le ministère a donné son bilan. Selon lui, l’attaque a fait {figure} morts à Gao. L’enquête continue."
    start = text.index("Selon")
    made = Anchor.of(text, start, text.index(" à Gao"), "r1")
    changed = "Mise à jour.\n\n" + text.replace(figure, other)
    found = locate(made, changed, "r2")
    assert found.state is State.CHANGED
    assert changed[found.start : found.end] == f"Selon lui, l’attaque a fait {other} morts"


def test_a_figure_at_the_border_is_shown_whole() -> None:
    text = "Le ministère a donné son bilan. Les morts seraient au nombre de 12. L’enquête continue, dit-il."
    made = Anchor.of(text, text.index("Les"), text.index("12") + 2, "r1")
    changed = text.replace("12", "1250")
    found = locate(made, changed, "r2")
    assert changed[found.start : found.end] == "Les morts seraient au nombre de 1250"


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("« ", "“").replace(" »", "”").replace("’", "'"),
        lambda text: text.replace(" ", "\u00a0\n").replace("œ", "oe"),
        lambda text: text.replace("é", "é\u200b").replace("re", "re\u00ad"),
        lambda text: text.replace("–", "—"),
    ],
)
def test_another_typography_is_no_change(edit) -> None:
    made = anchor("Nous avons repris l’aéroport », a dit le porte-parole")
    changed = edit("Ajout.\n\n" + TEXT)
    found = locate(made, changed, "r2")
    assert found.state is State.MOVED
    assert fold(changed[found.start : found.end]) == fold(made.quote)


@pytest.mark.parametrize("changed", ["Il a parlé de Bamakois.", "Bamakois"])
def test_a_part_of_a_longer_word_is_not_the_word(changed: str) -> None:
    made = Anchor.of("Bamako", 0, 6, "r1")
    assert not locate(made, changed, "r2").state.holds


def test_a_copy_elsewhere_is_not_taken_for_what_was_changed() -> None:
    once = (
        "Le gouverneur a reçu les maires de la région. Le calme est revenu dans la ville ce matin. Il part."
    )
    text = f"{once}\n\nAilleurs, rien de neuf depuis hier soir. {{}} On attend."
    sentence = "Le calme est revenu dans la ville ce matin."
    start = text.index(sentence)
    made = Anchor.of(text, start, start + len(sentence), "r1")
    changed = text.replace(sentence, "Le calme n’est pas revenu dans la ville ce matin.").format(sentence)
    assert locate(made, changed, "r2").state is State.AMBIGUOUS


def test_a_passage_with_an_equal_in_the_text_is_not_chosen_among_them() -> None:
    made = anchor("Le bilan reste inconnu à Bamako.")
    changed = "Le bilan reste donc inconnu à Bamako.\n\n" * 2
    found = locate(Anchor("r1", 0, 0, made.quote, "", ""), changed, "r2")
    assert found.state is State.AMBIGUOUS


def test_texts_of_many_scripts_are_compared() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    made = Anchor.of(text, 1000, 1400, "r1")
    found = locate(made, text[:1200] + "新" + text[1203:], "r2")
    assert (found.state, found.start, found.end) == (State.CHANGED, 1000, 1398)


def test_an_orphan_has_candidates() -> None:
    made = anchor("« Nous avons repris l’aéroport », a dit le porte-parole.")
    changed = "Rien.\n\nLe porte-parole n’a rien dit. De l’aéroport repris, pas un mot. Pluie sur Gao."
    assert locate(made, changed, "r2").state is State.ORPHAN
    found = candidates(Target(changed, "r2"), made)
    assert changed[slice(*found[0])] == "Le porte-parole n’a rien dit. De l’aéroport repris, pas un mot."


def test_the_candidates_of_several_alike_are_those() -> None:
    text = "Le calme est revenu à Gao. " * 5
    made = Anchor.of(text, 22 + 54, 25 + 54, "r1")
    changed = "Ajout. " + text
    found = candidates(Target(changed, "r2"), made)
    assert [changed[slice(*span)] for span in found] == ["Gao"] * 5


TYPOGRAPHY = st.text(
    st.sampled_from("ab é\u0301\u00ad\u200b œ…«»“’ \n\t–ﬁ\u1100\u1161\uac00\u212b"), max_size=40
)


@given(TYPOGRAPHY, st.data())
def test_a_place_of_the_folded_text_is_known_in_the_text(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in fold(text[first:last])


def test_a_mark_on_a_space_is_folded_alike_in_a_text_that_is_composed_and_in_one_that_is_not() -> None:
    assert fold("Å \u0301a").endswith(fold(" \u0301a"))
    assert fold("\u212b \u0301a").endswith(fold(" \u0301a"))


def test_a_long_passage_between_whose_paragraphs_others_were_put_is_proposed() -> None:
    first = "Le gouverneur de la région a reçu mardi les maires des communes touchées par les combats."
    second = "Il leur a promis des vivres, des tentes et le retour de l’armée dans toutes les villes avant la fin de la semaine."
    between = "Ceci a été ajouté par la rédaction. " * 20
    text = f"Avant.\n\n{first}\n\n{second}\n\nAprès."
    made = Anchor.of(text, text.index(first), text.index(second) + len(second), "r1")
    changed = f"Avant.\n\n{first}\n\n{between}\n\n{second}\n\nAprès."
    found = locate(made, changed, "r2")
    assert (found.state, changed[found.start : found.end]) == (State.CHANGED, second)


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
