"""Going about: from notes and hits to their places, from article to article, while texts and lists change."""

import json
from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from index.article import EntityType, Mention
from notes import Notebook
from reader.paths import places
from reader.screens.notebook import NotebookPage
from reader.workspace import Workspace

FIRST = "Le maire de Gao a reçu lundi les chefs des quartiers."
SECOND = "Le ministre a promis dix millions de francs aux sinistrés du fleuve."
LAST = "Les secours attendent à Ansongo depuis mardi matin."


def caret(hand) -> int:
    return hand.screen.article_pane.document.selection.caret


def text_at_caret(hand) -> str:
    return hand.screen.article_pane.document.text[caret(hand) :]


def write(home: Path, *paragraphs: str) -> str:
    """Give the article on Gao a text, and return its id."""
    source = home.parent / "gao.jsonl"
    text = "\n\n".join(paragraphs)
    source.write_text(json.dumps({"title": "Gao", "text": text, "lang": "fr", "url": "https://x.fr/gao"}))
    with Workspace(places(home)) as space:
        list(space.add([source]))
        library = space.collection.library
        return next(a.id for a in library.articles(library.ids()) if a.title == "Gao")


async def shown(hand) -> None:
    """Wait until what was asked for is shown."""
    await hand.until(lambda: hand.app.screen is hand.screen and not hand.app.waits)


@pytest.mark.parametrize("is_open", [False, True])
async def test_a_note_whose_words_have_changed_is_gone_to_where_it_stands_now(
    home, open_app, is_open
) -> None:
    id = write(home, FIRST, SECOND, LAST)
    with Workspace(places(home)) as space:
        article = space.collection.article(id)
        space.note(article, space.quoted(article, SECOND))
    longer = FIRST.replace("lundi", "lundi et mardi, sans la presse,")
    write(home, longer, SECOND.replace("dix millions", "vingt-deux millions"), LAST)
    async with open_app(home) as hand:
        await hand.read("Ansongo" if is_open else "agent")
        await hand.press("g", "n")
        await hand.until(lambda: isinstance(hand.app.screen, NotebookPage) and "changed" in hand.painted())
        await hand.press("enter")
        await shown(hand)
        await hand.until(lambda: hand.screen.reading.article.id == id)
        assert text_at_caret(hand).startswith("Le ministre a promis vingt-deux")


async def test_the_caret_stays_on_its_words_when_their_article_has_changed(home, open_app) -> None:
    write(home, FIRST, SECOND, LAST)
    async with open_app(home) as hand:
        await hand.read("Ansongo")
        await hand.press("g", "g", "}", "}", "w")
        before = text_at_caret(hand)
        assert before.startswith("secours attendent")
        write(home, "Un paragraphe de plus, tout en haut.", FIRST, SECOND, LAST)
        for _ in range(2):
            await hand.press("t", "x", "enter")
            await shown(hand)
            assert text_at_caret(hand) == before
    with Notebook.open(places(home).notes) as notebook:
        assert {note.quote for note in notebook.notes()} == {LAST}


async def test_a_selection_is_not_drawn_out_to_what_is_chosen_beside(annotated, open_app) -> None:
    async with open_app(annotated) as hand:
        await hand.read("aeroport")
        await hand.press("v", "w", "3", "enter")
        await hand.until(lambda: not hand.app.waits)
        assert hand.screen.article_pane.document.selected is None


# From hit to hit


