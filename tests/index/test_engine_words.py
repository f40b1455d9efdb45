"""Which words meet which: forms, stems, near words, and what of a text is marked and excerpted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import Shelf, article

from index.engine import SearchIndex, matches_in
from index.engine.shapes import within
from index.engine.stems import stem, wanted_stems
from index.errors import UnknownArticle
from index.language import folded, tokens, words
from index.query import parse


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        ("événements", "fr", "even"), ("evenement", "fr", "even"), ("maliennes", "fr", "malien"), ("AES", "fr", "aes"),
        ("G5", "fr", "g5"), ("Mali", "fr", "mali"), ("bases", "fr", "base"), ("bas", "fr", "bas"), ("tirs", "fr", "tir"),
        ("idées", "fr", "ide"), ("élue", "fr", "elu"), ("violents", "fr", "violent"), ("viol", "fr", "viol"),
        ("frontière", "fr", "frontier"), ("front", "fr", "front"), ("présidents", "fr", "president"), ("attacks", "en", "attack"), ("attaques", "other", "attaqu"),
    ],
)  # fmt: skip
def test_stems(word, lang, expected):
    assert stem(word, lang) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "attaque attaques attaqué attaquée attaqués attaquées attaquer attaquent attaquait attaquaient attaquant",
        "tue tues tué tuée tuées tuer", "publié publiée publiés publiées publie publient",
        "libéré libérée libèrent libère", "premier première premiers premières", "nouveau nouveaux nouvelle nouvel",
        "élu élue élus élues", "estime estiment estimé estimait", "vendre vendu vendue vendent", "blessé blessées",
        "mettre mettent", "mène mené menée menées menant menait", "donne donné données donnait donnent", "âgé âgées",
        "public publics publique publiques", "général généraux générale", "président présidente présidents",
        "créé créée créées",
    ],
)  # fmt: skip
def test_the_forms_of_a_french_word_meet_with_accents_or_without(forms):
    assert len({stem(word, "fr") for word in forms.split()}) == 1
    assert len({stem(folded(word), "fr") for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("violent", "violer"),
        ("agent", "agir"),
        ("Moreau", "Morel"),
        ("frontière", "front"),
        ("content", "compter"),
    ],
)
def test_what_only_looks_like_an_inflection_is_none(word, other):
    assert stem(word, "fr") != stem(other, "fr")


@given(st.text(alphabet="aeilmnstéèÉAESX'’", min_size=1, max_size=8))
def test_every_word_of_a_text_is_found_by_itself(text):
    for token in tokens(text):
        for lang in ("fr", "en"):
            assert stem(token.word, lang) in wanted_stems(token.word)


@given(st.text(alphabet="abcé", max_size=6), st.text(alphabet="abcé", max_size=6), st.integers(0, 2))
def test_within_is_the_edit_distance(one, other, edits):
    from whoosh.support.levenshtein import levenshtein

    assert within(one, other, edits) == (levenshtein(one, other) <= edits)


@settings(max_examples=60)
@given(
    words=st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1, max_size=12, unique=True),
    wanted=st.text(alphabet="abc", min_size=3, max_size=5),
    edits=st.integers(1, 2),
)
def test_near_words_are_found_and_marked_alike(tmp_path_factory, words, wanted, edits):
    shelf = Shelf(
        SearchIndex.create(tmp_path_factory.mktemp("near") / "i"),
        *(article(n, word) for n, word in enumerate(words)),
    )
    query = f"{wanted}~{edits}"
    marked = [n for n, word in enumerate(words) if matches_in(parse(query), word, "fr")]
    assert sorted(shelf.found(query, limit=99)) == marked
    shelf.index.close()


def marked(query, text, lang="fr"):
    return [text[span.start : span.end] for span in matches_in(parse(query), text, lang)]


def test_marks():
    text = "L’attaque, les attaques. L’attaque de Bamako ; l'État, l’ATTAQUE."
    assert marked("attaque", text) == ["attaque", "attaques", "attaque", "ATTAQUE"]
    assert marked('"l’attaque de"', text) == ["attaque de"]
    assert marked('"attaque de bamako" OU bamako', text) == ["attaque de Bamako"]
    assert marked("etat*", text) == ["État"]
    assert marked("title:attaque -bamako", text) == []
    assert marked("les attaques", text) == ["attaque", "attaques", "attaque", "ATTAQUE"]
    assert marked('"bamako etat"~2', text) == ["Bamako", "État"]
    assert marked('"bamako les"~2', text) == []
    assert marked("attacks", "Attacked by Atta, attack.", "en") == ["Attacked", "attack"]


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["bamako", "Bamako,", "de", "l’attaque", "\n\n", "mot" * 30, "«", "x"]), max_size=120
    ).map(" ".join)
)
def test_excerpts_are_slices_of_whole_words(text):
    from index.engine.excerpt import WIDTH, excerpts
    from index.engine.marks import marker_of

    shown, *_ = excerpts(text, "fr", marker_of(parse('bamako OU "de l’attaque"')))
    at = text.replace("\n", " ").find(shown.text)
    assert at >= 0
    assert len(shown.text) <= WIDTH
    found = {tuple(words(shown.text[m.start : m.end].lower())) for m in shown.matches}
    assert found <= {("bamako",), ("de", "attaque")}
    assert bool(shown.matches) == bool(matches_in(parse('bamako OU "de l’attaque"'), text, "fr"))


def test_the_excerpt_is_where_most_of_the_query_stands(index):
    text = (
        "Bamako. " + "Rien du tout. " * 60 + "À Bamako, l’attaque a visé l’aéroport. " + "Rien du tout. " * 60
    )
    [hit] = Shelf(index, article(1, text)).search("bamako attaque aéroport").hits
    assert [hit.excerpt.text[m.start : m.end] for m in hit.excerpt.matches] == [
        "Bamako",
        "attaque",
        "aéroport",
    ]


def test_an_article_gone_from_the_library_has_no_excerpt(shelf):
    def gone(_):
        raise UnknownArticle

    [hit] = shelf.index.search(parse("bamako"), text_of=gone).hits
    assert hit.excerpt.text == ""
