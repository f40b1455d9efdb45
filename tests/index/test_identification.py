"""The language of an article: named where it is clear, never taken for French for want of a better."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest import ingest
from index.language.identification import _model, identify
from index.library import Library


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


def test_the_model_is_given_back_when_all_is_read(tmp_path: Path) -> None:
    spanish = "Todos los seres humanos nacen libres e iguales en dignidad y derechos."
    (tmp_path / "a.txt").write_text(f"Artículo primero\n\n{spanish}")
    with Library(tmp_path / "home" / "library.sqlite") as library:
        (event,) = ingest(library, [tmp_path / "a.txt"])
        assert library.get(event.article).lang == "es"
    assert not _model.cache_info().currsize
    assert identify(spanish) == "es"
