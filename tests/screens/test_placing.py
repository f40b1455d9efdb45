"""Notes whose article has another text now: said, shown with what differs, put where their owner says."""

import json
from pathlib import Path

import pytest

from notes import Notebook, State
from reader.paths import places
from reader.screens.notebook import NotebookPage
from reader.screens.placing import Placing
from reader.workspace import Workspace

TEXT = (
    "Le maire de Gao a reçu lundi les chefs des quartiers.\n\n"
    "Selon le ministère, l’attaque de la caserne a fait 12 morts parmi les élèves gendarmes.\n\n"
    "Le porte-parole n’a pas voulu dire combien d’avions ont brûlé sur la piste."
)
LATER = TEXT.replace("12 morts", "70 morts").replace(
    "Le porte-parole n’a pas voulu dire combien d’avions ont brûlé sur la piste.",
    "Rien n’a été dit des avions ni de la piste.",
)


@pytest.fixture
def changed(home: Path, tmp_path: Path) -> Path:
    """A home in which an article with two notes has a new text."""
    source = tmp_path / "gao.jsonl"
    with Workspace(places(home)) as space:
        for text in (TEXT, LATER):
            source.write_text(
                json.dumps({"title": "Gao", "text": text, "lang": "fr", "url": "https://x.fr/gao"})
            )
            list(space.add([source]))
            if text == TEXT:
                library = space.collection.library
                article = next(a for a in library.articles(library.ids()) if a.title == "Gao")
                for quote in (
                    "l’attaque de la caserne a fait 12 morts",
                    "combien d’avions ont brûlé sur la piste",
                ):
                    space.note(article, space.quoted(article, quote), "à voir")
    return home


def states_in(home: Path) -> dict[str, State]:
    with Notebook.open(places(home).notes) as notebook:
        return {note.quote: note.state for note in notebook.notes()}


async def test_a_changed_figure_is_seen_and_taken_over_by_its_owner(changed, open_app) -> None:
    assert sorted(states_in(changed).values()) == [State.CHANGED, State.ORPHAN]
    async with open_app(changed) as hand:
        await hand.press("tab", "g", "n")
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage) and "changed" in hand.painted())
        await hand.press("p")
        await hand.until(lambda: isinstance(hand.app.screen, Placing) and "[-12-]{+70+}" in hand.painted())
        await hand.press("enter")
        await hand.until(lambda: "The note is placed" in hand.painted())
        assert states_in(changed)["l’attaque de la caserne a fait 70 morts"] is State.EXACT
        await hand.press("u")
        await hand.until(lambda: "changed" in hand.painted())
        assert states_in(changed)["l’attaque de la caserne a fait 12 morts"] is State.CHANGED


async def test_an_orphan_is_attached_again_with_two_keys(changed, open_app) -> None:
    async with open_app(changed) as hand:
        await hand.press("tab", "g", "n")
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage) and "not found" in hand.painted())
        await hand.press("j", "p")
        await hand.until(lambda: isinstance(hand.app.screen, Placing))
        assert "Rien n’a été dit des avions ni de la piste." in hand.painted()
        await hand.press("enter")
        await hand.until(lambda: "The note is placed" in hand.painted())
        assert states_in(changed)["Rien n’a été dit des avions ni de la piste."] is State.EXACT


async def test_leaving_changes_nothing(changed, open_app) -> None:
    before = states_in(changed)
    async with open_app(changed) as hand:
        await hand.press("tab", "g", "n")
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage) and "changed" in hand.painted())
        await hand.press("p")
        await hand.until(lambda: isinstance(hand.app.screen, Placing))
        await hand.press("escape")
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage))
    assert states_in(changed) == before
