"""The query language: what is understood, what is refused, and that nothing else can happen."""

import contextlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.query import QueryError, clause_of, live, narrowed, parse, understood
from index.query.tree import (
    And,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Not,
    NoteField,
    Or,
    Phrase,
    Prefix,
    Proximity,
    State,
    Typing,
    Wildcard,
    Word,
)

A, B, C = Word("a1"), Word("b1"), Word("c1")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a1 b1", And((A, B))),
        ("a1 AND b1 ET c1", And((A, B, C))),
        ("a1 OR b1 OU c1", Or((A, B, C))),
        ("a1 b1 OU c1", Or((And((A, B)), C))),
        ("a1 (b1 OU c1)", And((A, Or((B, C))))),
        ("a1 -b1", And((A, Not(B)))),
        ("a1 SAUF b1 NOT c1", And((A, Not(B), Not(C)))),
        ("--a1", A),
        ("or not et", And((Word("or"), Word("not"), Word("et")))),
        ('"camp de gendarmerie"', Phrase("camp de gendarmerie")),
        ("« camp  de gendarmerie »", Phrase("camp de gendarmerie")),
        ("“camp de gendarmerie”", Phrase("camp de gendarmerie")),
        ('"attaque Bamako"~5', Proximity("attaque Bamako", 5)),
        ('"attaque"~5', Phrase("attaque")),
        ("djihad*", Prefix("djihad")),
        ("l’att*", Prefix("att")),
        ("al-qa*", And((Word("al"), Prefix("qa")))),
        ("Go?ta", Wildcard("Go?ta")),
        ("Goita~1", Fuzzy("Goita", 1)),
        ("Goita~", Fuzzy("Goita", 1)),
        ("*", Everything()),
        ("l’attaque", Word("attaque")),
        ("L’ attaque", Word("attaque")),
        ("Bamako, Kidal.", And((Word("Bamako"), Word("Kidal")))),
        ("porte-parole", Word("porte-parole")),
        ("Bamako: un", And((Word("Bamako"), Word("un")))),
        ("Bamako:un", And((Word("Bamako"), Word("un")))),
        ("title:bilan", Field("title", Word("bilan"))),
        ("Title:(a1 b1)", Field("title", And((A, B)))),
        ('title:"a1 b1"', Field("title", Phrase("a1 b1"))),
        ("-org:JNIM", Not(Field("org", Word("JNIM")))),
        ("title:*", Field("title", Everything())),
        ("tag:group/jnim", NoteField("tag", "group/jnim")),
        ("note:(drone six)", And((NoteField("note", "drone"), NoteField("note", "six")))),
        ('note:"six drones"', NoteField("note", "six drones", quoted=True)),
        ("has:note is:UNREAD", And((State("has", "note"), State("is", "unread")))),
        ("date:2024-09-17", DateRange("2024-09-17", "2024-09-17")),
        ("date:2024-09..2024-10", DateRange("2024-09", "2024-10")),
        ("date:2024..", DateRange("2024", "")),
        ("date:..2024", DateRange("", "2024")),
        ("date:>=2024-09-17", DateRange("2024-09-17", "")),
        ("date:>2024-12-31", DateRange("2025-01-01", "")),
        ("date:>2024-12", DateRange("2025-01", "")),
        ("date:<2024", DateRange("", "2023")),
        ("date:<=2024-02", DateRange("", "2024-02")),
        ("date:2024-09-17..19", DateRange("2024-09-17", "2024-09-19")),
        ("date:2024-09..11", DateRange("2024-09", "2024-11")),
        ("date:2024-12-01..12", DateRange("2024-12-01", "2024-12-12")),
        ("date:[20240917 TO 20240919]", DateRange("2024-09-17", "2024-09-19")),
        ("date:[2024 TO *] a1", And((DateRange("2024", ""), A))),
        ("date:2024-9-7", DateRange("2024-09-07", "2024-09-07")),
        ("titre:a1 personne:b1 lieu:c1", And((Field("title", A), Field("person", B), Field("place", C)))),
        ("étiquette:a1 est:non-lu", And((NoteField("tag", "a1"), State("is", "unread")))),
        ("+a1 !b1 −c1", And((A, Not(B), Not(C)))),
        ("a1 NEAR/5 b1", Proximity("a1 b1", 5)),
        ("a1 PRÈS/5 b1 c1", And((Proximity("a1 b1", 5), C))),
        # Not finished: finished.
        ('a1 "b1 c1', And((A, Phrase("b1 c1")))),
        ("(a1 (b1 OU c1", And((A, Or((B, C))))),
        ("a1 AND", A),
        ("a1 NEAR/3", A),
        ("a1 title:", A),
        ("a1 (", A),
        ("a1 -", A),
    ],
)
def test_understanding(text, tree):
    assert parse(text) == tree
    assert parse(understood(tree)) == tree


@pytest.mark.parametrize(
    ("text", "column", "suggestion"),
    [
        ("", 0, ""),
        ("  !!!  ", 0, ""),
        ("a1 titel:bilan", 3, "a1 title:bilan"),
        ("tags:jnim", 0, "tag:jnim"),
        ("titres:bilan", 0, "title:bilan"),
        ("NEAR/3 a1", 0, ""),
        ("a1 NEAR/0 b1", 3, ""),
        ("a1) b1", 2, "a1 b1"),
        ("OU b1", 0, "ou b1"),
        ("a1 OR AND b1", 6, "a1 OR and b1"),
        ("d*", 0, ""),
        ("a1 *tan", 3, ""),
        ("Goita~3", 0, ""),
        ("is:unrea a1", 3, "is:unread a1"),
        ("is:vu", 3, ""),
        ("date:demain", 5, ""),
        ("a1 date:17/09/2024 b1", 8, "a1 date:2024-09-17 b1"),
        ("date:2024-02-30", 5, ""),
        ("date:2024-02..2023", 5, "date:2023..2024-02"),
        ("date:..", 5, ""),
        ("title: AND a1", 0, ""),
        ("a" * 1001, 1000, ""),
        ("a1 " * 65, 192, ""),
        ("(" * 21 + "a1", 20, ""),
        ("abc~ " * 9, 40, ""),
        ('"a1 b1"~0', 0, ""),
    ],
)
def test_refusing(text, column, suggestion):
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.column == column
    assert refused.value.suggestion == suggestion
    assert str(refused.value) == refused.value.template.format(**refused.value.values)
    if suggestion:
        parse(suggestion)


