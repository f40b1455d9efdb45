"""Wrapping, motions and selections: properties that hold for any text."""

import re
import sys
from itertools import accumulate
from unittest.mock import patch

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from index.article import Article, Span, canonical
from reader.text import motion
from reader.text.cells import column_to_index, is_narrow, width
from reader.text.document import Document, occurrences
from reader.text.layers import Layer, Mark
from reader.text.layout import Layout
from reader.text.motion import MOTIONS, grapheme_end, grapheme_start, word_span
from reader.text.selection import Selection, covering, grown, paragraph_at, sentence_at, shrunk
from reader.text.sentences import sentences
from reader.widgets.article_header import facts

LONG = st.text(st.sampled_from("ab’. …!"), min_size=60, max_size=400)
FRENCH = st.text(alphabet="ab éÉ’'«»\u00a0\u202f.!?:;\n 01漢字e\u0301\u00ad-—()", max_size=200)
TEXTS = st.one_of(st.text(max_size=200), FRENCH).map(canonical)
OFFSETS = st.integers(0, 250)
SEED = (
    "Bamako, 19 septembre 2024 – M. Diarra a parlé. « Oui ! » a-t-il dit.\n\n"
    "Un bilan lourd\n\nIl y a 15 000 hommes : aucun n’est là. Fin ?"
)


def document(text: str) -> Document:
    return Document(Article(id="0" * 12, revision="0" * 64, title="T", text=text))


@given(TEXTS, st.integers(1, 90))
def test_every_character_that_is_seen_is_on_one_line(text: str, columns: int) -> None:
    layout = Layout(text, columns)
    covered = [0] * len(text)
    for number in range(len(layout)):
        line = layout.line(number)
        assert "\n" not in text[line.start : line.end]
        for offset in range(line.start, line.end):
            covered[offset] += 1
    assert all(times == 1 for times, character in zip(covered, text, strict=True) if not character.isspace())
    assert max(covered, default=0) <= 1


@given(TEXTS, st.integers(2, 90))
def test_no_line_is_wider_than_the_column(text: str, columns: int) -> None:
    layout = Layout(text, columns)
    for number in range(len(layout)):
        line = layout.line(number)
        piece = text[line.start : line.end]
        assert width(piece) <= columns or len(piece) == 1


@given(TEXTS, st.integers(1, 90))
def test_narrow_texts_are_wrapped_as_any_other(text: str, columns: int) -> None:
    with patch("reader.text.layout.is_narrow", return_value=False):
        slow = Layout(text, columns)
    layout = Layout(text, columns)
    assert [layout.line(n) for n in range(len(layout))] == [slow.line(n) for n in range(len(slow))]


@given(TEXTS, st.integers(1, 90), OFFSETS)
@example("0\u0e33", 1, 1)
def test_lines_and_offsets_correspond(text: str, columns: int, offset: int) -> None:
    layout = Layout(text, columns)
    offset = min(offset, max(len(text) - 1, 0))
    number = layout.line_at(offset)
    line = layout.line(number)
    if line.start <= offset < line.end and width(text[offset]):
        begins = max(grapheme_start(text, offset), line.start)  # a cluster wider than its line is cut
        assert layout.offset_at(number, layout.column_of(offset)) == begins


def test_no_cell_is_a_part_of_a_flag_a_family_or_an_accented_letter() -> None:
    whole = ["🇲🇱", "🇸🇳", " ", "👨‍👩‍👧", "👍🏽", " ", "e\u0301", "t", "e\u0301"]
    starts = set(accumulate(map(len, whole[:-1]), initial=0))
    layout = Layout("".join(whole), 90)
    assert {layout.offset_at(0, column) for column in range(40)} == starts


def test_french_typography_is_not_broken() -> None:
    text = "Il y a 15 000 hommes : « aucun ! » dit-il ; vraiment ?"
    for columns in range(8, 40):
        layout = Layout(text, columns)
        lines = [text[layout.line(n).start : layout.line(n).end] for n in range(len(layout))]
        if columns >= 12:
            assert not any(
                line[:1] in "»:;!?" or line.startswith("000") or line.endswith("«") for line in lines
            ), lines


def test_a_soft_hyphen_takes_no_room() -> None:
    assert width("pre\u00admier") == len("premier")
    assert not is_narrow("pre\u00admier")
    assert column_to_index("pre\u00admier", 3) == 4


@given(TEXTS)
def test_sentences_are_in_order_and_hold_all_that_is_not_space(text: str) -> None:
    spans = sentences(text)
    at = 0
    for span in spans:
        assert span.start >= at
        assert not text[at : span.start].strip()
        assert text[span.start : span.end].strip()
        at = span.end
    assert not text[at:].strip()


