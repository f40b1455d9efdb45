"""Words that mix alphabets and characters that hide are found; honest text in any language is not accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sanitise import visible
from index.spoofing import _ALIKE, suspicion

HONEST = [
    "L’armée a été déployée à Gao, « selon » les sources : 12 % des œuvres, señor Muñoz, Łódź.",
    "Россия и Мали подписали соглашение. Оно о сотрудничестве. Сор, оно, тосе и рота.",
    "Η Ελλάδα και το Μάλι. ΝΟΤΟΣ ΑΝΕΜΟΣ.",
    "TNFα, IFNγ, β-globuline, µm, Ω et la matrice Δx.",
    "Հայաստան և Ֆրանսիա",
    "می‌خواهم، नमस्ते क्‍ष, 👩‍👩‍👧 ❤️, مالي",
    "日本語の記事。한국어 기사. ภาษาไทย",
    "",
]
SPOOFED = {
    "Un compte P\u0430yp\u0430l.": ["P\u0430yp\u0430l"],
    "\u041c\u0430li et Mali": ["\u041c\u0430li"],
    "le \u0421\u041d\u041e\u0421 parle": ["\u0421\u041d\u041e\u0421"],
    "ΜΙΝUSΜΑ": ["ΜΙΝUSΜΑ"],
}


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_not_accused(text: str) -> None:
    assert not suspicion(text)
    assert visible(text) == text


@pytest.mark.parametrize(("text", "words"), SPOOFED.items())
def test_words_of_two_alphabets_are_found(text: str, words: list[str]) -> None:
    assert suspicion(text).words(text) == words


@given(st.text("abcdefghij", min_size=1), st.sampled_from(_ALIKE), st.text("abcdefghij"))
def test_one_letter_that_is_another_is_enough(head: str, letter: str, tail: str) -> None:
    text = f"Le mot {head}{letter}{tail} ici."
    assert suspicion(text).words(text) == [head + letter + tail]


@given(st.text())
def test_a_mark_is_painted_for_each_hidden_character(text: str) -> None:
    changed = sum(was != now for was, now in zip(text, visible(text), strict=True))
    assert suspicion(text).hidden >= changed
    assert suspicion(visible(text)).hidden == 0