@pytest.mark.parametrize(
    "said", ["date:", "date:2", "date:202", "date:se", "date:2024-09..2", "is:un", "est:non"]
)
def test_what_is_only_begun_waits(said):
    assert live(said) == Everything()
    assert live(f"a1 {said}") == A


@pytest.mark.parametrize(
    "text",
    ["« Bilan : dix morts »", "https://jeuneafrique.com/a", "10:30", "5\" d'Alger", "C++", "Notes: a1"],
)
def test_text_from_an_article_is_not_refused(text):
    parse(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a1 dji", And((A, Typing("dji")))),
        ("a1 dji ", And((A, Word("dji")))),
        ("title:bil", Field("title", Typing("bil"))),
        ("al-qa", And((Word("al"), Typing("qa")))),
        ('"a1 b1', Phrase("a1 b1")),
        ("dji*", Prefix("dji")),
        ("tag:jn", NoteField("tag", "jn")),
        ("a1 -b1 AND", And((A, Not(B)))),
    ],
)
def test_typing(text, tree):
    assert live(text) == tree


def test_a_word_still_being_typed_is_shown_as_what_it_finds():
    assert understood(live("forces dji")) == "forces AND dji*"


_TEXT = """a Bamako l’ d'Alger AND OR NOT ET OU SAUF ( ) " « » “ ” - -- * ? dj* Go?ta ~1 ~ ~9 title: date: tag: note: has:note
    is: entity: 2024-09 .. : , . U.S. porte-parole 's ’ é 3,5 AND, Mali's titel: x:y _ ʼ A.N.D. _ 0:S'0* AND:000~"""
_BITS = st.sampled_from([*_TEXT.split(), " ", "  ", "\u00a0", "\u0301", "12\u00a0000", "\U0001f600", "\0"])
_QUERIES = st.one_of(
    st.text(max_size=60),
    st.lists(_BITS, max_size=25).map("".join),
    st.lists(_BITS, max_size=15).map(" ".join),
)


@settings(max_examples=500)
@given(_QUERIES)
def test_any_text_is_understood_or_refused_and_what_is_printed_is_understood_alike(text):
    try:
        tree = parse(text)
    except QueryError as refused:
        assert 0 <= refused.column <= len(text)
        return
    printed = understood(tree)
    assume(len(printed) <= 1000)
    assert parse(printed) == tree


@settings(max_examples=300)
@given(_QUERIES)
def test_typing_is_understood_or_refused(text):
    try:
        assert understood(live(text))
    except QueryError as refused:
        assert 0 <= refused.column <= len(text)


@pytest.mark.parametrize(
    ("query", "after"),
    [
        ("a1 ", "a1 lang:fr"),
        ('"a1 b1"', '"a1 b1" lang:fr'),
        ("a1 OU b1 ", "(a1 OR b1) AND lang:fr"),
        ("a1 dji", "lang:fr a1 dji"),
        ("a1 OU dji", "(a1 OR dji OR dji*) AND lang:fr"),
        ("a1 OU d", "(a1 OR d) AND lang:fr"),
        ("a1 OU 1.5", "(a1 OR 1.5) AND lang:fr"),
        ("a1 date:201", "lang:fr a1 date:201"),
        ("date:201", "lang:fr date:201"),
        ('"a1 b1', 'lang:fr "a1 b1'),
    ],
)
def test_a_query_is_narrowed_as_it_is_while_it_is_typed(query, after):
    assert narrowed(query, "lang:fr") == after


@settings(max_examples=300)
@given(_QUERIES, st.sampled_from(["person", "tag", "lang", "month"]), st.text(max_size=20))
def test_whatever_can_be_searched_can_be_narrowed(query, field, value):
    value = {"lang": "fr", "month": "2024-09"}.get(field, value)
    try:
        meant, clause = live(query), parse(clause_of(field, value))
    except QueryError:
        return
    after = narrowed(query, clause_of(field, value))
    assume(len(after) <= 1000)
    try:
        both = parse(after)
    except QueryError:  # its last word is still only begun
        both = live(after)
    assert {clause} - {meant} <= set(both.parts if isinstance(both, And) else [both])


@pytest.mark.parametrize(
    "text",
    [
        "(" * 999,
        "-" * 999 + "a",
        "title:" * 160 + "a",
        '"' * 999,
        "«" * 999,
        "a:" * 499,
        "*?" * 499,
        "d'" * 499,
    ],
)
def test_hostile_lengths_are_answered_at_once(text):
    with contextlib.suppress(QueryError):
        parse(text)


@pytest.mark.parametrize(
    "text", ['"de le la les"~99 OR ' * 5 + "x", " NEAR/99 ".join("abcdefgh"), '"' + "de " * 17 + '"~9']
)
def test_so_many_words_may_be_near_each_other_and_no_more(text):
    with pytest.raises(QueryError, match="16 words"):
        parse(text)
    parse('"de le la les"~99 OR ' * 4 + "x")
    parse(" NEAR/99 ".join("abcde"))