def test_sentences_of_the_press() -> None:
    found = [SEED[s.start : s.end] for s in sentences(SEED)]
    assert found == [
        "Bamako, 19 septembre 2024 – M. Diarra a parlé.",
        "« Oui ! » a-t-il dit.",
        "Un bilan lourd",
        "Il y a 15 000 hommes : aucun n’est là.",
        "Fin ?",
    ]


@given(TEXTS, OFFSETS, st.sampled_from(sorted(MOTIONS)))
def test_every_motion_stays_in_the_text(text: str, offset: int, name: str) -> None:
    offset = min(offset, max(len(text) - 1, 0))
    assert 0 <= MOTIONS[name](text, offset) <= max(len(text) - 1, 0)


@given(TEXTS, st.sampled_from(["word", "sentence", "paragraph"]))
def test_forward_motions_reach_the_end_and_backward_ones_the_beginning(text: str, thing: str) -> None:
    for way, goal in (("forward", max(len(text) - 1, 0)), ("backward", 0)):
        at = 0 if way == "forward" else goal
        for _ in range(len(text) + 1):
            after = MOTIONS[f"{thing}_{way}"](text, at)
            assert after >= at if way == "forward" else after <= at
            at = after
        assert at == goal if way == "backward" else at >= 0


@given(FRENCH.map(canonical), OFFSETS)
def test_right_and_left_are_inverse_on_graphemes(text: str, offset: int) -> None:
    at = 0
    for _ in range(offset):
        at = MOTIONS["right"](text, at)
    after = MOTIONS["right"](text, at)
    if after != at:
        assert MOTIONS["left"](text, after) == at


MANY = ["e" + "\u0300" * 90, "\u1100" * 200, "\U0001f1f2" * 31, "\U0001f469\u200d" * 60]
FEW = ["e\u0301", "ɛ\u0300", "\u0300", "क\u094dष\u093f", "한", "\u1100", "각", "\u06001", "\u0600 ", "漢"]
EMOJI = ["🇲🇱", "🇸🇳", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "👍🏽"]
CLUSTERS = (
    st.lists(st.sampled_from(["a", " ", "\n\n", "-", *FEW, *EMOJI, *MANY]), max_size=30)
    .map("".join)
    .map(canonical)
)


@given(
    CLUSTERS,
    st.integers(1, 40),
    st.lists(st.sampled_from([*sorted(MOTIONS), "down", "up", "end"]), max_size=30),
)
def test_the_caret_stands_on_whole_clusters_wherever_it_is_moved(
    text: str, columns: int, moves: list[str]
) -> None:
    here, layout = document(text), Layout(text, columns)
    starts = {match.start() for match in regex.finditer(r"\X", text)} | {0}
    for name in moves:
        before = here.selection.caret
        line = layout.line_at(before)
        if name in MOTIONS:
            here.move(MOTIONS[name])
        else:
            number, column = {"down": (line + 1, 1), "up": (line - 1, 1), "end": (line, 99)}[name]
            here.go(layout.offset_at(number, column))
        caret = here.selection.caret
        assert caret in starts, (name, before)
        assert caret >= before or name not in {"right", "word_forward"}, name


@given(CLUSTERS, st.integers(1, 40), st.sampled_from(["down", "right", "word_forward"]))
def test_whoever_goes_on_comes_to_the_end(text: str, columns: int, way: str) -> None:
    here, layout = document(text), Layout(text, columns)
    last = max((match.start() for match in regex.finditer(r"\X", text)), default=0)
    seen = [0]
    for _ in range(len(text)):
        if way == "down":
            here.go(layout.offset_at(layout.line_at(here.selection.caret) + 1, 0))
        else:
            here.move(MOTIONS[way])
        seen.append(here.selection.caret)
    if way == "down":
        assert layout.line_at(last) in map(layout.line_at, seen)
    else:
        assert seen[-1] == last


def test_a_word_has_its_marks() -> None:
    text = "Bɛ̀rɛ kɛ́lɛ́ क्षेत्र"
    spans = [word_span(text, text.index(word)) for word in text.split()]
    assert [text[span.start : span.end] for span in spans] == text.split()
    assert MOTIONS["word_forward"](text, 0) == text.index("k")


@given(TEXTS, OFFSETS)
def test_a_covering_selection_covers(text: str, offset: int) -> None:
    span = sentence_at(text, offset)
    if span and span.end > span.start:
        selected = covering(text, span).span(text)
        assert selected
        assert selected.start == span.start
        assert selected.end == grapheme_end(text, covering(text, span).caret)


