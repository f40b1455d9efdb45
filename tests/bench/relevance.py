"""`make eval-search`: are the right articles first? Ours and the peers on judged questions, in one run.

Writes docs/relevance.md. Every engine gets the same words: those of the question, without
question words, any of which may match; the title is weighted 2 where an engine can.
"""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tantivy
from run import ROOT, SHARED, Report
from whoosh import fields, index, qparser
from whoosh.analysis import LanguageAnalyzer

from index.article import Article, canonical
from index.engine import SearchIndex
from index.language import folded, words
from index.query.tree import Word, any_of

DEPTH, LISTED, TOP = 1_000, 100, 10
"""How many articles are ranked, as trec_eval has it; how many a reader may page through; how many are seen."""
RESAMPLES = 2_000
ASKING = frozenset(
    [
        "combien",
        "qui",
        "que",
        "quoi",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "ou",
        "quand",
        "comment",
        "pourquoi",
        "est",
        "ce",
        "lequel",
        "laquelle",
        "lesquels",
        "lesquelles",
        "qu",
    ]
)
PUBLISHED = (
    "Each question was put by the author of a paper that is in the collection, with grade -1; here that paper counts"
    " as right, as in the judgements commonly given to trec_eval. Published with these for Lucene's BM25: MAP 0.425 with"
    " an analyzer made for the set and 0.375 as a course's reference (`nating/lucene-search-engine` on GitHub)."
)

Rank = Callable[[Sequence[str]], list[str]]


class Task(NamedTuple):
    """Articles, the questions put to them as words, and which articles are right."""

    name: str
    lang: str
    articles: list[dict[str, str]]
    questions: list[tuple[str, list[str]]]
    right: dict[str, set[str]]
    published: str = ""


# The engines: each takes the articles and returns what ranks them.


def ours(task: Task, folder: Path) -> Rank:
    """Liseuse, as its own offer of any of the words asks."""
    found = SearchIndex.create(folder / "ours")
    numbered = {f"{n:012x}": article["id"] for n, article in enumerate(task.articles)}
    found.add(
        Article(key, "0" * 64, article["title"], canonical(article["text"]), lang=task.lang)
        for key, article in zip(numbered, task.articles, strict=True)
    )

    def rank(asked: Sequence[str]) -> list[str]:
        tree = any_of(Word(word) for word in asked)
        hits = found.search(tree, text_of=lambda _: "", limit=DEPTH).hits if tree else []
        return [numbered[hit.id] for hit in hits]

    return rank


