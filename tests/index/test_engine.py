"""The search index against real files: what is found, in what order, and what happens when things go wrong."""

import subprocess
import sys
import threading

import pytest
from shelf import Shelf, article

from index.article import EntityType, Mention
from index.engine import SearchCancelled, matches_in
from index.query import QueryError, live, parse

# The seed article of the project


@pytest.fixture
def seed(shared, index):
    text = (shared / "corpora" / "seed" / "bamako-2024.txt").read_text()
    return Shelf(index, article(1, text, "L’attaque de Bamako"))


@pytest.mark.parametrize(
    "query",
    [
        "aeroport", '"l\'attaque"', "ATTAQUE", "l’attaque", "djihad*", "AES", "aes", "Goita~1", '"État malien"', "attaques",
        "« forces armées maliennes »", '"camp de gendarmerie"', '"attaque Bamako"~5', "les djihadistes", "etat-major",
        "Go?ta", "X", "de", "N’importe OU FAMA", "événement -xyzzy", "Al-Qaïda",
    ],
)  # fmt: skip
def test_the_seed_is_found_and_marked(seed, query):
    assert seed.found(query) == [1]
    [text] = seed.texts.values()
    spans = matches_in(parse(query), text, "fr")
    assert spans
    [hit] = seed.search(query).hits
    assert hit.excerpt.matches
    assert hit.excerpt.text in text.replace("\n", " ")


@pytest.mark.parametrize(
    "query", ["xyzzy", "-attaque bamako", '"attaque Bamako"', '"armées forces"', "attaque -bamako"]
)
def test_the_seed_is_not_found(seed, query):
    assert seed.found(query) == []


# Words


def test_case_accents_apostrophes_and_inflection_do_not_matter(shelf):
    for query in ("attaque", "Attaques", "ATTAQUE", "l'attaque", "L’ attaque", "attaqué"):
        assert sorted(shelf.found(query)) == [1, 2], query
    for query in ("attack", "ATTACKED", "attacks'"):
        assert shelf.found(query) == [3], query


def test_quoted_words_are_found_in_that_form_only(shelf):
    assert shelf.found('"attaques"') == [2]
    assert shelf.found('"L’ATTAQUE"') == [1]


def test_short_names_are_not_confused_with_short_words(shelf):
    assert sorted(shelf.found("Mali")) == [2, 3]
    assert sorted(shelf.found("mal")) == [2, 4]


def test_bare_stop_words_are_not_required_but_alone_are_looked_for(shelf):
    assert shelf.found("les attaques de Bamako") == [1]
    assert shelf.found("pour") == [4]


# Fields


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:bamako", [1]), ("title:attack", [3]), ('title:"le mal"', [2]), ("title:airport", []),
        ("source:rfi", [2, 4]), ("source:jeuneafrique", [1]), ('source:"jeune afrique"', [1]), ("source:(rfi OU reuters)", [2, 3, 4]),
        ("lang:en", [3]), ("-lang:fr", [3]), ("lang:(en OU fr)", [1, 2, 3, 4]),
        ("date:2024", [1, 2]), ("date:2024-09", [1, 2]), ("date:2024-09-19", [1]), ("date:2024-09-18..", [1]),
        ("date:<2024", [3]), ("date:..2030", [1, 2, 3]), ("attaque date:2024", [1, 2]), ("*", [1, 2, 3, 4]),
    ],
)  # fmt: skip
def test_fields(shelf, query, expected):
    assert sorted(shelf.found(query)) == expected


@pytest.fixture
def named(index):
    text = "Le général Goïta a reçu Oumar Diarra. Le JNIM a revendiqué."

    def mention(words, kind, entity):
        start = text.index(words)
        return Mention(start, start + len(words), kind, entity)

    mentions = (
        mention("général Goïta", EntityType.PERSON, "Assimi Goïta"),
        mention("Oumar Diarra", EntityType.PERSON, "Oumar Diarra"),
        mention("JNIM", EntityType.ORG, "Groupe de soutien à l’islam et aux musulmans"),
    )
    return Shelf(index, article(11, text, mentions=mentions), article(12, "Assimi Goïta, JNIM."))


@pytest.mark.parametrize(
    "query",
    [
        "person:goita",
        'person:"Assimi Goïta"',
        "person:général",
        "person:(goita diarra)",
        "org:JNIM",
        "entity:jnim",
        "org:islam",
        "person:*",
    ],
)
def test_entities_are_found_by_name_and_alias(named, query):
    assert named.found(query) == [11]


@pytest.mark.parametrize("query", ["org:goita", 'person:"Assimi Diarra"', 'person:"Goïta Oumar"', "place:*"])
def test_entities_are_not_mixed_up(named, query):
    assert named.found(query) == []


