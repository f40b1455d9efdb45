"""Entities corrected, listed and looked into, as a person would."""

import threading
from pathlib import Path

from index.entities.corrections import Kind
from index.entities.log import CorrectionLog
from index.library import Library
from index.mentions import Mentions
from reader.paths import places


def log_in(home: Path) -> list[tuple[Kind, str, str, bool]]:
    lines = CorrectionLog(places(home).corrections).lines()
    return [(one.kind, one.name, one.to, bool(one.article)) for one in lines]


def mentions_in(home: Path) -> list[str]:
    with Library(places(home).library) as library:
        return [
            f"{article.text[m.start : m.end]}/{m.type}={m.entity}"
            for article in library.articles(library.ids())
            for m in library.mentions.of(article.revision)
        ]


async def test_a_wrong_name_goes_and_comes_back(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("revendiqué")
        layers = hand.screen.article_pane.document.layers
        await hand.press("g", "g", "]", "e", "x")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["entities"]) == 2)
        assert "JNIM” is no name" in hand.screen.status.said or "is no name" in hand.screen.status.said
        await hand.press("u")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["entities"]) == 3)
        await hand.press("ctrl+r")
        await hand.until(lambda: len(hand.screen.article_pane.document.layers["entities"]) == 2)
        assert layers
    assert [kind for kind, *_ in log_in(home)] == [Kind.WRONG, Kind.UNDO, Kind.REDO]


