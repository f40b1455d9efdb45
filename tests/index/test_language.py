"""Words, folding and the two languages."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import detect, folded, tokens, words
from index.language.folding import Memo


@pytest.mark.parametrize("apostrophe", "'’ʼ′")
@pytest.mark.parametrize("space", ["", " ", "\u00a0"])
def test_an_elided_article_is_not_part_of_its_word(apostrophe, space):
    for article in ("l", "L", "d", "qu", "jusqu", "n", "s"):
        text = f"voici {article}{apostrophe}{space}attaque"
        assert [(text[t.start : t.end], t.word) for t in tokens(text)] == [
            ("voici", "voici"),
            ("attaque", "attaque"),
        ]


@pytest.mark.parametrize(
    "word",
    [
        "aujourd'hui",
        "N'Djamena",
        "n'djamena",
        "presqu'île",
        "entr'ouvert",
        "prud'homme",
        "M'Bour",
        "O'Brien",
        "don't",
    ],
)
def test_what_an_apostrophe_joins_is_one_word(word):
    assert words(word) == [word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d'Alger", ["Alger"]),
        ("d’LFI, l’ONU, l’11 septembre", ["LFI", "ONU", "11", "septembre"]),
        ("qu’il n’est jusqu’au", ["il", "est", "au"]),
        ("l’« attaque »", ["attaque"]),
        ("Mali's army", ["Mali", "army"]),
        ("Al-Qaïda, porte-parole", ["Al", "Qaïda", "porte", "parole"]),
        ("le 17/09/2024, soit 2024-09-17", ["le", "17", "09", "2024", "soit", "2024", "09", "17"]),
        ("3,5 % de 12\u202f000", ["3,5", "de", "12\u202f000"]),
        ("l’O.N.U. et J.K. Rowling", ["O.N.U.", "et", "J.K.", "Rowling"]),
        ("_à_ l’« X »", ["à", "X"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(st.text())
def test_tokens_are_slices_in_order(text):
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.word
        end = token.end
    assert words(text) == [token.word for token in tokens(text)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Œuvre", "oeuvre"), ("ex æquo", "ex aequo"), ("Straße", "strasse"), ("ÉTAT", "etat"), ("N’Djamena", "n'djamena"),
        ("O.N.U.", "onu"), ("3.5", "3.5"), ("12\u202f000", "12000"), ("co\u00adopération", "cooperation"), ("Łódź", "lodz"),
    ],
)  # fmt: skip
def test_folded(word, expected):
    assert folded(word) == expected


@given(st.text())
def test_folding_again_changes_nothing(word):
    assert folded(folded(word)) == folded(word)


def test_a_memo_is_emptied_when_full():
    asked = []
    memo = Memo(lambda word: asked.append(word) or word.upper(), limit=2)
    assert [memo[word] for word in "aabca"] == ["A", "A", "B", "C", "A"]
    assert asked == ["a", "b", "c", "a"]
    assert len(memo) <= 2


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("La capitale malienne a été le théâtre d’une attaque d’une violence inouïe.", "fr"),
        ("The Malian capital was the scene of an attack that left the airport in flames.", "en"),
        (
            "Los rebeldes atacaron la capital de la región y el gobierno no ha dicho nada de los muertos",
            "other",
        ),
        ("Der Präsident hat am Montag in Berlin gesagt, dass die Regierung nicht zurücktritt", "other"),
        ("Il presidente ha detto che la guerra non è finita e il governo tace", "other"),
        ("Bamako", "other"),
        ("", "other"),
    ],
)
def test_detect(text, lang):
    assert detect(text) == lang


@pytest.mark.parametrize(
    ("name", "lang", "share"),
    [("fr-general", "fr", 1.0), ("fr-sahel", "fr", 1.0), ("en-reuters-1000", "en", 0.93)],
)
def test_detect_real_news(shared, name, lang, share):
    lines = (shared / "corpora" / f"articles-{name}.jsonl").read_text().splitlines()
    found = Counter(detect(json.loads(line)["text"]) for line in lines)
    assert found[lang] >= share * len(lines)
