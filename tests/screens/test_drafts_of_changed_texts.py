"""Drafts on texts that change while they are written, and the list of all that was begun."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.article import Article
from notes import Anchor, Notebook, State
from reader.paths import places
from reader.screens.body import Body
from reader.screens.drafting import Draft, Drafts, Place
from reader.workspace import Workspace

QUOTE = "Le maire de Gao a quitté la ville dimanche."
BEFORE = f"Gao\n\nUn début. {QUOTE} Une fin."
LONGER = f"Gao\n\nUn autre début, plus long. {QUOTE} Une fin."
CHANGED = f"Gao\n\nUn début. {QUOTE.replace('dimanche', 'lundi')} Une fin."
GONE = "Gao\n\nIl ne reste ici rien de ce qui a été écrit auparavant."


@dataclass
class File:
    """A file with one article, in a home."""

    home: Path
    path: Path

    def write(self, text: str) -> tuple[Article, Callable[[str], Anchor]]:
        """Write the file and have it read; return its article, and what makes the anchor of a quote in it."""
        self.path.write_text(text)
        with Workspace(places(self.home)) as space:
            list(space.add([self.path]))
            (article,) = space.collection.library.articles(space.collection.library.ids())
            return article, lambda quote: space.anchor(article, space.quoted(article, quote))

    def notebook(self) -> Notebook:
        return Notebook.open(places(self.home).notes)


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path / "home", tmp_path / "gao.txt")


def offered(file: File, article: Article, anchor: Anchor) -> Body | None:
    """Return what a note on a passage begins with."""
    with Workspace(places(file.home)) as space:
        drafts = Drafts(space)
        return Draft(drafts, drafts.place_of(article, anchor), anchor.quote).begun


@pytest.mark.parametrize(
    ("after", "quote"),
    [
        (LONGER, QUOTE),
        (LONGER + " Une autre.", QUOTE),
        (CHANGED, QUOTE.replace("dimanche", "lundi")),
        (CHANGED, "de Gao a quitté la ville lundi."),
    ],
    ids=["moved", "twice", "changed", "part"],
)
def test_a_draft_is_offered_where_its_passage_stands_now(file: File, after: str, quote: str) -> None:
    article, anchor_of = file.write(BEFORE)
    with file.notebook() as notebook:
        notebook.save_draft(article.id, anchor_of(QUOTE), comment="presque", tags="a, b")
    if after.endswith("autre."):
        file.write(LONGER)
    now, anchor_of = file.write(after)
    assert offered(file, now, anchor_of(quote)) == Body("presque", "a, b")
    assert offered(file, now, anchor_of("Une fin.")) is None


def test_a_draft_is_not_offered_where_other_words_have_come(file: File) -> None:
    first, second = "Le maire de Gao a parlé hier.", "Le maire de Ber a parlé hier."
    article, anchor_of = file.write(f"Titre\n\n{first} {second}")
    with file.notebook() as notebook:
        for quote in (second, first):
            notebook.save_draft(article.id, anchor_of(quote), comment=quote)
    now, anchor_of = file.write(f"Titre\n\nAutre chose vient devant ici. {first} {second}")
    assert [offered(file, now, anchor_of(quote)) for quote in (first, second)] == [Body(first), Body(second)]
    assert offered(file, now, anchor_of("Autre chose vient devant ici.")) is None


def test_what_has_not_changed_beside_what_has_is_another_passage(file: File) -> None:
    around = "Alpha a parlé toute la journée. Bravo est parti {}. Charlie reste."
    article, anchor_of = file.write(f"Titre\n\n{around.format('lundi')}")
    with file.notebook() as notebook:
        notebook.save_draft(article.id, anchor_of(around.format("lundi")), comment="analyse")
    now, anchor_of = file.write(f"Titre\n\n{around.format('mardi')}")
    for quote in ("Charlie reste.", "Alpha a parlé toute la journée.", "Bravo est parti mardi."):
        assert offered(file, now, anchor_of(quote)) is None
    assert offered(file, now, anchor_of(around.format("mardi"))) == Body("analyse")


def test_drafts_of_one_place_in_two_texts_are_two(file: File) -> None:
    article, anchor_of = file.write("Titre\n\nLe maire a parlé. Fin.")
    now, anchor_now = file.write("Titre\n\nLa pluie a cessé. Fin.")
    before, after = anchor_of("Le maire a parlé."), anchor_now("La pluie a cessé.")
    assert (before.start, before.end) == (after.start, after.end)
    with Workspace(places(file.home)) as space:
        drafts = Drafts(space)
        drafts.hold(Place(article.id, before), Body("premier"))
        drafts.keep()
        drafts.hold(Place(now.id, after), Body("second"))
        drafts.keep()
        assert set(drafts.begun().values()) == {Body("premier"), Body("second")}


async def writing(hand) -> None:
    """Open the article, and the editor on its passage."""
    await hand.read("maire")
    document = hand.screen.article_pane.document
    while not document.article.text.startswith(QUOTE, document.passage().start):
        await hand.press(")")
    await hand.press("a")
    await hand.until(lambda: hand.app.screen is not hand.screen)


async def test_what_is_written_while_the_text_changes_is_one_draft_and_is_offered(file, open_app) -> None:
    article, _anchor_of = file.write(BEFORE)
    async with open_app(file.home) as hand:
        await writing(hand)
        await hand.type("presque")
        await hand.until(hand.screen.workspace.notebook.drafts)
        _article, anchor_of = file.write(LONGER)
        await hand.type(" fini")
        await hand.press("escape")
        await hand.until(lambda: not hand.screen.annotating.drafts.held())
    with file.notebook() as notebook:
        assert [draft.comment for draft in notebook.drafts()] == ["presque fini"]
    async with open_app(file.home) as hand:
        await writing(hand)
        assert hand.app.screen.body.comment == "presque fini"
        assert hand.app.screen._draft.quote == QUOTE
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.app.screen is hand.screen)
    with file.notebook() as notebook:
        (note,) = notebook.notes(article=article.id)
        assert (note.comment, note.anchor, notebook.drafts()) == ("presque fini", anchor_of(QUOTE), [])


@pytest.mark.parametrize(
    ("after", "state"),
    [(BEFORE, State.EXACT), (LONGER, State.EXACT), (CHANGED, State.CHANGED), (GONE, State.ORPHAN)],
)
async def test_every_draft_is_in_the_list_and_its_note_has_the_passage_it_was_begun_with(
    file, open_app, after, state
) -> None:
    article, anchor_of = file.write(BEFORE)
    with file.notebook() as notebook:
        notebook.save_draft(article.id, anchor_of(QUOTE), comment="presque")
    file.write(after)
    async with open_app(file.home) as hand:
        await hand.press("escape", "g", "n")
        await hand.until(lambda: "drafts: 1 (gd)" in hand.painted())
        await hand.press("g", "d")
        await hand.until(
            lambda: "presque" in hand.painted() and "a quitté la ville dimanche" in hand.painted()
        )
        await hand.press("enter")
        await hand.until(lambda: hasattr(hand.app.screen, "body"))
        await hand.type("!")
        await hand.press("ctrl+s")
        await hand.until(lambda: "drafts" not in hand.painted() and "Note saved" in hand.painted())
        workspace = hand.screen.workspace
        (note,) = workspace.placed_notes(workspace.notebook.notes())
        assert (note.comment, note.quote, note.state) == ("presque!", QUOTE, state)
        assert note.source.title == "Gao"
        assert workspace.notebook.drafts() == []


async def test_the_draft_of_a_note_goes_on_with_the_note_or_makes_a_deleted_one_anew(file, open_app) -> None:
    article, _anchor_of = file.write(BEFORE)
    with Workspace(places(file.home)) as space:
        note = space.note(article, space.quoted(article, QUOTE), "avant")
        space.notebook.save_draft(article.id, note.anchor, comment="après", note=note.id)
    for is_gone in (False, True):
        async with open_app(file.home) as hand:
            await hand.press("escape", "g", "d")
            await hand.until(lambda: "après" in hand.painted())
            await hand.press("enter")
            await hand.until(lambda: hasattr(hand.app.screen, "body"))
            assert hand.app.screen.body.comment == "après"
            await hand.press("escape" if not is_gone else "ctrl+s")
            await hand.until(lambda: hand.app.screen is hand.screen)
        with file.notebook() as notebook:
            if not is_gone:
                notebook.remove(note.id)
    with file.notebook() as notebook:
        (anew,) = notebook.notes()
        assert (anew.comment, anew.anchor, notebook.drafts()) == ("après", note.anchor, [])
        assert anew.id != note.id


async def test_what_is_typed_after_a_draft_is_chosen_is_for_its_editor(file, open_app, monkeypatch) -> None:
    article, anchor_of = file.write(BEFORE)
    with Workspace(places(file.home)) as space:
        note = space.note(article, space.quoted(article, QUOTE), "une note")
        space.notebook.save_draft(article.id, anchor_of("Une fin."), comment="presque ")
    read = Notebook.draft

    def slow(*given: object, **named: object) -> object:
        time.sleep(0.3)
        return read(*given, **named)

    async with open_app(file.home) as hand:
        await hand.press("escape", "g", "n")
        await hand.until(lambda: "une note" in hand.painted())
        await hand.press("g", "d")
        await hand.until(lambda: "presque" in hand.painted())
        monkeypatch.setattr(Notebook, "draft", slow)
        await hand.press("enter", "d", "e", "d", "d")
        await hand.until(lambda: hasattr(hand.app.screen, "body"))
        await hand.until(lambda: hand.app.screen.body.comment == "presque dedd")
        assert [one.id for one in hand.screen.workspace.notebook.notes()] == [note.id]
        await hand.press("escape")
        await hand.until(lambda: "The draft is kept" in hand.painted())
        await hand.press("d")
        await hand.until(lambda: not hand.screen.workspace.notebook.notes())


async def test_what_a_note_says_already_is_no_draft_and_an_emptied_one_is(file, open_app) -> None:
    article, _anchor_of = file.write(BEFORE)
    with Workspace(places(file.home)) as space:
        space.note(article, space.quoted(article, QUOTE), "n", ["t"])
    async with open_app(file.home) as hand:
        notebook = hand.screen.workspace.notebook
        await hand.press("escape", "g", "n")
        await hand.until(lambda: "#t" in hand.painted())
        await hand.press("e")
        await hand.until(lambda: hasattr(hand.app.screen, "body"))
        await hand.type("x")
        await hand.until(notebook.drafts)
        await hand.press("backspace", "escape")
        await hand.until(lambda: not notebook.drafts() and "drafts" not in hand.painted())
        await hand.press("e")
        await hand.until(lambda: hasattr(hand.app.screen, "body"))
        await hand.press("backspace", "tab", "backspace", "escape")
        await hand.until(lambda: "drafts: 1" in hand.painted())
        await hand.press("g", "d")
        await hand.until(lambda: "(emptied)" in hand.painted())
        await hand.press("enter")
        await hand.until(lambda: hasattr(hand.app.screen, "body"))
        await hand.press("ctrl+s")
        await hand.until(lambda: "drafts" not in hand.painted() and "Note saved" in hand.painted())
        (note,) = notebook.notes()
        assert (note.comment, note.tags) == ("", ())


async def test_a_draft_that_is_emptied_is_none(file, open_app) -> None:
    file.write(BEFORE)
    async with open_app(file.home) as hand:
        await writing(hand)
        await hand.type("x")
        await hand.until(hand.screen.workspace.notebook.drafts)
        await hand.press("backspace", "escape")
        await hand.until(lambda: not hand.screen.workspace.notebook.drafts())
        await hand.press("g", "d")
        await hand.until(lambda: "Nothing is begun" in hand.painted())
        await hand.press("enter", "escape")
        await hand.until(lambda: hand.app.screen is hand.screen)