async def test_a_note_on_an_unread_hit_skips_none(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.press("s")
        hand.screen.query_bar.replace_with("is:unread")
        await hand.until(lambda: "is:unread" in str(hand.screen.understood.render()))
        unread = [hit.id for hit in hand.screen.results.hits]
        await hand.press("enter", "enter")
        read = []
        for _ in unread:
            await shown(hand)
            read.append(hand.screen.reading.article.id)
            await hand.press("t", "x", "enter")
            await shown(hand)
            await hand.until(hand.screen.searching.is_done)
            await hand.press("2", "J")
        assert read == unread


async def test_hits_that_leave_by_a_note_leave_the_others_in_their_order(home, open_app) -> None:
    async with open_app(home) as hand:
        hand.screen.query_bar.replace_with("-has:note")
        await hand.until(lambda: "-has:note" in hand.screen.searching._shown_list[0])
        first, second, third = (hit.id for hit in hand.screen.results.hits)
        await hand.press("enter", "G", "enter")
        await hand.until(lambda: hand.screen.reading.article)
        for keys, expected in (
            (("J",), third), (("t", "x", "enter", "J"), third), (("K",), second),
            (("t", "x", "enter", "J"), second), (("K",), first), (("J",), first),
        ):  # fmt: skip
            await hand.press(*keys)
            await shown(hand)
            await hand.until(hand.screen.searching.is_done)
            assert hand.screen.reading.article.id == expected


@pytest.fixture
def many(home) -> Path:
    """A home with seventy articles more, T0 to T69, of a year each."""
    source = home.parent / "many.jsonl"
    articles = [{"title": f"T{n}", "text": f"Mali {n}.", "date": f"20{n + 10}-01-01"} for n in range(70)]
    source.write_text("\n".join(map(json.dumps, articles)))
    with Workspace(places(home)) as space:
        list(space.add([source]))
    return home


async def newest(hand) -> None:
    """List what has no note, the newest first."""
    hand.screen.query_bar.replace_with("-has:note date:>=2010")
    await hand.until(lambda: hand.screen.results.total > 60 and hand.screen.searching.is_done())
    await hand.press("enter", "o")
    await hand.until(lambda: hand.screen.searching.is_done() and hand.screen.results.hits[0].title == "T69")


async def test_another_order_is_read_from_its_beginning(many, open_app) -> None:
    async with open_app(many) as hand:
        await newest(hand)
        for key, first in (("o", None), ("j", None), ("o", None), ("o", "T69")):
            await hand.press(key)
            await hand.until(hand.screen.searching.is_done)
            results = hand.screen.results
            assert results.current == (key == "j")
            assert first is None or results.hits[0].title == first


async def test_hits_beyond_those_fetched_are_gone_on_to_where_no_list_is_seen(many, open_app) -> None:
    async with open_app(many, (60, 24)) as hand:
        await newest(hand)
        await hand.press("enter")
        await hand.until(lambda: hand.screen.reading.article)
        for number in range(1, 35):
            await hand.press("J")
            await shown(hand)
            await hand.until(hand.screen.searching.is_done)
            assert hand.screen.reading.article.title == f"T{69 - number}"


async def test_a_hit_that_leaves_has_its_place_before_the_next_that_is_left(many, open_app) -> None:
    async with open_app(many) as hand:
        await newest(hand)
        results = hand.screen.results
        a, b, c, d, e, f, *_ = results.hits
        for before, current, after, place in (
            ([a, b, c], 2, [a, b, d], 2),  # the last that was fetched
            ([a, b, c, d], 1, [a, c, d, e], 1),
            ([b, c, d], 1, [a, b, d, e], 2),  # another has come first
            ([a], 0, [b, c], 0),
            ([c, d, e], 0, [b, d, e, f], 1),
        ):
            results.show(before, 70)
            results.move_to(current)
            results.show(after, 69, same=True)
            assert results.current == place
            assert results.beside(before[current].id, 1) == place
            assert results.beside(before[current].id, -1) == place - 1


async def test_the_next_hit_is_the_one_after_what_is_shown(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        hits = [hit.id for hit in hand.screen.results.hits]
        await hand.press("escape", "1", "enter")
        await shown(hand)
        for keys, index in ((("J",), 1), (("H",), 0), (("J",), 1), (("1", "G", "2", "K"), 0)):
            await hand.press(*keys)
            await shown(hand)
            assert hand.screen.reading.article.id == hits[index]
        await hand.press("s")
        hand.screen.query_bar.replace_with("niger")
        await hand.until(lambda: [hit.id for hit in hand.screen.results.hits] != hits)
        await hand.press("enter", "2", "J")
        await shown(hand)
        assert hand.screen.reading.article.title == "Sécheresse au Niger"


# What is seen


async def test_what_is_chosen_beside_is_shown_where_there_is_room_for_one_pane(annotated, open_app) -> None:
    async with open_app(annotated, (70, 24)) as hand:
        await hand.read("aeroport")
        await hand.press("3")
        await hand.until(lambda: not hand.screen.article_pane.display)
        await hand.press("enter")
        await hand.until(lambda: hand.screen.article_pane.display and hand.screen.article_pane.has_focus)


@pytest.mark.parametrize("sizes", [[(120, 40), (80, 24), (60, 12), (40, 10)], [(70, 24), (120, 40)]])
@pytest.mark.parametrize("part", [0.5, 1])
async def test_the_caret_stays_in_sight_in_another_terminal(home, open_app, sizes, part) -> None:
    write(home, *(f"{SECOND} {LAST} {number}" for number in range(60)))
    async with open_app(home, sizes[0]) as hand:
        await hand.read("fleuve")
        pane = hand.screen.article_pane
        hand.screen.reading.go(int(part * (len(pane.document.text) - 1)))
        for size in sizes[1:]:
            await hand.pilot.resize_terminal(*size)
            await hand.pilot.pause()
            top, row = pane.scroll_y, pane.lines.line_at(caret(hand)) + len(pane._header)
            assert top <= row < top + pane.size.height


async def test_what_is_tagged_out_of_sight_is_shown(home, open_app) -> None:
    write(home, *(f"{SECOND} {number}" for number in range(30)))
    async with open_app(home, (80, 24)) as hand:
        await hand.read("fleuve")
        pane = hand.screen.article_pane
        await hand.press("g", "g", "t", "x", "enter")
        await shown(hand)
        where = (1, 1, 0, 0, 0, *[False] * 3)
        for _ in range(10):
            pane.post_message(MouseScrollDown(pane, *where))
        await hand.until(lambda: pane.scroll_y > 5)
        await hand.press(".")
        assert pane.scroll_y == 0


async def test_a_passage_is_copied_where_notes_may_not_be_written(home, open_app, monkeypatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("reader.screens.sharing.copy", lambda text, _app: copied.append(text) or "Copied")
    with Notebook.open(places(home).notes) as first:
        assert first.hold()
        async with open_app(home) as hand:
            await hand.read("agent")
            await hand.press("y")
            await hand.until(lambda: copied)


# What is left and given again


@pytest.mark.parametrize("page", ["gn", "ge"])
async def test_a_filter_that_is_asked_for_again_and_left_stays(annotated, open_app, page: str) -> None:
    async with open_app(annotated) as hand:
        await hand.press("escape", *page, "/", *"bam", "enter")
        await hand.until(lambda: "/bam" in hand.painted())
        await hand.press("/", "x", "escape")
        await hand.until(lambda: not hand.app.screen.query("Field"))
        await hand.pilot.pause()
        assert "/bam" in hand.painted()
        await hand.press("/", "ctrl+u", "enter")
        await hand.until(lambda: not hand.app.screen.query("Field") and "/bam" not in hand.painted())


async def test_a_tag_that_was_renamed_is_given_again_under_its_new_name(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        await hand.press("t", *"a,vieux", "enter")
        await hand.until(lambda: "#a #vieux" in hand.painted() and not hand.app.waits)
        await hand.press("g", "t", "j", "r", "ctrl+u", *"neuf", "enter")
        await hand.until(lambda: "#neuf" in hand.painted() and not hand.app.waits)
        await hand.press("q", ")", ".")
        await shown(hand)
    with Notebook.open(places(home).notes) as notebook:
        assert [note.tags for note in notebook.notes()] == [("a", "neuf"), ("a", "neuf")]


async def test_of_two_entities_of_one_name_the_one_chosen_is_gone_to(home, attack, open_app) -> None:
    with Workspace(places(home)) as space:
        library = space.collection.library
        article = next(a for a in library.articles(library.ids()) if a.text == attack)
        starts = [attack.index("Bamako"), attack.rindex("Bamako")]
        kinds = (EntityType.PLACE, EntityType.ORG)
        found = [Mention(start, start + 6, kind, "Bamako") for start, kind in zip(starts, kinds, strict=True)]
        library.mentions.put(article.revision, attack, "test", found)
    async with open_app(home) as hand:
        await hand.read("aeroport")
        reached = set()
        chosen = next(line for line in hand.screen.side.lines if line.kind is EntityType.PLACE)
        for _ in range(3):
            hand.screen.reading.follow(chosen)
            reached.add(caret(hand))
        assert reached == {starts[0]}


async def test_the_tag_given_last_is_given_again_though_its_note_was_undone(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("aeroport")
        for tag in ("un", "deux"):
            await hand.press("t", *tag, "enter")
            await hand.until(lambda tag=tag: f"Note saved #{tag}" in hand.painted() and not hand.app.waits)
            await hand.press(")")
        await hand.press("u")
        await hand.until(lambda: "Undone" in hand.painted() and not hand.app.waits)
        await hand.press(".")
        await hand.until(lambda: "Note saved #deux" in hand.painted())


@pytest.mark.parametrize("key", ["enter", "x"])
async def test_a_name_of_signs_alone_narrows_nothing_and_says_so(home, open_app, key: str) -> None:
    with Workspace(places(home)) as space:
        library = space.collection.library
        article = next(a for a in library.articles(library.ids()) if a.title.startswith("Sécheresse"))
        library.mentions.put(
            article.revision, article.text, "test", [Mention(0, 2, EntityType.PERSON, "***")]
        )
        list(space.collection.settle())
    async with open_app(home) as hand:
        await hand.read("niger")
        await hand.press("1", "f")
        await hand.until(lambda: "***" in hand.painted() and hand.app.screen is not hand.screen)
        await hand.press(key)
        await shown(hand)
        assert "no word" in hand.painted()
        assert hand.screen.query_bar.value == "niger"
