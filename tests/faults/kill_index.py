"""A program that commits and merges, killed: the index is in the old state or the new one.

python tests/faults/kill_index.py INDEX writer SEED
python tests/faults/kill_index.py INDEX once
"""

import os
import random
import sys
from pathlib import Path

from index.article import Article, canonical, revision_of
from index.engine import SearchIndex, merging

WORDS = ["mali", "sahel", "armée", "attaque", "camp", "bamako", "gao", "kidal", "accord", "force"]


def article(number: int, version: int) -> Article:
    """Return one of twenty articles in one of its versions: all words of its text say both."""
    chance = random.Random(number * 1000 + version)
    text = canonical(" ".join([*chance.choices(WORDS, k=30), f"n{number}v{version}"]))
    return Article(f"{number:012x}", revision_of(text), f"Titre {number}", text, lang="fr")


def write(index: SearchIndex, seed: int) -> None:
    """Commit random changes for ever, saying after each commit what holds: number and version, -1 for gone."""
    chance, version = random.Random(seed), seed * 10_000
    while True:
        version += 1
        numbers = chance.sample(range(20), chance.randint(1, 4))
        if chance.random() < 0.2:
            index.remove(f"{number:012x}" for number in numbers)
            said = -1
        else:
            index.add([article(number, version) for number in numbers])
            said = version
        os.write(1, "".join(f"{number} {said} " for number in numbers).encode() + b"\n")


def main() -> None:
    """Write for ever, or commit once after ten articles are there."""
    path, what = Path(sys.argv[1]), sys.argv[2]
    merging._FULL = 2
    if what == "writer":
        index = SearchIndex.open(path) if (path / "version.json").exists() else SearchIndex.create(path)
        os.write(1, b"\n")
        write(index, int(sys.argv[3]))
    SearchIndex.open(path).add([article(number, 2) for number in range(5)])


if __name__ == "__main__":
    main()
