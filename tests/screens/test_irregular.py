"""Settings and a gazetteer that cannot be used are left out and told, and the interface stays."""

import pytest
from irregular import KINDS, NESTED, in_bounds, lay

from reader.app import LiseuseApp
from reader.config import load
from reader.paths import places
from reader.screens.background import Background
from reader.workspace import Workspace

START = Background.start


async def names_are_known_without(home, open_app, monkeypatch) -> None:
    monkeypatch.setattr(Background, "_start", lambda *_arguments: None)
    with in_bounds():
        async with open_app(home) as hand:
            START(hand.screen.background)
            await hand.app.workers.wait_for_complete()
            await hand.read("org:JNIM")
            assert hand.screen.workspace.finder.clauses.canonical("JNIM")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pipe"])  # a thread would wait for ever
async def test_no_file(home, open_app, monkeypatch, kind: str) -> None:
    lay(places(home).gazetteer, kind)
    await names_are_known_without(home, open_app, monkeypatch)


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
async def test_toml_that_has_no_end(home, open_app, monkeypatch, text: str) -> None:
    places(home).gazetteer.write_text(text)
    await names_are_known_without(home, open_app, monkeypatch)


WRONG = {**NESTED, "many": "".join(f"a{n} = 1\n" for n in range(300)) + "[keys.article]\na = 'b'\n"}


@pytest.mark.parametrize(("name", "count"), [*((name, 1) for name in (*NESTED, *KINDS)), ("many", 9)])
async def test_the_settings(home, open_app, name: str, count: int) -> None:
    path = places(home).config
    if name in WRONG:
        path.write_text(WRONG[name])
    else:
        lay(path, name)
    with in_bounds(), Workspace(places(home)) as space:
        app = LiseuseApp(space, load(path))
        async with app.run_test() as pilot:
            await pilot.pause()
            assert len(app._notifications) == count
            assert all(len(one.message) < 200 for one in app._notifications)
            app.do_quit()
