import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual._context import visible_screen_stack
from textual.events import Key
from textual.pilot import Pilot
from textual.strip import Strip

from index.article import EntityType, Mention
from reader import i18n
from reader.app import LiseuseApp
from reader.config import Config, KeysEntry
from reader.paths import places
from reader.screens.background import Background
from reader.screens.main import MainScreen
from reader.workspace import Workspace

ATTACK = (
    "Bamako, 19 septembre 2024 – La capitale a été attaquée. Le JNIM a revendiqué l’attaque de l’aéroport.\n\n"
    "Un bilan lourd\n\n"
    "Le général Oumar Diarra a parlé à Bamako. « Six avions détruits », dit un agent."
)
ARTICLES = [
    {"title": "L’attaque de Bamako", "date": "2024-09-19", "source": "Presse", "lang": "fr", "text": ATTACK},
    {
        "title": "Sécheresse au Niger",
        "date": "2023-05-02",
        "lang": "fr",
        "text": "Le Niger manque d’eau à Niamey.",
    },
    {
        "title": "[/red] [@click=app.quit]hostile[/]",
        "lang": "fr",
        "text": "Titre \x1b]52;c;UFdO\x07 hostile à Gao.",
    },
]


@pytest.fixture
def attack() -> str:
    """The text of the first article."""
    return ATTACK


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with three articles, one of them annotated, one hostile."""
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, ARTICLES)))
    with Workspace(places(tmp_path / "home")) as space:
        list(space.add([source]))
        library = space.collection.library
        article = next(a for a in library.articles(library.ids()) if a.text == ATTACK)
        names = [("Bamako", EntityType.PLACE), ("JNIM", EntityType.ORG), ("Oumar Diarra", EntityType.PERSON)]
        found = [Mention(ATTACK.index(n), ATTACK.index(n) + len(n), kind, n) for n, kind in names]
        library.mentions.put(article.revision, article.text, "test", found)
        list(space.collection.settle())
    return tmp_path / "home"


@pytest.fixture
def annotated(home: Path) -> Path:
    """A home with three notes on two articles."""
    with Workspace(places(home)) as space:
        library = space.collection.library
        for article in library.articles(library.ids()):
            if "revendiqué" in article.text:
                space.note(
                    article, space.quoted(article, "Le JNIM a revendiqué"), "à vérifier", ["group/jnim"]
                )
                space.note(article, space.quoted(article, "Six avions détruits"), "", ["bilan"])
            if "Niger" in article.text:
                space.note(article, None, "[red]eau[/red]", ["bilan"])
    return home


class Hand:
    """A user's hand: presses keys and looks until something is seen."""

    def __init__(self, app: LiseuseApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> MainScreen:
        assert self.app.main
        return self.app.main

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    def at_once(self, typed: str) -> None:
        """Type all of it in one piece, as a slow line has it; Enter is `\r`."""
        named = {
            "\x7f": "backspace",
            "\x13": "ctrl+s",
            "\x15": "ctrl+u",
            "\r": "enter",
            "\t": "tab",
            "\x1b": "escape",
            "←": "left",
        }
        for char in typed:
            self.app.post_message(Key(named.get(char, char), None if char in named else char))

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if c == " " else c for c in text))

    async def until(self, seen: Callable[[], object]) -> None:
        for _ in range(2000):
            await self.pilot.pause()
            if seen():
                return
            await asyncio.sleep(0.01)
        assert seen(), self.painted()

    async def read(self, query: str) -> None:
        """Search, and open the first hit."""
        await self.press("s") if not self.screen.query_bar.has_focus else None
        self.screen.query_bar.value = query
        await self.until(lambda: self.screen.results.hits and query in str(self.screen.understood.render()))
        await self.press("enter", "enter")
        await self.until(lambda: self.screen.article_pane.document and self.screen.article_pane.has_focus)

    def painted(self) -> str:
        """Everything that is on the screen, as text."""
        return "\n".join(strip.text for strip in self._strips())

    def look(self) -> list[list[tuple[str, str]]]:
        """Everything that is on the screen, each cell's text with its style."""
        return [[(c, str(s.style)) for s in strip for c in s.text] for strip in self._strips()]

    def _strips(self) -> list[Strip]:
        """Paint as a frame is painted: what is under a dialogue too, which is kept as it was painted first."""
        token = visible_screen_stack.set(self.app._background_screens)
        try:
            return self.app.screen._compositor.render_strips()
        finally:
            visible_screen_stack.reset(token)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch):
    """Open the interface on a home, without its child processes, in English and in true colour."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr(Background, "start", lambda self: None)
    monkeypatch.setattr(Background, "_settle", lambda self, *paths: None)
    monkeypatch.setattr(i18n, "_current", "en")

    @asynccontextmanager
    async def opened(
        home: Path,
        size: tuple[int, int] = (120, 40),
        theme: str = "dark",
        *,
        no_color: bool = False,
        toasts: bool = False,
        opens: bool = True,
        keys: tuple[KeysEntry, ...] = (),
    ) -> AsyncIterator[Hand]:
        with Workspace(places(home)) as space:
            app = LiseuseApp(space, Config(theme=theme, keys=keys), no_color=no_color)
            async with app.run_test(size=size, notifications=toasts) as pilot:
                hand = Hand(app, pilot)
                await hand.until(lambda: space.is_open or not opens)
                yield hand
                app.do_quit()

    return opened