def fts5(task: Task, _folder: Path) -> Rank:
    """SQLite FTS5, accents removed, no stems."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, body, tokenize='unicode61 remove_diacritics 2')"
    )
    db.executemany(
        "INSERT INTO a VALUES (?, ?, ?)", [(a["id"], a["title"], a["text"]) for a in task.articles]
    )
    sql = "SELECT id FROM a WHERE a MATCH ? ORDER BY bm25(a, 0, 2, 1) LIMIT ?"
    return lambda asked: [
        row[0] for row in db.execute(sql, [" OR ".join(f'"{word}"' for word in asked), DEPTH])
    ]


def tantivy_stems(task: Task, _folder: Path, weight: float = 2.0) -> Rank:
    """Tantivy, accents folded, Snowball stems."""
    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer({"fr": "french", "en": "english"}[task.lang]))
        .build()
    )
    builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    schema = builder.add_text_field("title", tokenizer_name="ours").add_text_field(
        "body", tokenizer_name="ours"
    )
    found = tantivy.Index(schema.build())
    found.register_tokenizer("ours", analyzer)
    writer = found.writer(50_000_000, 1)
    for a in task.articles:
        writer.add_document(tantivy.Document(id=a["id"], title=a["title"], body=a["text"]))
    writer.commit()
    found.reload()
    searcher = found.searcher()
    boosts = {"title": weight, "body": 1.0}

    def rank(asked: Sequence[str]) -> list[str]:
        query, _wrong = found.parse_query_lenient(" ".join(asked), ["title", "body"], field_boosts=boosts)
        return [searcher.doc(at)["id"][0] for _score, at in searcher.search(query, DEPTH).hits]

    return rank


def tantivy_flat(task: Task, folder: Path) -> Rank:
    """Tantivy with the title weighted as the text, which suits it better."""
    return tantivy_stems(task, folder, 1.0)


def stock_whoosh(task: Task, folder: Path) -> Rank:
    """Whoosh with its own analyzer of the language and its own ranking."""
    analyzer = LanguageAnalyzer(task.lang)
    schema = fields.Schema(
        id=fields.ID(stored=True), title=fields.TEXT(analyzer=analyzer), body=fields.TEXT(analyzer=analyzer)
    )
    (folder / "stock").mkdir()
    found = index.create_in(folder / "stock", schema)
    writer = found.writer()
    for a in task.articles:
        writer.add_document(id=a["id"], title=a["title"], body=a["text"])
    writer.commit()
    searcher = found.searcher()
    parser = qparser.MultifieldParser(
        ["title", "body"], schema, fieldboosts={"title": 2.0}, group=qparser.OrGroup, plugins=[]
    )
    return lambda asked: [hit["id"] for hit in searcher.search(parser.parse(" ".join(asked)), limit=DEPTH)]


ENGINES: dict[str, Callable[[Task, Path], Rank]] = {
    "liseuse": ours,
    "tantivy, folded stems": tantivy_stems,
    "tantivy, title not weighted": tantivy_flat,
    "SQLite FTS5, folded": fts5,
    "stock Whoosh": stock_whoosh,
}


# The figures


def figures(rank: Rank, task: Task) -> np.ndarray:
    """Return for each question its reciprocal rank in the first ten, recall in the first hundred, average precision."""
    rows = []
    for name, asked in task.questions:
        ranked, right = rank(asked) if asked else [], task.right[name]
        first = next((place for place, one in enumerate(ranked[:TOP], 1) if one in right), 0)
        found = [place for place, one in enumerate(ranked, 1) if one in right]
        precision = sum(nth / place for nth, place in enumerate(found, 1)) / len(right)
        recall = len(right.intersection(ranked[:LISTED])) / len(right)
        rows.append((1 / first if first else 0.0, recall, precision))
    return np.array(rows)


def interval(values: np.ndarray) -> str:
    """Return a mean with its 95 % bootstrap interval."""
    chance = np.random.default_rng(1)
    means = [chance.choice(values, len(values)).mean() for _ in range(RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}]"


def judged(name: str, lang: str, keep: Callable[[str], bool], least: int = 1) -> Task:
    """Return a set of judged questions; right is what has at least such a grade."""
    folder = SHARED / name
    articles = [json.loads(line) for line in (folder / "docs.jsonl").open(encoding="utf-8")]
    right: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.txt").open(encoding="utf-8"):
        question, _, article, grade = line.split()
        if int(grade) >= least:
            right[question].add(article)
    asked = (line.rstrip("\n").split("\t") for line in (folder / "queries.tsv").open(encoding="utf-8"))
    questions = [(row[0], [word for word in words(row[1]) if keep(word)]) for row in asked if row[0] in right]
    return Task(name, lang, articles, questions, right)


def tasks() -> Iterable[Task]:
    """Yield what is measured: the half of the French questions that nothing was tuned on, and the rest."""
    french = judged("ir-piaf-fr", "fr", lambda word: folded(word) not in ASKING)
    random.Random(1).shuffle(french.questions)
    kept = french.questions[len(french.questions) // 2 :]
    half = french._replace(name=f"French questions ({len(kept)}, not tuned on)", questions=kept)
    yield half
    bare = [(name, [folded(word) for word in asked]) for name, asked in kept]
    yield half._replace(name="The same, their accents removed", questions=bare)
    first = sorted(french.questions)[:2000]
    yield half._replace(name="The first 2,000 French questions, tuned on or not", questions=first)
    yield judged("ir-cranfield-en", "en", lambda _: True)._replace(name="Cranfield (English)")
    yield judged("ir-cranfield-en", "en", lambda _: True, least=-1)._replace(
        name="Cranfield, all 1,837 judgements", published=PUBLISHED
    )
    lines = (SHARED / "articles-fr-general.jsonl").open(encoding="utf-8")
    articles = [json.loads(line) for line in lines]
    yield Task(
        "From the title to the body, 1,500 French agency articles",
        "fr",
        [{**article, "title": ""} for article in articles],
        [(article["id"], words(article["title"])) for article in articles],
        {article["id"]: {article["id"]} for article in articles},
    )


def main() -> None:
    """Measure and write the report."""
    report = Report()
    for task in tasks():
        report.head(task.name, "engine", f"MRR@{TOP}", f"recall@{LISTED}", "MAP", "MRR, ours less theirs")
        mine = None
        for name, engine in ENGINES.items():
            with tempfile.TemporaryDirectory() as folder:
                found = figures(engine(task, Path(folder)), task)
            mine = found if mine is None else mine
            less = interval(mine[:, 0] - found[:, 0]) if found is not mine else ""
            report.row(name, *map(interval, found.T), less)
        report.say(task.published)
    about = (
        f"# Relevance\n\nMade by `make eval-search` on {datetime.now(UTC):%Y-%m-%d}. Every engine got the same words,"
        " any of which may match: those of the question, without question words. Means with 95 % bootstrap"
        f" intervals, {RESAMPLES:,} resamples; the last column is paired. A question has one right paragraph"
        " (Cranfield: several), so recall is the share of questions it was found for. Our weights were"
        " chosen on the other half of the French questions and on titles of other articles: see"
        " `index/engine/ranking.py`.\n"
    )
    (ROOT / "docs" / "relevance.md").write_text(about + "\n".join(report.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
