"""The list of tags as a person uses it."""

from pathlib import Path

import pytest

from notes import Notebook
from reader.paths import places
from reader.screens.notebook import NotebookPage
from reader.screens.tags import TagsPage
from reader.workspace import Workspace


@pytest.fixture
def tagged(home: Path) -> Path:
    """A home with notes that bear tags."""
    with Workspace(places(home)) as space:
        library = space.collection.library
        tags_of = (["groupe/jnim", "[b]x"], ["groupe/eigs"], ["bilan"])
        for article, tags in zip(library.articles(library.ids()), tags_of, strict=True):
            space.note(article, None, "", tags)
    return home


def names_in(home: Path) -> set[str]:
    with Notebook.open(places(home).notes) as notebook:
        return {tag.name for tag in notebook.tags()}


async def open_tags(hand) -> None:
    await hand.press("tab", "g", "t")
    await hand.until(lambda: isinstance(hand.app.screen, TagsPage) and "Tags · " in hand.painted())


async def test_no_tags_says_how_to_make_one(home, open_app) -> None:
    async with open_app(home) as hand:
        await open_tags(hand)
        await hand.until(lambda: "t tags a passage" in hand.painted())
        await hand.press("r", "m", "d", "c", "i", "enter", "q")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_a_tag_is_renamed_merged_removed_and_all_undone(tagged, open_app) -> None:
    before = names_in(tagged)
    async with open_app(tagged) as hand:
        await open_tags(hand)
        await hand.until(lambda: "#[b]x" in hand.painted())
        await hand.press("/")
        await hand.type("jnim")
        await hand.press("enter")
        await hand.until(lambda: "Tags · 1" in hand.painted())
        await hand.press("r")
        await hand.until(lambda: "Rename #groupe/jnim" in hand.painted())
        await hand.type("groupe/gsim")
        await hand.press("enter")
        await hand.until(lambda: "Notes changed: 1" in hand.painted())
        assert "groupe/gsim" in names_in(tagged)
        await hand.press("u")
        await hand.until(lambda: "#groupe/jnim" in hand.painted())
        await hand.press("m")
        await hand.until(lambda: "Merge #groupe/jnim" in hand.painted())
        await hand.type("bilan")
        await hand.press("enter")
        await hand.until(lambda: "groupe/jnim" not in names_in(tagged))
        await hand.press("u")
        await hand.until(lambda: "#groupe/jnim" in hand.painted())
        await hand.press("d")
        await hand.until(lambda: "groupe/jnim" not in names_in(tagged))
        await hand.press("u")
        await hand.until(lambda: names_in(tagged) == before)


async def test_a_tag_is_coloured_described_and_leads_to_its_notes(tagged, open_app) -> None:
    async with open_app(tagged) as hand:
        await open_tags(hand)
        await hand.until(lambda: "#bilan" in hand.painted())
        await hand.press("o", "c", "i")
        await hand.until(lambda: "What #" in hand.painted())
        await hand.type("Chiffres")
        await hand.press("enter")
        await hand.until(lambda: "Chiffres" in hand.painted() and "●" in hand.painted())
        chosen = hand.app.screen.rows.chosen
        assert (chosen.color, chosen.description) == ("amber", "Chiffres")
        await hand.press("enter")
        await hand.until(
            lambda: isinstance(hand.app.screen, NotebookPage) and "Notebook · 1" in hand.painted()
        )
