"""`make eval-entities`: how well names are found, spaCy as it comes and ours, on every gold set.

F1 over persons, places and organisations, micro-averaged, in percent: strict (span
and type) and relaxed (any overlap, and type). The interval is the middle 95 % of
1,000 bootstrap samples of the texts.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from gold import TYPES, Counts, GoldText, Predicted, counts, dev, f1, fenec, wikigold

from index.entities import annotator, gazetteer, models
from index.entities.annotator import RuleAnnotator
from index.entities.gazetteer import Gazetteer

if TYPE_CHECKING:
    from index.article import Mention

SHARED = Path(os.environ.get("LISEUSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SAMPLES = 1_000
_TYPES = {"PER": "person", "PERSON": "person", "LOC": "place", "GPE": "place", "FAC": "place", "ORG": "org"}

Finder = Callable[[GoldText], list[Predicted]]


def stock(lang: str) -> Finder:
    """Return spaCy's model as it comes, every component in place."""
    model = models.installed(lang)
    assert model, f"no model for {lang}"
    nlp = spacy.load(model.name)
    return lambda gold: [
        (e.start_char, e.end_char, _TYPES[e.label_]) for e in nlp(gold.text).ents if e.label_ in _TYPES
    ]


def ours(lang: str, names: Gazetteer) -> Finder:
    """Return our annotator with a gazetteer."""
    finder = annotator.build(lang)
    assert isinstance(finder, RuleAnnotator)
    return _finder(finder.with_names(names))


def _finder(finder: RuleAnnotator) -> Finder:
    def find(gold: GoldText) -> list[Predicted]:
        mentions: list[Mention] = next(iter(finder.annotate([gold.text])))
        return [(m.start, m.end, m.type.value) for m in mentions]

    return find


def interval(each: Sequence[Counts]) -> tuple[float, float]:
    """Return the bootstrap interval of the F1 over some texts."""
    rng = random.Random(0)
    scores = sorted(f1(sum(rng.choices(each, k=len(each)), start=type(each[0])())) for _ in range(SAMPLES))
    return scores[round(0.025 * SAMPLES)], scores[round(0.975 * SAMPLES) - 1]


def sets() -> Iterator[tuple[str, list[GoldText]]]:
    """Yield the gold sets by name."""
    own = dev(SHARED)
    yield "seed", [g for g in own if g.id == "seed"]
    yield "dev fr", [g for g in own if g.lang == "fr" and g.id != "seed"]
    yield "dev en", [g for g in own if g.lang == "en"]
    yield "FENEC fr", fenec(SHARED)
    yield "Wikigold en", wikigold(SHARED)


def row(name: str, golds: Sequence[GoldText], find: Finder, *, errors: bool = False) -> str:
    """Return one line of the table."""
    found = [find(gold) for gold in golds]
    strict = [counts(g, p) for g, p in zip(golds, found, strict=True)]
    relaxed = [counts(g, p, relaxed=True) for g, p in zip(golds, found, strict=True)]
    total, loose = sum(strict, start=type(strict[0])()), sum(relaxed, start=type(relaxed[0])())
    low, high = interval(strict)
    by_type = "  ".join(f"{kind} {f1(total, [kind]):5.1f}/{f1(loose, [kind]):5.1f}" for kind in TYPES)
    if errors:
        for gold, predicted in zip(golds, found, strict=True):
            _show_errors(gold, predicted)
    return f"  {name:22} {f1(total):5.1f} [{low:5.1f} {high:5.1f}]  {f1(loose):5.1f}   {by_type}"


def _show_errors(gold: GoldText, predicted: Sequence[Predicted]) -> None:
    for g in gold.entities:
        if not g.optional and not any(g.accepts(p, relaxed=False) for p in predicted):
            near = [gold.text[s:e] + "/" + k for s, e, k in predicted if s < g.end and e > g.start]
            print(f"    missed {gold.id} {gold.text[g.start : g.end]!r} {g.types[0]} for {near}")
    for s, e, kind in predicted:
        if kind in TYPES and not any(s < g.end and e > g.start for g in gold.entities):
            print(f"    false  {gold.id} {gold.text[s:e]!r} {kind}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is missed and what is false")
    parser.add_argument("--only", metavar="SET", help="sets whose name begins so")
    parser.add_argument("--ours", action="store_true", help="leave stock spaCy out")
    options = parser.parse_args()
    finders: dict[tuple[str, str], Finder] = {}
    for lang in ("fr", "en"):
        if not options.ours:
            finders[lang, "spaCy as it comes"] = stock(lang)
        finders[lang, "ours"] = ours(lang, gazetteer.load())
        finders[lang, "ours, empty gazetteer"] = ours(lang, Gazetteer())
    print("strict F1 [95 % interval]  relaxed F1   by type strict/relaxed")
    for name, golds in sets():
        if options.only and not name.startswith(options.only):
            continue
        lang = golds[0].lang
        print(
            f"{name}: {len(golds)} texts, {sum(not e.optional for g in golds for e in g.entities)} entities"
        )
        for (finder_lang, finder), find in finders.items():
            if finder_lang == lang:
                print(row(finder, golds, find, errors=options.errors and finder == "ours"))


if __name__ == "__main__":
    main()
