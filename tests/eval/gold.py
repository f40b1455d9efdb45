"""The gold sets, and how a prediction is scored against them.

The rules of scoring are those of the gold's own scorer: a prediction is right when
it lies between the smallest and the largest accepted span and has one of the
accepted types; what is optional counts neither way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TYPES = ("person", "place", "org")
_OURS = {"PER": "person", "PERS": "person", "LOC": "place", "ORG": "org"}

Predicted = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """One entity of the gold: accepted types, the smallest and the largest accepted span."""

    start: int
    end: int
    types: tuple[str, ...]
    outer: tuple[int, int]
    optional: bool = False

    def accepts(self, predicted: Predicted, *, relaxed: bool) -> bool:
        start, end, kind = predicted
        if kind not in self.types:
            return False
        if relaxed:
            return start < self.end and end > self.start
        return self.outer[0] <= start <= self.start and self.end <= end <= self.outer[1]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its entities."""

    id: str
    lang: str
    text: str
    entities: tuple[Gold, ...]


Counts = Counter[tuple[str, str]]
"""How many (type, `hit`, `false` or `missed`)."""


def counts(gold: GoldText, predicted: Sequence[Predicted], *, relaxed: bool = False) -> Counts:
    """Return the hits, false alarms and misses in one text."""
    result: Counts = Counter()
    met: set[int] = set()
    for one in predicted:
        at = next(
            (n for n, g in enumerate(gold.entities) if n not in met and g.accepts(one, relaxed=relaxed)), None
        )
        if at is not None:
            met.add(at)
            if not gold.entities[at].optional:
                result[gold.entities[at].types[0], "hit"] += 1
        elif not any(g.optional and one[0] < g.end and one[1] > g.start for g in gold.entities):
            result[one[2], "false"] += 1
    for n, one_gold in enumerate(gold.entities):
        if n not in met and not one_gold.optional:
            result[one_gold.types[0], "missed"] += 1
    return result


def f1(result: Counts, types: Iterable[str] = TYPES) -> float:
    """Return the micro-averaged F1 of some types, in percent."""
    hit, wrong = 0, 0
    for kind in types:
        hit += result[kind, "hit"]
        wrong += result[kind, "false"] + result[kind, "missed"]
    return 200 * hit / (2 * hit + wrong) if hit else 0.0


def dev(shared: Path) -> list[GoldText]:
    """Return our own gold: the seed first, then French and English news."""
    return [_dev_text(json.loads(line)) for line in _lines(shared / "gold" / "entities-dev.jsonl")]


def _dev_text(record: dict) -> GoldText:
    entities = tuple(
        Gold(
            e["start"],
            e["end"],
            tuple(_OURS.get(label, "other") for label in (e["label"], *e.get("alt", ()))),
            tuple(e.get("outer") or (e["start"], e["end"])),
            bool(e.get("optional")),
        )
        for e in record["ents"]
    )
    return GoldText(record["id"], record["lang"], record["text"], entities)


def fenec(shared: Path) -> list[GoldText]:
    """Return FENEC: modern French of many genres."""
    return [_fenec_text(json.loads(line)) for line in _lines(shared / "corpora" / "ner-fenec-fr.jsonl")]


def _fenec_text(record: dict) -> GoldText:
    entities = tuple(
        Gold(e["start"], e["end"], (e["label"],), (e["start"], e["end"]))
        for e in map(_fenec_entity, record["entities"])
        if e["label"] in TYPES
    )
    return GoldText(record["id"], "fr", record["text"], entities)


def _fenec_entity(entity: dict | list) -> dict:
    if isinstance(entity, list):
        label = next(part for part in entity if isinstance(part, str))
        start, end = (part for part in entity if isinstance(part, int))
        return {"start": start, "end": end, "label": _OURS.get(label, label)}
    label = entity.get("label") or entity.get("type")
    return {**entity, "label": _OURS.get(label, label)}


def wikigold(shared: Path) -> list[GoldText]:
    """Return Wikigold: paragraphs of the English Wikipedia, words joined by spaces."""
    lines = _lines(shared / "corpora" / "ner-wikigold-en.conll")
    sentences = list(_sentences(lines))
    # Ten sentences a text: a document vote needs a document, a bootstrap needs many.
    return [_conll_text(n, sentences[n : n + 10]) for n in range(0, len(sentences), 10)]


def _sentences(lines: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in lines:
        if line.strip():
            word, tag = line.split()[0], line.split()[-1]
            sentence.append((word, tag))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _conll_text(number: int, sentences: list[list[tuple[str, str]]]) -> GoldText:
    text, entities = "", []
    for sentence in sentences:
        open_as = ""
        for word, tag in sentence:
            kind = _OURS.get(tag[2:], "")
            if kind and kind == open_as and tag[:1] == "I":
                entities[-1] = (entities[-1][0], len(text) + len(word), kind)
            elif kind:
                entities.append((len(text), len(text) + len(word), kind))
            open_as = kind
            text += word + " "
        text = text[:-1] + "\n"
    gold = tuple(Gold(start, end, (kind,), (start, end)) for start, end, kind in entities)
    return GoldText(str(number), "en", text, gold)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
