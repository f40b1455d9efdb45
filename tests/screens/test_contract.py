"""Every key of the contract (design 1.5) does what it says."""

from textual.command import CommandPalette

from notes import Notebook
from reader.paths import places
from reader.screens.dossier import DossierPage
from reader.screens.entities import EntitiesPage
from reader.screens.note_editor import NoteEditor
from reader.screens.notebook import NotebookPage

BOTH = {"[": "<", "]": ">", "{": ",", "}": ";"}
"""What stands for a key that needs AltGr on a French keyboard."""


def notes_in(home) -> int:
    with Notebook.open(places(home).notes) as notebook:
        return len(notebook.notes())


def on_french_keyboard(keys: str) -> str:
    return "".join(BOTH.get(key, key) for key in keys)


async def begin(hand, query: str = "Bamako"):
    """Read the article that the query finds, the caret at its beginning; return what moves there."""
    await hand.read(query)
    await hand.press("g", "g")

    async def pressed(keys: str) -> int:
        await hand.press(*keys)
        await hand.pilot.pause()
        return hand.screen.article_pane.document.selection.caret

    return pressed


async def test_keys_anywhere(annotated, open_app, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with open_app(annotated, (160, 45)) as hand:
        await begin(hand)
        screen = hand.screen

        async def leads(keys: str, there) -> None:
            await hand.press(*keys)
            await hand.until(there)

        await leads("1", lambda: screen.results.has_focus)
        await leads("2", lambda: screen.article_pane.has_focus)
        await leads("3", lambda: screen.side.has_focus)
        await leads("2", lambda: screen.article_pane.has_focus)
        await hand.press("tab")
        await hand.until(lambda: screen.side.has_focus)
        await hand.press("shift+tab")
        await hand.until(lambda: screen.article_pane.has_focus)
        await leads("gn", lambda: isinstance(hand.app.screen, NotebookPage))
        await leads("q", lambda: hand.app.screen is screen)
        await leads("ge", lambda: isinstance(hand.app.screen, EntitiesPage))
        await leads("q", lambda: hand.app.screen is screen)
        for keys, name in (("gs", "SavedSearches"), ("X", "ExportDialogue"), ("?", "Help")):
            await leads(keys, lambda name=name: type(hand.app.screen).__name__ == name)
            await hand.press("escape")
            await hand.until(lambda: hand.app.screen is screen)
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is screen)
        before = notes_in(annotated)
        await hand.press(".")
        await hand.until(lambda: notes_in(annotated) == before + 1)
        await leads("u", lambda: notes_in(annotated) == before)
        await hand.press("ctrl+r")
        await hand.until(lambda: notes_in(annotated) == before + 1)
        await leads("q", lambda: screen.results.has_focus)
        await leads("s", lambda: screen.query_bar.has_focus)
        await hand.press("escape")
        await hand.until(lambda: not screen.query_bar.value)
        await hand.press("escape")
        await hand.until(lambda: not screen.query_bar.has_focus)
        await leads("Q", lambda: not hand.app.is_running or hand.app._exit)


async def test_keys_of_the_query(home, open_app) -> None:
    async with open_app(home) as hand:
        bar, results = hand.screen.query_bar, hand.screen.results
        await hand.until(lambda: results.hits)
        await hand.type("niger")
        await hand.until(lambda: len(results.hits) == 1)
        await hand.press("enter")
        await hand.until(lambda: results.has_focus)
        await hand.press("s", "ctrl+u")
        await hand.type("bamako")
        await hand.press("down")
        await hand.until(lambda: results.has_focus)
        await hand.press("s", "up")
        await hand.until(lambda: bar.value == "niger")


async def test_keys_of_lists(home, open_app) -> None:
    async with open_app(home) as hand:
        results = hand.screen.results
        await hand.until(lambda: len(results.hits) == 3)
        await hand.press("enter")
        for keys, row in (
            ("j", 1), ("k", 0), ("G", 2), ("gg", 0), (("space",), 2), ("b", 0), (("ctrl+d",), 2), (("ctrl+u",), 0),
        ):  # fmt: skip
            await hand.press(*keys)
            await hand.until(lambda row=row: results.current == row)
        await hand.press("f")
        await hand.until(lambda: type(hand.app.screen).__name__ == "Facets")
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
        for was in ("read", "unread"):
            await hand.press("r")
            await hand.until(lambda was=was: hand.painted().count("read ·") == (was == "read"))
        await hand.press("w")
        await hand.until(lambda: "every article is here" in hand.painted())
        order = [hit.id for hit in results.hits]
        await hand.press("o", "o")
        await hand.until(lambda: [hit.id for hit in results.hits] != order)
        await hand.press("g", "e")
        await hand.until(lambda: "Oumar Diarra" in hand.painted())
        await hand.press("/")
        await hand.type("jnim")
        await hand.press("enter")
        await hand.until(lambda: "Oumar Diarra" not in hand.painted())


