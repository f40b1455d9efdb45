"""Searching beyond typing: wrong queries, no hits, facets, reasons, history, saved searches, what was read."""

import threading
import time
from itertools import count
from types import SimpleNamespace
from unittest.mock import Mock

from textual.events import Key
from textual.widgets import Input

from index.engine import SearchIndex
from index.errors import SearchError
from reader.finder import Finder
from reader.paths import places
from reader.searcher import Searcher
from reader.workspace import Workspace


async def query(hand, text):
    if not hand.screen.query_bar.has_focus:
        await hand.press("s")
    hand.screen.query_bar.replace_with(text)
    await hand.until(lambda: hand.screen.query_bar.value == text)


def titles(hand):
    return [hit.title for hit in hand.screen.results.hits]


async def test_what_is_sought_next_in_the_article_that_is_shown_is_gone_to_and_back(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        document, reached = hand.screen.article_pane.document, []
        for words in ("aeroport", "avions", "avions"):
            await query(hand, words)
            await hand.until(hand.screen.searching.is_done)
            await hand.press("enter", "enter")
            await hand.until(lambda: hand.screen.article_pane.has_focus and not hand.app.waits)
            reached.append(document.text[document.selection.caret :].split(maxsplit=1)[0])
            await hand.press("l")
        assert reached == ["aéroport.", "avions", "vions"]
        await hand.press("H")
        assert document.text[document.selection.caret :].startswith("éroport")


async def test_a_wrong_query_is_marked_under_its_column_without_a_pop_up(home, open_app) -> None:
    async with open_app(home, (80, 24)) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "Bamako titel:attaque ")
        await hand.until(lambda: "▲" in hand.painted())
        lines = hand.painted().splitlines()
        marked = next(number for number, text in enumerate(lines) if "▲" in text)
        assert lines[marked - 1][lines[marked].index("▲") :].startswith("titel:")
        assert "title:attaque" in "".join(lines[marked : marked + 3])
        assert hand.app.screen is hand.screen
        assert hand.screen.results.hits
        await hand.press("ctrl+y")
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])
        assert "▲" not in hand.painted()


async def test_a_question_that_cannot_be_answered_is_not_waited_for(home, open_app, monkeypatch) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        monkeypatch.setattr(Finder, "search", Mock(side_effect=SearchError("the index has failed")))
        await query(hand, "Niger")
        await hand.until(lambda: hand.app._notifications)
        assert hand.screen.searching.is_done()


async def test_the_mark_stays_on_the_screen_however_long_the_query(home, open_app) -> None:
    async with open_app(home, (80, 24)) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "Bamako " * 30 + "titel:attaque ")
        await hand.until(lambda: "▲" in hand.painted())


async def test_no_hits_explain_themselves_and_enter_takes_an_offer(home, open_app) -> None:
    async with open_app(home, (80, 24)) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "Bamako secheresse ")
        await hand.until(lambda: hand.screen.results.offers)
        seen = hand.painted()
        assert "No article answers to" in seen
        assert "without secheresse" in seen
        assert "any of the words" in seen
        await hand.press("enter")
        await hand.press("enter")
        await hand.until(lambda: hand.screen.results.hits)
        assert hand.screen.query_bar.value in {"secheresse*", "secheresse", "Bamako"}


async def test_a_busy_machine_makes_the_same_offers(home, open_app, monkeypatch) -> None:
    spellings = SearchIndex.spellings

    def late(*asked, **named):
        time.sleep(0.5)
        return spellings(*asked, **named)

    monkeypatch.setattr(SearchIndex, "spellings", late)
    monkeypatch.setattr(
        "reader.rescue.time", SimpleNamespace(thread_time=count().__next__)
    )  # as if collecting
    async with open_app(home, (80, 24)) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "Bamako secheresse ")
        await hand.until(lambda: "any of the words" in hand.painted())


async def test_a_misspelling_is_offered_as_the_collection_has_it(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "revendikue ")
        await hand.until(lambda: [o.query for o in hand.screen.results.offers] == ["revendique"])


async def test_lower_case_operators_are_pointed_out(home, open_app) -> None:
    async with open_app(home, (160, 45)) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "Bamako not Niger")
        await hand.until(lambda: "did you mean: Bamako NOT Niger" in hand.painted())


async def test_facets_narrow_with_a_key_and_can_be_undone(home, open_app) -> None:
    async with open_app(home, (80, 24)) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await query(hand, "bam")
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])
        await hand.press("enter", "f")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        seen = hand.painted()
        assert "Oumar Diarra" in seen
        assert "People" in seen
        await hand.press("enter")
        await hand.until(lambda: hand.screen.query_bar.value == 'person:"Oumar Diarra" bam')
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])
        await hand.press("backspace")
        await hand.until(lambda: hand.screen.query_bar.value == "bam")


