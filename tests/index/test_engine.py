"""The search index against real files: what is found, in what order, and what happens when things go wrong."""

import errno
import fcntl
import gc
import json
import multiprocessing
import os
import subprocess
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article, EntityType, Mention, canonical, revision_of
from index.engine import IndexBusy, IndexFull, IndexStale, SearchCancelled, SearchIndex, matches_in
from index.engine.shapes import within
from index.engine.stems import stem, wanted_stems
from index.errors import UnknownArticle
from index.language import folded, tokens, words
from index.query import QueryError, live, parse


def article(number, text, title="", **more):
    text = canonical(text)
    return Article(f"{number:012x}", revision_of(text), title, text, **{"lang": "fr", **more})


@pytest.fixture
def index(tmp_path):
    index = SearchIndex.create(tmp_path / "index")
    yield index
    index.close()


class Shelf:
    """A few articles and the index over them."""

    def __init__(self, index, *articles):
        self.index = index
        self.texts = {a.id: a.text for a in articles}
        index.add(articles)

    def search(self, query, **options):
        tree = query if not isinstance(query, str) else parse(query)
        return self.index.search(tree, text_of=self.texts.__getitem__, **options)

    def found(self, query, **options):
        return [int(hit.id, 16) for hit in self.search(query, **options).hits]


@pytest.fixture
def shelf(index):
    return Shelf(
        index,
        article(1, "L’attaque de Bamako par le JNIM.", "Bamako", date="2024-09-19", source="Jeune Afrique"),
        article(2, "Attaques au Mali : l’AES répond.", "Le Mal", date="2024-09", source="RFI"),
        article(
            3, "The attacks on the airport.", "Mali attacked", date="2023-01-02", lang="en", source="Reuters"
        ),
        article(4, "Un mal pour un bien, dit-on.", "Sans date", source="RFI"),
    )


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


@given(st.text(alphabet="abcé", max_size=6), st.text(alphabet="abcé", max_size=6), st.integers(0, 2))
def test_within_is_the_edit_distance(one, other, edits):
    from whoosh.support.levenshtein import levenshtein

    assert within(one, other, edits) == (levenshtein(one, other) <= edits)


@settings(max_examples=60, deadline=None)
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


# Marks and excerpts


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


# Changes


def test_adding_again_replaces(index):
    shelf = Shelf(index, article(1, "ancien"), article(2, "autre"))
    assert index.add([article(1, "premier"), article(1, "nouveau")]) == 1
    assert index.count() == 2
    assert (shelf.found("ancien"), shelf.found("premier"), shelf.found('"nouveau"')) == ([], [], [1])
    assert index.ids() == {f"{1:012x}", f"{2:012x}"}
    assert index.remove([f"{1:012x}", "f" * 12]) == 1
    assert index.count() == 1
    index.clear()
    assert (index.count(), index.ids(), shelf.found("autre")) == (0, frozenset(), [])


def test_many_small_changes_leave_few_segments(index):
    shelf = Shelf(index)
    for number in range(40):
        shelf.texts[f"{number:012x}"] = "mot"
        index.add([article(number, f"mot{number} mot")])
    assert len(index._index._segments()) < 16
    assert index.count() == 40
    assert shelf.found("mot39") == [39]
    assert shelf.search("mot").total == 40


def _add_elsewhere(path):
    index = SearchIndex.open(path)
    index.add([article(7, "venu d’ailleurs")])


def test_a_search_sees_what_another_process_committed(index):
    shelf = Shelf(index, article(1, "d’ici"))
    shelf.texts[f"{7:012x}"] = "venu d’ailleurs"
    other = multiprocessing.get_context("spawn").Process(target=_add_elsewhere, args=[index.path])
    other.start()
    other.join()
    assert shelf.found('"ailleurs"') == [7]
    assert not index.refresh()


def test_another_writer_is_waited_for_then_named(index, monkeypatch):
    monkeypatch.setattr("index.engine.index._WAIT_SECONDS", 0.2)
    with (index.path / "MAIN_WRITELOCK").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(IndexBusy):
            index.add([article(1, "x")])
    assert index.add([article(1, "x")]) == 1


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh drops what it fails to write
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_loses_nothing_and_lets_others_write(index, monkeypatch):
    shelf = Shelf(index, article(1, "ancien"))

    def full(*_):
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr("index.engine.codec.files.ArrayFileWriter.finish", full)
        with pytest.raises(IndexFull):
            index.add([article(2, "nouveau")])
    assert shelf.found("ancien") == [1]
    assert index.add([article(2, "nouveau")]) == 1
    assert index.count() == 2
    gc.collect()


def test_a_failure_while_adding_changes_nothing(index):
    shelf = Shelf(index, article(1, "ancien"))

    def broken():
        yield article(1, "nouveau")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.add(broken())
    assert shelf.found("ancien") == [1]
    assert index.add([article(2, "autre")]) == 1


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


# What is on the disk


def test_the_folder_is_ours_alone_whatever_the_umask(tmp_path):
    umask = os.umask(0)
    try:
        index = SearchIndex.create(tmp_path / "a" / "index")
        index.add([article(1, "mot")])
    finally:
        os.umask(umask)
    assert index.path.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in index.path.iterdir()} == {0o600}
    index.close()


def _stale(path):
    with pytest.raises(IndexStale) as stale:
        SearchIndex.open(path)
    return str(stale.value)


def test_what_cannot_be_used_is_stale_and_can_be_made_again(index):
    index.add([article(1, "mot")])
    index.close()
    path = index.path
    version = path / "version.json"
    good = version.read_text()
    assert "no index" in _stale(path / "nowhere")
    version.write_text(json.dumps({**json.loads(good), "schema": -1}))
    assert "another version" in _stale(path)
    version.write_text("{")
    assert "cannot be read" in _stale(path)
    version.write_text(good)
    path.chmod(0o770)
    assert "open to others" in _stale(path)
    again = SearchIndex.create(path)
    assert again.count() == 0
    again.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh drops what it fails to read
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays"])
def test_damage_is_stale(index, pattern):
    index.add([article(1, "mot")])
    index.close()
    [file] = index.path.glob(pattern)
    whole = file.read_bytes()
    for size in (0, 5, len(whole) // 2, len(whole) - 3):
        file.write_bytes(whole[:size])
        assert "damaged" in _stale(index.path)
    file.unlink()
    assert "damaged" in _stale(index.path)
    gc.collect()


def test_nothing_is_unpickled_before_the_version_is_known(index, monkeypatch):
    index.add([article(1, "mot")])
    index.close()
    (index.path / "version.json").write_text("{}")
    opened = []
    monkeypatch.setattr("whoosh.index.TOC.read", lambda *args, **_: opened.append(args))
    _stale(index.path)
    assert not opened


def test_the_query_language_and_the_types_do_not_load_whoosh():
    program = "import sys, index.article, index.query, index.language; sys.exit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
