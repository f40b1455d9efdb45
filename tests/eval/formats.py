"""How well pages, feeds, books and encodings are read: `make eval-formats` prints the figures of docs/formats.md."""

import json
import re
import sys
import time
from collections import Counter
from io import BytesIO
from pathlib import Path
from statistics import mean

from index.article import Draft
from index.formats import FORMATS, Refusal, Unreadable
from index.formats.decode import decoded

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def tokens(text: str) -> Counter[str]:
    """Return the words of a text, counted."""
    return Counter(re.findall(r"\w+", text.lower()))


def f1(found: str, wanted: str) -> float:
    """Return the token F1 of a text against another."""
    one, other = tokens(found), tokens(wanted)
    both = sum((one & other).values())
    return 2 * both / (sum(one.values()) + sum(other.values())) if both else 0.0


def read(suffix: str, data: bytes) -> list[Draft | Refusal]:
    """Return the records of a file."""
    return list(FORMATS[suffix](BytesIO(data)))


def pages(*, marked: bool) -> str:
    """Return the figures of the saved pages, with or without the mark on the article's body."""
    scores, titles, dates = [], 0, 0
    for line in (CORPORA / "html-orange" / "gold.jsonl").open():
        gold = json.loads(line)
        data = (CORPORA / "html-orange" / "raw" / f"{gold['id']}.html").read_bytes()
        (draft,) = read(".html", data if marked else data.replace(b"articleBody", b"x"))
        assert isinstance(draft, Draft)
        scores.append(f1(draft.text, f"{gold['summary']}\n{gold['text']}"))
        titles += draft.title == gold["title"]
        dates += draft.date == gold["date"]
    return f"title {titles}, date {dates} of {len(scores)}; body F1 mean {mean(scores):.4f}, least {min(scores):.4f}"


def feeds() -> str:
    """Return what becomes of the feeds."""
    count: Counter[str] = Counter()
    begun = time.process_time()
    for path in sorted((CORPORA / "rss").iterdir()):
        try:
            count.update(type(record).__name__ for record in read(".xml", path.read_bytes()))
            count["feeds with entries"] += 1
        except Unreadable as error:
            count[f"files refused: {error}"] += 1
    return f"{dict(count)} in {time.process_time() - begun:.1f} s"


def encodings() -> str:
    """Return how many of the general articles are read right from two old encodings."""
    texts = [json.loads(line)["text"] for line in (CORPORA / "articles-fr-general.jsonl").open()]
    told = []
    for encoding in ("cp1252", "mac_roman"):
        written = [text.encode(encoding, "ignore") for text in texts]
        right = sum(decoded(data).text == data.decode(encoding) for data in written)
        told.append(f"{encoding} {right} of {len(texts)}")
    return ", ".join(told)


if __name__ == "__main__":
    for name, figures in (
        ("pages", pages(marked=True)),
        ("pages, without their articleBody marks", pages(marked=False)),
        ("feeds", feeds()),
        ("encodings", encodings()),
    ):
        sys.stdout.write(f"{name}: {figures}\n")