def test_the_caller_may_answer_for_entities_and_must_for_notes(named):
    def resolve(node):
        return frozenset({f"{12:012x}"})

    assert named.found("person:anyone", resolve=resolve) == [12]
    assert named.found("tag:jnim goita", resolve=resolve) == [12]
    assert named.found("-has:note", resolve=resolve) == [11]
    with pytest.raises(QueryError, match="cannot be searched here"):
        named.search("tag:jnim")


def test_facets(named, shelf):
    counts = named.search("goita", facets=True).facets
    assert [(f.value, f.count) for f in counts["person"]] == [("Assimi Goïta", 1), ("Oumar Diarra", 1)]
    # An article of another segment, one without entities, does not borrow its neighbour's.
    counts = shelf.search("attaque OU attack", facets=True).facets
    assert counts["person"] == []
    assert [(f.value, f.count) for f in counts["month"]] == [("2024-09", 2), ("2023-01", 1)]
    assert {f.value for f in counts["source"]} == {"Jeune Afrique", "RFI", "Reuters"}


# Order and pages


def test_order(shelf):
    assert shelf.found("*", sort="date") == [3, 2, 1, 4]
    assert shelf.found("*", sort="-date") == [1, 2, 3, 4]
    assert shelf.found("bamako")[0] == 1
    assert shelf.search("*", limit=2, offset=1, sort="date").total == 4
    assert shelf.found("*", limit=2, offset=1, sort="date") == [2, 1]
    assert shelf.found("*", limit=5, offset=9) == []
    assert shelf.search("*", limit=0, sort="date").total == 4  # how many, and none of them
    assert shelf.found("*", limit=0, sort="date") == shelf.found("Bamako", limit=0) == []


def test_a_word_in_the_title_counts_for_more(index):
    shelf = Shelf(index, article(1, "Rien. Kidal.", "Gao"), article(2, "Rien. Gao.", "Kidal"))
    assert shelf.found("kidal") == [2, 1]
    assert shelf.found("gao") == [1, 2]


def test_scores_are_whooshs(shelf):
    """Rule 4 of the house: the hits, their order and their scores are those of Whoosh's own collector."""
    from whoosh.collectors import UnlimitedCollector

    from index.engine.compile import Compiler

    for query in ("attaque", "attaque mali OU bien", '"au mali"', "mal* -bien"):
        searcher = shelf.index._searcher
        stock = UnlimitedCollector()
        searcher.search_with_collector(
            Compiler(searcher.reader(), None, lambda: False).query(parse(query)), stock
        )
        expected = [(searcher.stored_fields, hit.docnum, hit.score)[1:] for hit in stock.results()]
        from index.engine.collect import gather, page

        found = gather(
            searcher,
            Compiler(searcher.reader(), None, lambda: False).query(parse(query)),
            "relevance",
            lambda: False,
        )
        assert page(searcher, found, "relevance", 0, 100) == sorted(
            expected, key=lambda pair: (-pair[1], pair[0])
        )


def test_typing(shelf):
    def found(text):
        return sorted(shelf.found(live(text)))

    assert found("bama") == [1]
    assert found("bama ") == []
    assert found("b") == []
    assert found("attaque bam") == [1]


# Bounds


def test_a_beginning_of_too_many_words_is_refused_but_may_be_typed(index):
    shelf = Shelf(index, article(1, " ".join(f"ab{n}" for n in range(1200))))
    with pytest.raises(QueryError, match="more than 1000"):
        shelf.search("ab*")
    assert shelf.found(live("ab")) == [1]


def test_an_empty_index_answers(index):
    for query in ("*", "mot", "mot*", "date:2024", "person:*", "-mot", '"un mot"', "moz~1", "lang:fr"):
        for sort in ("relevance", "date", "-date"):
            results = index.search(parse(query), text_of=str, sort=sort, facets=True)
            assert (results.total, results.hits) == (0, [])


# Giving up


def test_a_search_gives_up_when_told(index):
    shelf = Shelf(index, *(article(n, f"mot mot{n}") for n in range(100)))
    for query in ("mot", "mot*", "mo?", "moz~1", "*"):
        calls = []
        with pytest.raises(SearchCancelled):
            shelf.search(query, cancelled=lambda calls=calls: len(calls) > 1 or calls.append(1))
    assert shelf.search("mot").total == 100


def test_searches_from_several_threads(shelf):
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(sorted(shelf.found("attaque")))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    shelf.index.add([article(9, "autre")])
    for thread in threads:
        thread.join()
    assert answers == [[1, 2]] * 8


def test_the_query_language_and_the_types_do_not_load_whoosh():
    program = "import sys, index.article, index.query, index.language; sys.exit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