async def test_a_query_that_is_only_begun_is_narrowed(home, open_app) -> None:
    async with open_app(home) as hand:
        await query(hand, "Bamako date:202")
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])
        await hand.press("enter", "f")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.press("enter")
        await hand.until(lambda: hand.screen.query_bar.value == 'person:"Oumar Diarra" Bamako date:202')
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])


async def test_facets_can_leave_out(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await hand.press("enter", "f")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.press("x")
        await hand.until(lambda: hand.screen.query_bar.value == '-person:"Oumar Diarra"')
        await hand.until(lambda: len(hand.screen.results.hits) == 2)


async def test_why_this_hit(home, open_app) -> None:
    async with open_app(home, (80, 24)) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "revendiquer avion*")
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])
        await hand.press("enter", "w")
        await hand.until(lambda: "Why this hit" in hand.painted())
        seen = hand.painted()
        assert "looked for: stem revend, revendiqu · form revendiquer" in seen
        assert "in the text: revendiqué" in seen
        assert "in the text: avions" in seen
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_history_and_saved_searches_survive(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await query(hand, "Niger")
        await hand.until(lambda: titles(hand) == ["Sécheresse au Niger"])
        await hand.press("enter")
        await hand.press("g", "s")
        await hand.until(lambda: "No search is saved" in hand.painted())
        await hand.press("a")
        await hand.until(lambda: any("Niger" in row and row.rstrip(" │").endswith("1") for row in rows(hand)))
        await hand.press("escape")
        await hand.until(lambda: hand.screen.workspace.memory.queries() == ["Niger"])
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await hand.press("up")
        await hand.until(lambda: hand.screen.query_bar.value == "Niger")
        await hand.press("escape")
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await hand.press("enter", "g", "s")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.press("enter")
        await hand.until(lambda: titles(hand) == ["Sécheresse au Niger"])
        await hand.press("g", "s")
        await hand.until(lambda: hand.app.screen is not hand.screen)
        await hand.press("d")
        await hand.until(lambda: "No search is saved" in hand.painted())
        assert not isinstance(hand.app.focused, Input)


async def test_a_saved_search_finds_as_many_as_it_says(home, open_app) -> None:
    async with open_app(home) as hand:
        await query(hand, "title:séch")
        await hand.until(lambda: titles(hand) == ["Sécheresse au Niger"])
        await hand.press("enter", "g", "s", "a")
        await hand.until(
            lambda: any("title:séch" in row and row.rstrip(" │").endswith("1") for row in rows(hand))
        )


def rows(hand):
    return hand.painted().splitlines()


async def test_what_was_opened_is_read_and_r_takes_it_back(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("revendiqué")
        await hand.until(lambda: hand.screen.results.chosen.read)
        assert "read · " in hand.painted()
        await query(hand, "is:read")
        await hand.until(lambda: titles(hand) == ["L’attaque de Bamako"])
        await hand.press("enter", "r")
        await hand.until(lambda: not hand.screen.results.chosen.read)
    with Workspace(places(home)) as space:
        assert space.finder.search("is:read").total == 0
        assert space.finder.search("is:unread").total == 3


async def test_a_letter_is_asked_about_though_the_palette_came_and_went_before_it_was_painted(
    home, open_app, monkeypatch
) -> None:
    asked = []
    ask = Searcher.ask
    monkeypatch.setattr(
        Searcher, "ask", lambda one, query, *a, **b: (asked.append(query), ask(one, query, *a, **b))[1]
    )
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits and hand.screen.query_bar.has_focus)
        for key in ("x", "ctrl+p", "escape"):
            hand.app.post_message(Key(key, key if key == "x" else None))
        await hand.until(lambda: "x" in asked)
        assert asked.count("x") == 1


async def test_a_search_that_is_overtaken_by_the_end_is_no_error(home, open_app, monkeypatch) -> None:
    is_asked, is_left, told = threading.Event(), threading.Event(), []
    search = Finder.search

    def slow(self, query: str, **how: object) -> object:
        if query == "gao":
            is_asked.set()
            is_left.wait(30)
            del how["cancelled"]  # it has looked there for the last time
        return search(self, query, **how)

    monkeypatch.setattr(Finder, "search", slow)
    monkeypatch.setattr(threading, "excepthook", told.append)
    async with open_app(home) as hand:
        await hand.type("gao")
        await hand.until(is_asked.is_set)
    is_left.set()
    for thread in threading.enumerate():
        if thread.name == "searcher":
            thread.join(30)
    assert told == []