def test_selecting_grows_and_shrinks_through_text_objects() -> None:
    at = SEED.index("parlé")
    word = word_span(SEED, at)
    assert SEED[word.start : word.end] == "parlé"
    sentence = grown(SEED, word)
    assert SEED[sentence.start : sentence.end] == "Bamako, 19 septembre 2024 – M. Diarra a parlé."
    paragraph = grown(SEED, sentence)
    assert SEED[paragraph.start : paragraph.end].endswith("a-t-il dit.")
    assert grown(SEED, paragraph) == Span(0, len(SEED))
    assert shrunk(SEED, paragraph, at) == sentence
    assert shrunk(SEED, sentence, at) == word


@given(TEXTS, OFFSETS)
def test_taking_objects_again_takes_the_next_until_there_is_none(text: str, offset: int) -> None:
    for text_object in (sentence_at, paragraph_at):
        shown = document(text)
        shown.go(offset)
        shown.take(text_object)
        first = shown.selected
        for _ in text:
            shown.take(text_object)
        if first and shown.selected:
            assert shown.selected.start == first.start
            assert not text[shown.selected.end :].strip()


def test_a_selection_holds_both_its_ends() -> None:
    assert Selection(caret=4, anchor=2).span("abcdefg") == Span(2, 5)
    assert Selection(caret=2, anchor=4).span("abcdefg") == Span(2, 5)
    assert Selection(caret=2, anchor=4).swapped() == Selection(caret=4, anchor=2)
    assert Selection(caret=2).span("abc") is None


MARKS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda p: Mark(p[0], p[0] + p[1], "x"))
)


@given(MARKS, st.integers(0, 60), st.integers(1, 20))
def test_a_layer_finds_what_a_look_at_every_mark_finds(marks: list[Mark], start: int, length: int) -> None:
    end = start + length
    assert Layer(marks).within(start, end) == sorted(m for m in marks if m.start < end and m.end > start)


@given(MARKS, st.integers(0, 60))
def test_next_and_previous_marks(marks: list[Mark], offset: int) -> None:
    after, before = Layer(marks).after(offset), Layer(marks).before(offset)
    assert (after.start if after else None) == min((m.start for m in marks if m.start > offset), default=None)
    assert (before.start if before else None) == max(
        (m.start for m in marks if m.start < offset), default=None
    )


def test_finding_ignores_case_and_accents_and_gives_exact_places() -> None:
    text = "L’État, l'ETAT, letat ; œuvre"
    assert [text[s.start : s.end] for s in occurrences(text, "l'etat")] == ["L’État", "l'ETAT"]
    assert [text[s.start : s.end] for s in occurrences(text, "OEUVRE")] == ["œuvre"]
    assert occurrences(text, " ") == []


@given(TEXTS, st.text(max_size=5))
def test_what_is_found_is_in_the_text(text: str, wanted: str) -> None:
    for span in occurrences(text, wanted):
        assert 0 <= span.start < span.end <= len(text)


@given(TEXTS, OFFSETS)
def test_a_passage_has_no_space_at_its_ends(text: str, offset: int) -> None:
    made = document(text)
    made.go(offset)
    passage = made.passage()
    if passage and text[passage.start : passage.end].strip():
        assert text[passage.start : passage.end] == text[passage.start : passage.end].strip()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("mot " * 2200, 10),
        ("mot\n\n" * 2200, 10),
        ("mot\n" * 2200, 10),
        ("un mot de la fin\n\n" * 440, 10),
        ("", 1),
    ],
)
def test_the_reading_time_is_of_the_words_however_they_are_set(text: str, minutes: int) -> None:
    known = Article(id="0" * 12, revision="0" * 64, title="T", text=text)
    assert facts(known)[-1].startswith(f"{minutes} min")


@given(LONG.map(canonical), st.integers(0, 400))
def test_going_a_word_back_is_going_to_where_one_begins(text: str, offset: int) -> None:
    offset = min(offset, max(len(text) - 1, 0))
    begins = [match.start() for match in motion._word().finditer(text) if match.start() < offset]
    with patch.object(motion, "_NEIGHBOURHOOD", 4):
        assert MOTIONS["word_backward"](text, offset) == (begins[-1] if begins else 0)


@pytest.mark.parametrize("run", ["a", "…", "漢", " "])
def test_going_back_over_a_run_without_spaces_reads_it_a_few_times_at_most(run: str) -> None:
    read = []

    class Counting:
        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def search(self, text: str, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
            read.append(min(end, len(text)) - start)
            return self.pattern.search(text, start, end)

        def finditer(self, text: str, start: int, end: int):
            read.append(end - start)
            return self.pattern.finditer(text, start, end)

    text, words = "Gao" + run * 100_000, Counting(motion._word())
    with (
        patch.object(motion, "_word", lambda: words),
        patch.object(motion, "_SPACE", Counting(motion._SPACE)),
    ):
        assert MOTIONS["word_backward"](text, len(text) - 1) == (3 if run == "…" else 0)
    assert sum(read) < 5 * len(text)
