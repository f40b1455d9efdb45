"""The pictures of the README, taken of the sample collection: `make pictures` writes docs/pictures/*.svg."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from reader import i18n
from reader.app import LiseuseApp
from reader.config import Config
from reader.paths import places
from reader.screens.background import Background
from reader.workspace import Workspace

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
QUERY = "retrait militaires"
NOTES = (
    (
        "04-minusma",
        "Plus de 300 Casques bleus y ont perdu la vie",
        "à recouper avec les chiffres de l’ONU",
        ("bilan",),
    ),
    (
        "04-minusma",
        "Le plafond a été porté en 2016 à 13 289 militaires et 1 920 policiers.",
        "",
        ("effectifs",),
    ),
    (
        "02-cedeao",
        "une force unifiée de 5 000 militaires",
        "annoncée, « prête sous peu » : suivre",
        ("effectifs",),
    ),
)
"""The beginning of a file's name, a quote, a comment, tags."""
SHOTS = (
    ("reading", "dark", (132, 36), ("2", "g", "g", "}", "}", "v", "s")),
    ("notebook", "dark", (100, 22), ("2", "g", "n", "o")),
    ("dossier", "light", (100, 30), ("2", "g", "g", "]", "e", "enter")),
    ("export", "light", (100, 34), ("2", "X")),
)
"""A name, a ground, a size, and the keys from the list of results."""


def sample_home(home: Path) -> None:
    """Fill a home as `make demo` does, with its names found and some notes."""
    liseuse = [sys.executable, "-m", "reader", "--home", str(home)]
    for command in (["add", str(ROOT / "reader" / "samples")], ["annotate"]):
        subprocess.run([*liseuse, *command], check=True, stdout=subprocess.DEVNULL)
    with Workspace(places(home)) as space:
        library = space.collection.library
        for name, quote, comment, tags in NOTES:
            article = next(a for a in library.articles(library.ids()) if name in a.path)
            space.note(article, space.quoted(article, quote), comment, tags)


async def calm(pilot: Pilot[None]) -> None:
    """Wait until nothing changes on the screen."""
    before, same = "", 0
    while same < 15:
        await pilot.pause(0.05)
        now = "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        before, same = now, same + 1 if now == before else 0


async def take(home: Path, ground: str, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """Return one picture, as SVG that asks no one for a font."""
    with Workspace(places(home)) as space:
        app = LiseuseApp(space, Config(theme=ground))
        async with app.run_test(size=size) as pilot:
            await calm(pilot)
            await pilot.press(*("space" if c == " " else c for c in QUERY))
            await calm(pilot)
            await pilot.press("enter", "enter")
            await calm(pilot)
            for key in keys:
                await pilot.press(key)
            await calm(pilot)
            picture = app.export_screenshot(title="Liseuse")
            app.do_quit()
    plain = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    return plain.replace("<svg ", '<svg xml:space="preserve" ', 1)  # the spaces between two styles


def main() -> None:
    """Take every picture."""
    Background.start = lambda _self: None  # type: ignore[method-assign]
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    i18n.choose("fr")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        sample_home(home)
        for name, ground, size, keys in SHOTS:
            picture = asyncio.run(take(home, ground, size, keys))
            (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
