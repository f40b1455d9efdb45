"""The language of an article: named where it is clear, never taken for French for want of a better."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.identification import identify


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Les forces armées ont repris la ville de Tessit, selon des sources locales.", "fr"),
        ("Mali: deux soldats tués dans une embuscade", "fr"),
        ("The transitional authorities said on Friday they had reopened the schools.", "en"),
        (("Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y"
         " conciencia, deben comportarse fraternalmente los unos con los otros."), "es"),
        (("Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen"
         " begabt und sollen einander im Geist der Brüderlichkeit begegnen."), "de"),
        (("Su dai ’yan’adam, ana haifuwarsu ne duka ’yantattu, kuma kowannensu na da mutunci da hakkoki daidai da"
         " na kowa. Suna da hankali da tunani, saboda haka duk abin da za su aikata wa juna, ya kamata su yi shi"
         " a cikin ’yan’uwanci."), "ha"),
        ("يولد جميع الناس أحراراً متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميراً وعليهم أن يعامل بعضهم بعضاً بروح الإخاء.", "ar"),
        (("Hadamadenw bɛɛ danbe ni josira bɛɛ ye kelen ye. Hakili ni taasi b’u bɛɛ la, wa u ka kan ka badenɲasira"
         " waleya u ni ɲɔgɔn cɛ."), "other"),
        ("12 500 | 13 000 | 14 %", "other"),
        ("", "other"),
    ],
)  # fmt: skip
def test_the_language_is_named_where_it_is_clear(text: str, lang: str) -> None:
    assert identify(text) == lang


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert identify(text).isalpha()
