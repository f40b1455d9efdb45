"""The engines that are measured: ours, stock Whoosh, SQLite FTS5 and tantivy, each to be filled and asked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from whoosh import fields, qparser
from whoosh import index as windex
from whoosh.analysis import LowercaseFilter, RegexTokenizer

from index.article import Article
from index.engine import SearchIndex
from index.query import parse

BATCH = 2000
ENGINES = ("liseuse", "stock Whoosh", "SQLite FTS5", "tantivy")
Ask = Callable[[str], object]


def _batches(found: Iterator[Article]) -> Iterator[list[Article]]:
    while batch := list(islice(found, BATCH)):
        yield batch


# Indexing


def index_liseuse(found: Iterator[Article], folder: Path) -> None:
    """Index with ours, a commit for each 2,000 articles, as adding does."""
    index = SearchIndex.create(folder / "ours")
    for batch in _batches(found):
        index.add(batch)
    index.close()


def index_stock(found: Iterator[Article], folder: Path) -> None:
    """Index with stock Whoosh: its fastest analyzer, half a gigabyte, one commit."""
    fast = RegexTokenizer(r"\w+") | LowercaseFilter()
    schema = fields.Schema(
        id=fields.ID(stored=True), title=fields.TEXT(analyzer=fast), body=fields.TEXT(analyzer=fast),
        date=fields.NUMERIC(int, sortable=True), source=fields.ID(sortable=True),
    )  # fmt: skip
    (folder / "stock").mkdir()
    writer = windex.create_in(folder / "stock", schema).writer(limitmb=512)
    for a in found:
        date = int(a.date.replace("-", "")[:8] or 0)
        writer.add_document(id=a.id, title=a.title, body=a.text, date=date, source=a.source)
    writer.commit()


def index_fts5(found: Iterator[Article], folder: Path) -> None:
    """Index with FTS5, the texts in it."""
    db = sqlite3.connect(folder / "fts5.sqlite")
    db.execute(
        "CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, body, date UNINDEXED, source UNINDEXED,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    for batch in _batches(found):
        db.executemany(
            "INSERT INTO a VALUES (?, ?, ?, ?, ?)", [(a.id, a.title, a.text, a.date, a.source) for a in batch]
        )
    db.commit()


def _tantivy(folder: Path) -> Any:
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    schema = schema.add_text_field("title", tokenizer_name="fr_stem").add_text_field(
        "body", tokenizer_name="fr_stem"
    )
    (folder / "tantivy").mkdir(exist_ok=True)
    return tantivy.Index(schema.build(), path=str(folder / "tantivy"))


def index_tantivy(found: Iterator[Article], folder: Path) -> None:
    """Index with tantivy, one thread."""
    writer = _tantivy(folder).writer(200_000_000, 1)
    for a in found:
        writer.add_document(tantivy.Document(id=a.id, title=a.title, body=a.text))
    writer.commit()
    writer.wait_merging_threads()


# Asking


def ask_liseuse(folder: Path) -> dict[str, Ask]:
    """Return ours: hits alone, with excerpts from the stored text, with facets."""
    index = SearchIndex.open(folder / "ours")
    texts = sqlite3.connect(folder / "fts5.sqlite")
    rows = dict(texts.execute("SELECT id, rowid FROM a"))

    def text_of(identity: str) -> str:
        return str(texts.execute("SELECT body FROM a WHERE rowid = ?", (rows[identity],)).fetchone()[0])

    def bare(query: str) -> object:
        return index.search(parse(query), text_of=lambda _id: "", limit=20)

    def shown(query: str) -> object:
        return index.search(parse(query), text_of=text_of, limit=20)

    def facets(query: str) -> object:
        return index.search(parse(query), text_of=lambda _id: "", limit=20, facets=True)

    return {"": bare, ", with excerpts": shown, ", with facets": facets}


def ask_stock(folder: Path) -> dict[str, Ask]:
    """Return stock Whoosh, the query in its own words."""
    searcher = windex.open_dir(folder / "stock").searcher()
    parser = qparser.MultifieldParser(["title", "body"], searcher.schema, fieldboosts={"title": 2.0})
    parser.add_plugin(qparser.FuzzyTermPlugin())
    return {"": lambda query: list(searcher.search(parser.parse(_plain(query)), limit=20))}


def ask_fts5(folder: Path) -> dict[str, Ask]:
    """Return FTS5."""
    db = sqlite3.connect(folder / "fts5.sqlite")
    sql = "SELECT id FROM a WHERE a MATCH ? ORDER BY rank LIMIT 20"
    return {"": lambda query: db.execute(sql, [_fts(query)]).fetchall()}


def ask_tantivy(folder: Path) -> dict[str, Ask]:
    """Return tantivy."""
    found = _tantivy(folder)
    found.reload()
    searcher = found.searcher()

    def ask(query: str) -> object:
        parsed, _wrong = found.parse_query_lenient(
            _plain(query), ["title", "body"], conjunction_by_default=True
        )
        return [searcher.doc(at)["id"] for _score, at in searcher.search(parsed, 20).hits]

    return {"": ask}


def _plain(query: str) -> str:
    query = re.sub(r"date:(\d{4})\.\.?\S*|date:(\d{4})\S*", "", query) if "date:" in query else query
    return query.replace(" ET ", " AND ").replace(" OU ", " OR ").replace("l'Etat", "Etat")


def _fts(query: str) -> str:
    return re.sub(r"'", " ", _plain(query))


LACKS = {"SQLite FTS5": ("fuzzy", "date"), "tantivy": ("prefix", "fuzzy", "date"), "stock Whoosh": ("date",)}
"""Kinds of question that are not asked of an engine: it has none, or it would be another question."""

INDEX = dict(zip(ENGINES, (index_liseuse, index_stock, index_fts5, index_tantivy), strict=True))
ASK = dict(zip(ENGINES, (ask_liseuse, ask_stock, ask_fts5, ask_tantivy), strict=True))
