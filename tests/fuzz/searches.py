"""`make fuzz-search`: random and mutated queries put to a collection; none may raise, hang or take a second.

The collection is `HOME_DIR=` if given, else 3,000 articles recombined from the samples.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from index.query import QueryError, live, parse, understood
from reader.paths import places
from reader.workspace import Workspace

SEEDS = """gendarmerie aéroport|"camp de gendarmerie"|« camp de gendarmerie »|"attaque Bamako"~5|djihad*|Go?ta|Goita~1|Macron~2
Mali AND Niger|Mali OR Niger|Mali OU (Niger ET Tchad)|Mali -Niger|NOT Mali|SAUF (Mali OU France)|président de la république
title:bilan|titre:(a b)|source:AFP lang:fr|person:Goïta|org:"JNIM"|entity:* place:*|tag:group/jnim note:drone has:note
is:unread is:read is:changed is:duplicate|date:2016|date:2016-01..|date:..hier|date:"semaine dernière"|date:>=2015-02-03
date:[20150101 TO 20160101]|attaque NEAR/5 police|le la les de|l’attaque d’Alger|12 000|3,5|U.S. O.N.U.|* -*|a* b*|pr* co* re* in*
co*n|p?r*s de~2|"de la" "le"~99|-(-(-a))|title:(-(a OU b*))|ministre~2 président~2 gouvernement~2""".replace(
    "\n", "|"
).split("|")
BITS = [
    *'"«»“”()-~*?:/+![]., \u00a0\u202f’ʼ\u0301\0\U0001f600',
    " OR ",
    " ET ",
    "date:",
    "title:",
    "~2",
    "NEAR/9 ",
    "..",
    "'",
]

_TYPING, _OFFERS = 0.5, 0.02
"""Shares of the queries that are being typed, and that ask what would find something where nothing does."""


def mutated(chance: random.Random, words: list[str]) -> str:
    """Return a query made of known ones, of words of the collection, and of noise."""
    parts = [chance.choice(SEEDS) for _ in range(chance.choice((1, 1, 1, 2, 3, 8)))]
    parts += chance.sample(words, chance.choice((0, 0, 1, 2, 5, 20)))
    text = list(chance.choice((" ", " ", " OR ", "")).join(parts))
    for _ in range(chance.choice((0, 1, 2, 5, 20))):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text[at:at] = chance.choice(BITS)
            case 1:
                del text[at : at + chance.randrange(1, 4)]
            case 2:
                text[at:at] = text[at - chance.randrange(1, 9) : at]
            case _:
                text[at:at] = chr(chance.choice((chance.randrange(0x80), chance.randrange(0x3000), 0x1F600)))
    return "".join(text)[: chance.choice((80, 300, 1001))]


def put(space: Workspace, query: str, *, typing: bool, offers: bool) -> None:
    """Put one query; what is understood means the same, and is answered or refused."""
    try:
        tree = (live if typing else parse)(query)
        printed = understood(tree)
        assert typing or len(printed) > 1000 or parse(printed) == tree, (
            "the printed form means something else"
        )
        space.finder.search(query, typing=typing, limit=10, offers=offers)
    except QueryError as refused:
        assert 0 <= refused.column <= len(query), "the column is outside of the query"


def recombined(space: Workspace, folder: Path) -> None:
    """Add 3,000 articles made of the samples' sentences, with a fixed seed."""
    chance = random.Random(1)
    samples = Path(__file__).resolve().parents[2] / "reader" / "samples"
    sentences = [
        s for f in samples.iterdir() if f.suffix in {".txt", ".md"} for s in f.read_text().split(". ")
    ]
    for number in range(3000):
        (folder / f"{number}.txt").write_text(f"{number}\n\n" + ". ".join(chance.choices(sentences, k=12)))
    list(space.add([folder]))


def words_of(space: Workspace) -> list[str]:
    """Return some words of the collection."""
    ids = space.collection.library.ids()
    chosen = random.Random(1).sample(ids, min(len(ids), 300))
    return sorted({word for a in space.collection.library.articles(chosen) for word in a.text.split()})


def main() -> None:
    """Put the queries; end with 1 if one raised or took longer than a second of the processor."""
    options = argparse.ArgumentParser()
    options.add_argument("home", nargs="?")
    options.add_argument("--queries", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or folder + "/home"
        with Workspace(places(home)) as space:
            if not chosen.home:
                Path(folder, "texts").mkdir()
                recombined(space, Path(folder, "texts"))
            sys.exit(run(space, chosen.queries, chosen.seed))


def run(space: Workspace, count: int, seed: int) -> int:
    """Put so many queries and print what is slow or wrong; return how many were."""
    chance, words = random.Random(seed), words_of(space)
    bad, times = 0, []
    for number in range(count):
        query, typing, offers = mutated(chance, words), chance.random() < _TYPING, chance.random() < _OFFERS
        started = time.process_time()
        try:
            put(space, query, typing=typing, offers=offers)
        except Exception as error:  # noqa: BLE001 - what must not happen
            bad += 1
            print(f"{number}: {type(error).__name__}: {error}: {query!r}", flush=True)
        times.append(time.process_time() - started)
        if times[-1] > 1:
            bad += 1
            print(f"{number}: {times[-1]:.2f} s: {query!r}", flush=True)
    times.sort()
    print(
        f"{count} queries, {bad} bad; seconds of CPU: median {times[count // 2]:.4f}, 99th "
        f"percentile {times[int(count * 0.99)]:.4f}, longest {times[-1]:.4f}"
    )
    return min(bad, 1)


if __name__ == "__main__":
    main()
