"""The small pure parts of the interface: panes, header, rendering, searcher, places."""

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from index.article import Article, Span
from reader import i18n
from reader.paths import demo_places, places
from reader.render import excerpt, line_segments
from reader.screens.panes import arrange
from reader.searcher import Question, Searcher
from reader.text.layers import Layer, Mark
from reader.widgets.article_header import facts, header, written_date


@pytest.mark.parametrize(
    ("width", "wanted", "beside", "shown"),
    [
        (160, "side", "results", ("results", "article", "side")),
        (120, "article", "side", ("results", "article", "side")),
        (119, "article", "results", ("results", "article")),
        (80, "side", "side", ("article", "side")),
        (79, "article", "side", ("article",)),
        (40, "results", "results", ("results",)),
    ],
)
def test_panes_by_width(width: int, wanted: str, beside: str, shown: tuple[str, ...]) -> None:
    assert arrange(width, wanted, beside) == shown


@given(
    st.integers(1, 300), st.sampled_from(["results", "article", "side"]), st.sampled_from(["results", "side"])
)
def test_some_pane_is_always_shown(width: int, wanted: str, beside: str) -> None:
    assert arrange(width, wanted, beside)


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2024-09-19", "19 septembre 2024", "19 September 2024"),
        ("2024-08-01", "1er août 2024", "1 August 2024"),
        ("2024-09", "septembre 2024", "September 2024"),
        ("2024", "2024", "2024"),
        ("", "", ""),
    ],
)
def test_dates_are_written_out(iso: str, french: str, english: str, monkeypatch) -> None:
    monkeypatch.setattr(i18n, "_current", "fr")
    assert written_date(iso) == french
    monkeypatch.setattr(i18n, "_current", "en")
    assert written_date(iso) == english


def article(text: str) -> Article:
    return Article(id="0" * 12, revision="", title="Titre", text=text, source="S", date="2024-09-19")


def test_a_title_that_opens_the_text_is_not_said_twice() -> None:
    assert ("Titre", "title") in header(article("Texte."), 40)
    assert ("Titre", "title") not in header(article("Titre\n\nTexte."), 40)
    assert facts(article("mot " * 660))[-1].startswith("3 min")


LINE = "abcdefghij"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("xy")), max_size=6))
def test_a_painted_line_says_the_whole_line(marks: list[tuple[int, int, str]]) -> None:
    layer = Layer(Mark(start, start + length, look) for start, length, look in marks)
    looks = {"x": Style(bold=True), "y": Style(italic=True)}
    segments = line_segments(LINE, Span(0, 10), [layer], looks, Style())
    assert "".join(segment.text for segment in segments) == LINE
    for offset in range(10):
        at = 0
        for segment in segments:
            if at <= offset < at + len(segment.text):
                bold = any(m.look == "x" and m.start <= offset < m.end for m in layer.marks)
                assert bool(segment.style and segment.style.bold) == bold
            at += len(segment.text)


def test_an_excerpt_marks_its_matches_and_takes_nothing_for_markup() -> None:
    marked = excerpt("un [red]mot[/] ici", [Span(8, 11)])
    assert marked.plain == "un [red]mot[/] ici"
    assert [(s.start, s.end) for s in marked.spans if s.style == "bold"] == [(8, 11)]


def test_the_searcher_answers_the_latest_question_and_gives_up_young_searches() -> None:
    begun, may_end, answered = threading.Event(), threading.Event(), threading.Event()
    seen: list[tuple[int, bool]] = []

    def answer(question: Question, cancelled) -> None:
        begun.set()
        if question.query == "slow":
            assert may_end.wait(5)
            seen.append((question.number, cancelled()))
        else:
            seen.append((question.number, cancelled()))
            answered.set()

    searcher = Searcher(answer)
    searcher.ask("slow")
    assert begun.wait(5)
    searcher.ask("never asked")
    last = searcher.ask("last")
    may_end.set()
    assert answered.wait(5)
    searcher.close()
    assert [number for number, _ in seen] == [1, last.number]
    assert seen[-1] == (last.number, False)


def test_a_home_holds_everything(tmp_path: Path) -> None:
    here = places(tmp_path)
    assert {here.config, here.notes, here.library, here.index, here.state} == {
        tmp_path / "config.toml",
        tmp_path / "notes" / "notes.sqlite",
        tmp_path / "library" / "library.sqlite",
        tmp_path / "cache" / "index",
        tmp_path / "state",
    }


def test_without_a_home_xdg_says_where(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("LISEUSE_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert places().notes == tmp_path / "data" / "liseuse" / "notes" / "notes.sqlite"
    assert places().index == tmp_path / "cache" / "liseuse" / "index"
    assert demo_places().notes.is_relative_to(tmp_path / "state" / "liseuse-demo")


def test_the_samples_have_a_home_of_their_own_wherever_the_collection_is(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("LISEUSE_HOME", str(tmp_path))
    for home in (None, tmp_path / "other"):
        own, samples = places(home), demo_places(home)
        assert not {own.notes, own.library, own.index} & {samples.notes, samples.library, samples.index}


def test_the_environment_can_name_the_home(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("LISEUSE_HOME", str(tmp_path))
    assert places().library == tmp_path / "library" / "library.sqlite"