async def test_a_name_gets_another_type(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("JNIM")
        await hand.press("c")
        await hand.type("peo")
        await hand.press("enter")
        await hand.until(lambda: "is of type person" in hand.screen.status.said)
    assert "JNIM/person=JNIM" in mentions_in(home)


async def test_the_selection_becomes_the_name(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("revendiqué")
        document = hand.screen.article_pane.document
        document.go(attack.index("général"))
        document.selection = document.selection.begun()
        document.go(attack.index("Diarra") + len("Diarra"))
        await hand.press("z")
        await hand.until(lambda: "général Oumar Diarra" in hand.screen.status.said)
    assert "général Oumar Diarra/person=général Oumar Diarra" in mentions_in(home)


async def test_an_entity_is_joined_to_another_and_undone(home, open_app) -> None:
    before = mentions_in(home)
    async with open_app(home) as hand:
        await hand.read("JNIM")
        await hand.press("i")
        await hand.type("Groupe Z")
        await hand.press("enter")
        await hand.until(lambda: "is also" in hand.screen.status.said)
        assert "JNIM/org=Groupe Z" in mentions_in(home)
        await hand.press("I")
        await hand.until(lambda: "is not" in hand.screen.status.said)
        assert mentions_in(home) == before
        await hand.press("u", "u")
        await hand.until(lambda: log_in(home)[-2:] and len(log_in(home)) == 4)
    assert mentions_in(home) == before


async def test_a_missed_name_is_added(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("revendiqué")
        hand.screen.article_pane.document.go(attack.index("avions"))
        await hand.press("m")
        await hand.type("org")
        await hand.press("enter")
        await hand.until(lambda: "is a name" in hand.screen.status.said)
    assert "avions/org=avions" in mentions_in(home)


async def test_without_an_entity_the_screen_says_what_to_do(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        for key in ("x", "c", "i", "I", "z"):
            await hand.press(key)
            await hand.until(lambda: "first" in hand.screen.status.said)
    assert log_in(home) == []


async def test_the_dossier_opens_and_leads_to_the_text(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("JNIM")
        await hand.press("enter")
        await hand.until(lambda: "mentions: 1 · articles: 1" in hand.painted())
        seen = hand.painted()
        for part in ("JNIM", "2024-09", "Presse", "In context", "a revendiqué"):
            assert part in seen
        await hand.press("o")
        await hand.until(lambda: "by what comes before" in hand.painted())
        await hand.press("G", "enter")
        await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.until(lambda: hand.screen.article_pane.document.selection.caret == attack.index("JNIM"))


async def test_the_dossier_is_written(home, open_app, tmp_path) -> None:
    async with open_app(home) as hand:
        await hand.read("JNIM")
        await hand.press("enter")
        await hand.until(lambda: "mentions: " in hand.painted())
        await hand.press("X")
        await hand.until(lambda: hand.app.screen.query("Field"))
        hand.app.screen.query_one("Field").value = str(tmp_path / "jnim.md")
        await hand.press("enter")
        await hand.until((tmp_path / "jnim.md").exists)
    assert (tmp_path / "jnim.md").read_text().startswith("# JNIM")


async def test_all_entities_are_listed_narrowed_and_corrected(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("enter", "g", "e")
        await hand.until(lambda: "Oumar Diarra" in hand.painted() and "by mentions" in hand.painted())
        await hand.press("f")
        await hand.until(lambda: "People" in hand.painted() and "Bamako" not in hand.painted())
        await hand.press("f", "f", "f", "f", "f", "o")
        await hand.until(lambda: "by articles" in hand.painted())
        await hand.press("/")
        await hand.until(lambda: hand.app.screen.query("Field"))
        await hand.type("bam")
        await hand.press("enter")
        await hand.until(lambda: "/bam" in hand.painted())
        await hand.press("x")
        await hand.until(lambda: "No entity here" in hand.painted())
        await hand.until(lambda: log_in(home))
        await hand.press("q")
        await hand.until(lambda: hand.app.screen is hand.screen)
    assert log_in(home) == [(Kind.WRONG, "Bamako", "", False)]


async def test_the_queue_asks_and_takes_an_answer(home, attack, open_app) -> None:
    with Library(places(home).library) as library:
        article = next(a for a in library.articles(library.ids()) if a.text == attack)
        found = list(library.mentions.of(article.revision))
        start = attack.rindex("Bamako")
        odd = type(found[0])(start, start + 6, type(found[0].type)("org"), "Bamako")
        library.mentions.put(article.revision, attack, "test", [*found, odd])
    async with open_app(home) as hand:
        await hand.until(lambda: hand.screen.results.hits)
        await hand.press("enter", "g", "e")
        await hand.until(lambda: "by mentions" in hand.painted())
        await hand.press("r")
        await hand.until(lambda: "also of type" in hand.painted())
        await hand.press("y")
        await hand.until(lambda: "Nothing to review" in hand.painted())
        await hand.until(lambda: log_in(home))
    assert log_in(home)[0][0] is Kind.RIGHT


async def test_an_article_not_annotated_shows_the_names_known_beforehand(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("Sécheresse")
        layer = hand.screen.article_pane.document.layers["entities"]
        assert [mark.what for mark in layer.marks] == ["Niger", "Niamey"]


async def test_a_list_that_is_asked_for_again_and_again_is_read_once_at_a_time(
    home, open_app, monkeypatch
) -> None:
    go, reading, most = threading.Event(), [], []
    entities = Mentions.entities

    def slowly(mentions):
        reading.append(mentions)
        most.append(len(reading))
        go.wait(30)
        reading.pop()
        return entities(mentions)

    monkeypatch.setattr(Mentions, "entities", slowly)
    async with open_app(home) as hand:
        await hand.read("Bamako")
        for _ in range(4):
            await hand.press("g", "e")
            await hand.until(lambda: type(hand.app.screen).__name__ == "EntitiesPage" and most)
            hand.app.screen.reload()
            await hand.press("q")
            await hand.until(lambda: hand.app.screen is hand.screen)
        await hand.press("g", "n")  # another kind of page does not wait for it
        await hand.until(
            lambda: type(hand.app.screen).__name__ == "NotebookPage" and "No notes yet." in hand.painted()
        )
        assert reading
        await hand.press("q", "g", "e")
        go.set()
        await hand.until(lambda: "Bamako" in hand.painted())
        assert set(most) == {1}
        assert len(most) == 2  # the first, and the one that is looked at