async def test_motions(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        at = await begin(hand)
        le, bilan = attack.index("Le JNIM"), attack.index("Un bilan")
        for keys, offset in (
            ("l", 1), ("h", 0), ("w", attack.index(",")), ("b", 0), (")", le), ("(", 0), ("}", bilan), ("{", 0),
        ):  # fmt: skip
            assert await at(keys) == offset, keys
            if keys in BOTH:
                await at("gg")
        for keys, offset in (("}", bilan), ("{", 0)):
            assert await at(on_french_keyboard(keys)) == offset
        below = await at("j")
        assert attack[:below].strip()
        assert await at("k") == 0
        assert await at("$") > attack.index("capitale")
        assert await at("0") == 0
        assert await at("G") >= len(attack) - 1
        assert await at("gg") == 0


async def test_pages(tmp_path, home, open_app) -> None:
    async with open_app(home, (40, 12)) as hand:
        at = await begin(hand)
        for there, back in (("space", "b"), ("ctrl+d", "ctrl+u")):
            before = await at("gg")
            await hand.press(there)
            await hand.pilot.pause()
            after = hand.screen.article_pane.document.selection.caret
            assert after > before
            if back != "b":
                await hand.press(back)
                await hand.pilot.pause()
                assert hand.screen.article_pane.document.selection.caret < after


async def test_leaps(annotated, attack, open_app) -> None:
    async with open_app(annotated) as hand:
        at = await begin(hand)
        jnim, last = attack.index("JNIM"), attack.rindex("Bamako")
        quotes = attack.index("Le JNIM"), attack.index("Six avions")
        section = attack.index("Un bilan")
        for french in (False, True):
            for keys, offset in (
                ("]e", jnim), ("[e", 0), ("]n", quotes[0]), ("]n", quotes[1]), ("[n", quotes[0]),
                ("gg", 0), ("]h", last), ("[h", 0), ("]s", section),
            ):  # fmt: skip
                typed = on_french_keyboard(keys) if french else keys
                assert await at(typed) == offset, typed
            await at("gg")
        await hand.press("/")
        await hand.type("bamako")
        await hand.press("enter")
        await hand.until(lambda: hand.app.screen is hand.screen)
        first = await at("gg")
        assert await at("n") == last
        assert await at("N") == first


async def test_articles_and_places(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await hand.press("enter", "enter")
        await hand.until(lambda: hand.screen.article_pane.document)
        first = hand.screen.reading.article.id
        for keys, here in (("J", False), ("K", True), ("J", False), ("H", True), ("L", False)):
            await hand.press(keys)
            await hand.until(lambda here=here: (hand.screen.reading.article.id == first) is here)


async def test_selecting(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await begin(hand)
        document = hand.screen.article_pane.document

        async def selected(keys: str) -> str:
            await hand.press(*keys)
            await hand.pilot.pause()
            span = document.selected
            return attack[span.start : span.end] if span else ""

        sentence = attack[: attack.index(" Le JNIM")]
        paragraph = attack[: attack.index("\n\n")]
        assert await selected("vs") == sentence
        assert await selected("+") == paragraph
        assert await selected("-") == sentence
        assert await selected("p") == paragraph
        caret = document.selection.caret
        await selected("o")
        assert document.selection.caret != caret
        await hand.press("escape")
        await hand.until(lambda: document.selection.anchor is None)
        assert await selected("ggvw") == "Bamako,"


async def test_what_is_done_to_a_passage(annotated, attack, open_app, monkeypatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("reader.screens.sharing.copy", lambda text, _app: copied.append(text) or "Copied")
    async with open_app(annotated, (160, 45)) as hand:
        await begin(hand)
        await hand.press("y")
        await hand.until(lambda: copied == [attack[: attack.index(" Le JNIM")]])
        await hand.press("Y")
        await hand.until(lambda: len(copied) == 2 and "Presse" in copied[1])
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, DossierPage))
        await hand.press("q")
        await hand.until(lambda: hand.app.screen is hand.screen)
        shown = hand.look()
        await hand.press("e")
        await hand.until(lambda: hand.look() != shown)
        await hand.press("]", "n", "enter")
        await hand.until(lambda: isinstance(hand.app.screen, NoteEditor))
        await hand.type("et ")
        await hand.press("escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
        before = notes_in(annotated)
        await hand.press("g", "g", "a")
        await hand.until(lambda: isinstance(hand.app.screen, NoteEditor))
        await hand.type("vu")
        await hand.press("ctrl+s")
        await hand.until(lambda: notes_in(annotated) == before + 1)
        await hand.press("t")
        await hand.type("bil")
        await hand.press("enter")
        await hand.until(lambda: notes_in(annotated) == before + 2)
        await hand.press(")", ".")
        await hand.until(lambda: notes_in(annotated) == before + 3)
