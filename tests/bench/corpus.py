"""Collections to measure on: real articles, and more made of their sentences with a fixed seed."""

import hashlib
import json
import lzma
import random
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from index.article import Article, EntityType, Mention, canonical, revision_of

_SENTENCE_END = re.compile(r"(?<=[.!?»])\s+")
_NAME = re.compile(r"(?<=[a-zé,] )(?:[A-ZÉ][a-zéèêïôç]+[ -]?){1,3}(?<![ -])")
_KINDS = tuple(EntityType)
_SEED = 20261123


def articles(corpora: Path, count: int) -> Iterator[Article]:
    """Yield so many articles: the real ones, then texts of sentences drawn from them.

    The mentions are runs of capitalised words, each name of one kind throughout: many and
    cheap, as annotation leaves them.
    """
    with lzma.open(corpora / "articles-fr-orange.jsonl.xz", "rt", encoding="utf-8") as file:
        real = [json.loads(line) for line in islice(file, count)]
    return (_article(number, record) for number, record in enumerate(islice(_endless(real), count)))


def _endless(real: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    chance = random.Random(_SEED)
    sentences = [s for record in real for s in _SENTENCE_END.split(record["text"]) if len(s) > 20]

    def recombined() -> Iterator[dict[str, str]]:
        while True:
            like = chance.choice(real)
            length = max(3, len(_SENTENCE_END.split(like["text"])))
            title = chance.choice(real)["title"]
            yield like | {"title": title, "text": " ".join(chance.choices(sentences, k=length))}

    return chain(real, recombined())


def _article(number: int, record: dict[str, str]) -> Article:
    text = canonical(record["text"])
    names = (
        Mention(m.start(), m.end(), _KINDS[sum(m[0].encode()) % len(_KINDS)], m[0])
        for m in _NAME.finditer(text)
    )
    return Article(
        id=hashlib.sha256(b"%d" % number).hexdigest()[:12],
        revision=revision_of(text),
        title=record["title"],
        text=text,
        date=record["date"],
        lang="fr",
        source=record["source"],
        mentions=tuple(names),
    )
