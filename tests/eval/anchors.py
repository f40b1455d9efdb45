"""How surely passages are found again: `make eval-anchors`, the table in docs/anchors.md.

Passages of 1 to 110 words are marked in articles of the French press, the articles
are edited, and what is found is compared with where each character came from. A
passage survives if half of its characters still stand together, in a stretch of twice
its length; what is found is right if half of it came from the passage, else false.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edits import EDITS, Edited, digits, replaced, untouched

from notes import Anchor, Located, State, Target
from notes.anchoring.folded import fold

ARTICLES = Path(__file__).parents[3] / "shared/corpora/articles-fr-general.jsonl"
SIZES = ((1, 3), (6, 14), (6, 14), (15, 35), (15, 35), (60, 110))
WORDS = re.compile(r"\S+")


@dataclass(slots=True)
class Row:
    """What was found under one edit."""

    surviving: int = 0
    right: int = 0
    false: int = 0
    gone: int = 0
    refused: int = 0
    silent: int = 0
    """Changed, and not said to be."""
    figures: int = 0
    """With a figure, of the edit that changes them all."""
    figures_told: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, other: Row) -> None:
        """Add what another counted."""
        for name in ("surviving", "right", "false", "gone", "refused", "silent", "figures", "figures_told"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.seconds += other.seconds


def documents(words: int, count: int, chance: random.Random) -> list[str]:
    """Return texts of about so many words, each of whole articles that no other has."""
    texts = [json.loads(line)["text"] for line in ARTICLES.open(encoding="utf-8")]
    chance.shuffle(texts)
    made, gathered = [], ""
    while len(made) < count:
        gathered += texts.pop() + "\n\n"
        if len(gathered.split()) >= words:
            made.append(gathered.strip())
            gathered = ""
    return made


def passages(text: str, chance: random.Random, count: int) -> Iterator[tuple[int, int, int]]:
    """Yield the start, the end and the number of words of some passages."""
    spans = [found.span() for found in WORDS.finditer(text)]
    for number in range(count):
        size = min(chance.randint(*SIZES[number % len(SIZES)]), len(spans))
        first = chance.randrange(len(spans) - size + 1)
        yield spans[first][0], spans[first + size - 1][1], size


def judge(row: Row, anchor: Anchor, edited: Edited, found: Located) -> None:
    """Count one case."""
    inside = range(anchor.start, anchor.end)
    survives = _together(inside, edited.origins) * 2 >= len(inside)
    row.surviving += survives
    row.gone += not survives
    if found.start is None or found.end is None:
        row.refused += not survives
        return
    came = sum(at in inside for at in edited.origins[found.start : found.end])
    is_right = came * 2 >= found.end - found.start
    row.right += is_right and survives
    row.false += not is_right
    row.silent += found.state.holds and fold(edited.text[found.start : found.end]) != fold(anchor.quote)


def _together(inside: range, origins: Sequence[int]) -> int:
    """Return how many characters of a passage stand within twice its length."""
    places = [(at, origin) for at, origin in enumerate(origins) if origin in inside]
    best = 0
    window: deque[tuple[int, int]] = deque()
    counts: Counter[int] = Counter()
    for at, origin in places:
        window.append((at, origin))
        counts[origin] += 1
        while window[0][0] < at - 2 * len(inside):
            gone = window.popleft()[1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
        best = max(best, len(counts))
    return best


def measure(texts: list[str], chance: random.Random, count: int, least: int = 1) -> dict[str, Row]:
    """Return what is found of `count` passages in each text, under each edit."""
    table = {name: Row() for name in EDITS}
    for number, text in enumerate(texts):
        marked = [(Anchor.of(text, a, b, "r1"), size) for a, b, size in passages(text, chance, count)]
        for name, edit in EDITS.items():
            edited = edit(untouched(text), chance, texts[number - 1])
            for anchor, size in marked:
                if size >= least:
                    _case(table[name], anchor, edited, are_figures_changed=edit is digits)
    return table


def _case(row: Row, anchor: Anchor, edited: Edited, *, are_figures_changed: bool) -> None:
    began = time.perf_counter()
    found = Target(edited.text, "r2").locate(anchor)
    row.seconds.append(time.perf_counter() - began)
    judge(row, anchor, edited, found)
    if are_figures_changed and re.search("[0-9]", anchor.quote):
        row.figures += 1
        row.figures_told += found.state is State.CHANGED


def trap(texts: list[str], chance: random.Random, share: float) -> dict[State, int]:
    """Return what is said of a passage that was deleted, while a copy changed by so much stands elsewhere."""
    told = dict.fromkeys(State, 0)
    for text in texts:
        sentences = [s for s in re.findall(r"[A-ZÉÀ][^.!?\n]{60,}[.!?]", text) if text.count(s) == 1]
        for sentence in chance.sample(sentences, min(4, len(sentences))):
            start = text.index(sentence)
            anchor = Anchor.of(text, start, start + len(sentence), "r1")
            words = replaced(share)(untouched(sentence), chance, texts[0]).text
            edited = text.replace(sentence, "") + "\n\n" + words + " " + texts[0][:500]
            told[Target(edited, "r2").locate(anchor).state] += 1
    return told


def show(title: str, table: dict[str, Row]) -> None:
    """Print a table in Markdown."""
    print(f"\n## {title}\n")
    print("| edit | found of surviving | gone, refused | false | silent | ms mean / p95 / max |")
    print("|---|---|---|---|---|---|")
    total = Row()
    for name, row in table.items():
        total.add(row)
        _line(name, row)
    _line("**all**", total)
    print(f"\nFigures changed: {total.figures_told} of {total.figures} shown as `changed`.")


def _line(name: str, row: Row) -> None:
    ms = sorted(1000 * second for second in row.seconds)
    times = f"{statistics.mean(ms):.1f} / {ms[int(len(ms) * 0.95)]:.1f} / {ms[-1]:.1f}"
    share = f" ({row.right / row.surviving:.1%})" if row.surviving else ""
    print(
        f"| {name} | {row.right}/{row.surviving}{share} | {row.refused}/{row.gone} | {row.false}"
        f" ({row.false / len(ms):.2%}) | {row.silent} | {times} |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tuning", "report"), default="report")
    parser.add_argument("--passages", type=int, default=24)
    parser.add_argument("--texts", type=int, default=36)
    asked = parser.parse_args()
    chance = random.Random(1)
    texts = documents(1000, asked.texts * 2, chance)
    half = texts[::2] if asked.half == "tuning" else texts[1::2]
    show(
        "Articles of 1,000 words, passages of 6 words or more",
        measure(half, random.Random(2), asked.passages, least=6),
    )
    show(
        "Articles of 1,000 words, passages of 1 to 110 words", measure(half, random.Random(3), asked.passages)
    )
    long = documents(10_000, 6, random.Random(4))[asked.half == "tuning" :: 2]
    show("Articles of 10,000 words", measure(long, random.Random(5), 48))
    print("\n## A passage deleted, a changed copy elsewhere\n")
    for share in (0.25, 0.5):
        told = trap(half, random.Random(6), share)
        print(
            f"- {share:.0%} of the words changed: "
            + ", ".join(f"{count} {state}" for state, count in told.items())
        )


if __name__ == "__main__":
    main()
