"""The article pane: what is painted after a move is what painting everything anew would give."""

import random

import pytest

MOVES = ("w", "b", "j", "k", "(", ")", "{", "}", "0", "$", "v", "+", "-", "o", "escape", "space", "G", "e")


def overview(hand) -> list[str]:
    """The last cell of each row of the article pane, above its text."""
    pane = hand.screen.article_pane
    return [pane.render_line(y).crop(pane.size.width - 1).text for y in range(pane.size.height)]


async def test_painting_what_moved_is_painting_everything(home, open_app) -> None:
    chosen = random.Random(5)
    async with open_app(home, (70, 14)) as hand:
        await hand.read("agent")
        pane = hand.screen.article_pane
        for key in chosen.choices(MOVES, k=120):
            await hand.press(key)
            await hand.pilot.pause()
            seen = hand.look()
            pane.repaint()
            await hand.pilot.pause()
            assert hand.look() == seen, key


async def test_the_overview_marks_hits_notes_and_the_entity_looked_at(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        assert overview(hand).count("━") == 1
        assert "●" not in overview(hand)
        assert overview(hand).count("▐") == 0
        await hand.press("g", "g", "t", "x", "enter")
        await hand.until(lambda: overview(hand).count("▐") == 1)
        await hand.press("]", "e", "]", "e")
        assert hand.screen.article_pane.document.selection.caret == attack.index("Oumar Diarra")
        await hand.until(lambda: "●" in overview(hand))
        await hand.press("e")
        await hand.until(lambda: "●" not in overview(hand))


async def test_the_overview_is_at_its_mark_s_share_of_the_text(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        pane = hand.screen.article_pane
        share = pane.lines.line_at(attack.index("agent")) / len(pane.lines)
        row = overview(hand).index("━")
        assert abs(row / pane.size.height - share) <= 1 / len(pane.lines)


async def test_the_text_does_not_slip_away_when_the_terminal_is_made_wider_and_narrower(
    home, open_app
) -> None:
    async with open_app(home, (40, 8)) as hand:
        await hand.read("agent")
        pane = hand.screen.article_pane
        for row in range(1, len(pane.lines) - 5):
            pane.scroll_to(0, len(pane._header) + row, animate=False, immediate=True)
            for width in (41, 40, 37, 40, 45, 40, 43, 40):
                await hand.pilot.resize_terminal(width, 8)
                await hand.pilot.pause()
            assert pane.scroll_y == len(pane._header) + row, row


def caret(hand) -> int:
    return hand.screen.article_pane.document.selection.caret


async def test_back_and_forward_among_places_and_articles(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        first, hit = hand.screen.reading.article.id, caret(hand)
        await hand.press("g", "g", "H")
        assert caret(hand) == hit
        await hand.press("L")
        assert caret(hand) == 0
        await hand.press("]", "e", "w")
        left = caret(hand)
        await hand.read("Niamey")
        await hand.until(lambda: hand.screen.reading.article.id != first)
        await hand.press("H")
        await hand.until(lambda: hand.screen.reading.article.id == first and caret(hand) == left)
        await hand.press("L")
        await hand.until(lambda: hand.screen.reading.article.id != first)


async def test_an_article_opens_where_it_was_left(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("g", "g", ")", ")")
        left = caret(hand)
    async with open_app(home) as hand:
        await hand.read("title:attaque")
        hand.screen.reading.open(hand.screen.results.hits[0].id)
        await hand.until(lambda: hand.screen.article_pane.document)
        hits = hand.screen.article_pane.document.layers["hits"].marks
        assert caret(hand) == (hits[0].start if hits else left)
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        await hand.press("tab", "enter")
        await hand.until(lambda: hand.screen.article_pane.document)
        assert hand.screen.reading.article.text == attack
        assert caret(hand) == left


async def test_next_section_and_the_title_is_none(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.press("g", "g", "]", "s")
        assert caret(hand) == attack.index("Un bilan lourd")
        await hand.press("G", "<", "s")
        assert caret(hand) == attack.index("Un bilan lourd")


async def test_next_unread_opens_each_hit_once_and_says_when_there_is_none(home, open_app) -> None:
    async with open_app(home) as hand:
        await hand.until(lambda: len(hand.screen.results.hits) == 3)
        seen = set()
        await hand.press("tab")
        for count in (1, 2, 3):
            await hand.press("g", "u")
            await hand.until(lambda: hand.screen.article_pane.document)
            await hand.until(lambda n=count: sum(hit.read for hit in hand.screen.results.hits) == n)
            seen.add(hand.screen.reading.article.id)
        assert len(seen) == 3
        await hand.press("g", "u")
        await hand.until(lambda: "Every hit shown has been read" in hand.painted())


async def test_the_legend_hides_one_kind_after_another_and_remembers(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("agent")
        pane = hand.screen.article_pane

        def looks() -> set[str]:
            shown = pane.document.shows
            return {
                m.look
                for name, layer in pane.document.layers.items()
                for m in layer.marks
                if shown(name, m.look)
            }

        assert {"hit", "person", "org", "place"} <= looks()
        await hand.press("E", "enter")
        assert "hit" not in looks()
        assert "Hits (hidden)" in hand.painted()
        await hand.press("G", "k", "enter")
        assert looks() == {"heading", "person", "org"}
        await hand.press("2", "g", "g")
        assert hand.screen.status.here == ""
        await hand.press("]", "e", "]", "e")
        assert caret(hand) == attack.index("Oumar Diarra")
        await hand.read("Niamey")
        await hand.until(lambda: pane.document.text != attack)
        assert {"hits", "place"} <= pane.document.hidden


async def test_what_is_under_the_caret_is_named(home, attack, open_app) -> None:
    async with open_app(home) as hand:
        await hand.read("bamako")
        assert "hit 1 of 2" in hand.screen.status.here
        assert "▲ Bamako" in hand.screen.status.here
        await hand.press("t", "x", "enter")
        await hand.until(lambda: "#x" in hand.screen.status.here)


async def test_a_long_text_is_shown_before_its_hits_are_known(home, open_app, monkeypatch, attack) -> None:
    monkeypatch.setattr("reader.screens.reading._AT_ONCE", 10)
    async with open_app(home) as hand:
        await hand.read("agent")
        await hand.until(lambda: caret(hand) == attack.index("agent"))
        await hand.press("g", "g")
        hand.screen.reading.reload()
        await hand.pilot.pause(0.3)
        assert caret(hand) == 0


@pytest.mark.parametrize("no_color", [False, True])
async def test_the_caret_is_seen_wherever_it_stands(home, attack, open_app, no_color) -> None:
    async with open_app(home, no_color=no_color) as hand:
        await hand.read("agent")
        pane = hand.screen.article_pane
        for keys in ([], ["v", "s"], ["escape", "g", "g"], ["t", "x", "enter"], ["v", "w", "o"]):
            await hand.press(*keys)
            await hand.pilot.pause()
            row = len(pane._header) + pane.lines.line_at(caret(hand)) - round(pane.scroll_y)
            cells = [(c, s.style) for s in pane.render_line(row) for c in s.text]
            left = max((pane.size.width - pane.lines.columns) // 2, 2)
            at = left + pane.lines.column_of(caret(hand))
            assert cells[at][0] == attack[caret(hand)]
            beside = [(style.reverse, style.underline) for _c, style in cells[at + 1 : at + 2]]
            assert [(cells[at][1].reverse, cells[at][1].underline)] != beside


async def test_a_terminal_of_sixteen_colours_gets_its_own_theme(home, open_app, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    async with open_app(home) as hand:
        assert hand.app.theme == "liseuse-dark-16"
