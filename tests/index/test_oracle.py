"""Our segments and our executor give the hits, the order and the scores that stock Whoosh gives."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stock import Stock
from whoosh import query as wq
from whoosh.query.spans import SpanNear2
from whoosh.reading import SegmentReader

from index.article import Article, EntityType, Mention, canonical, revision_of
from index.engine import SearchIndex, merging
from index.engine.collect import SORTS, gather, page
from index.engine.columns import Column
from index.engine.expand import OneOf
from index.engine.facets import count_facets
from index.engine.schema import StemField, WordField, document, schema

EXAMPLES = int(os.environ.get("LISEUSE_ORACLE", "150"))
WORDS = ["mali", "sahel", "armee", "attaque", "attaques", "camp", "été", "bamako", "x", "aes"]
STEMMED = [name for name, field in schema().items() if isinstance(field, StemField)]
PLACED = [name for name, field in schema().items() if isinstance(field, WordField)]
DATES = ["", "2024", "2024-09", "2024-09-17", "2024-09-18", "1999-12-31"]


def _article(number, title, text, date, lang, source, ends):  # noqa: PLR0917 - in the order they are drawn
    text = canonical(text)
    kinds = list(EntityType)
    mentions = [
        Mention(0, end, kinds[end % len(kinds)], text[:end].strip()) for end in ends if text[:end].strip()
    ]
    return Article(
        f"{number:012x}", revision_of(text), title, text,
        date=date, lang=lang, source=source, mentions=tuple(mentions),
    )  # fmt: skip


words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=30).map(" ".join)
articles = st.builds(
    _article,
    st.integers(0, 11), texts, texts, st.sampled_from(DATES), st.sampled_from(["fr", "en", ""]),
    st.sampled_from(["RFI", "Jeune Afrique", ""]), st.lists(st.integers(0, 40), max_size=4),
)  # fmt: skip
changes = st.lists(
    st.tuples(st.lists(articles, max_size=4), st.lists(st.integers(0, 11), max_size=2)),
    min_size=1,
    max_size=7,
)


def terms(fields):
    boosts = st.sampled_from([1.0, 2.0, 0.5])
    return st.builds(wq.Term, st.sampled_from(fields), words, boosts)


def nearby(ordered):
    return st.builds(
        lambda field, parts, slop: SpanNear2([wq.Term(field, part) for part in parts], slop=slop, ordered=ordered),
        st.sampled_from(PLACED), st.lists(words, min_size=2, max_size=4), st.integers(1, 6),
    )  # fmt: skip


leaves = st.one_of(
    terms(STEMMED + PLACED),
    terms(STEMMED + PLACED),
    st.builds(wq.Term, st.just("lang"), st.sampled_from(["fr", "en", "other"])),
    st.builds(wq.Phrase, st.sampled_from(PLACED), st.lists(words, min_size=2, max_size=3)),
    st.builds(wq.Phrase, st.sampled_from(PLACED), st.lists(words, min_size=2, max_size=3), st.integers(1, 4)),
    nearby(ordered=False),
    nearby(ordered=True),
    st.builds(
        lambda field, wanted, boost: OneOf(field, wanted, lambda: False, boost),
        st.sampled_from(PLACED), st.lists(words, max_size=6), st.sampled_from([1.0, 2.0]),
    ),
    st.builds(
        lambda numbers: OneOf("id", [f"{number:012x}" for number in numbers], lambda: False),
        st.lists(st.integers(0, 20), max_size=12),
    ),
    st.builds(
        wq.NumericRange, st.just("date"),
        st.sampled_from([1, 20240000, 20240917]), st.sampled_from([20240917, 20249999, 99999999]),
    ),
    st.just(wq.Every()),
    st.builds(wq.Every, st.sampled_from(PLACED + STEMMED)),
    st.just(wq.NullQuery),
)  # fmt: skip


def _joined(parts):
    several = st.lists(parts, min_size=1, max_size=4)
    return st.one_of(
        st.builds(wq.And, several),
        st.builds(wq.Or, several),
        st.builds(wq.Or, several),
        st.builds(wq.DisjunctionMax, several),
        st.builds(wq.AndNot, parts, parts),
        st.builds(wq.Require, parts, parts),
        st.builds(wq.AndMaybe, parts, parts),
        st.builds(wq.ConstantScoreQuery, parts, st.sampled_from([1.0, 3.0])),
    )


queries = st.recursive(leaves, _joined, max_leaves=8)
lasting = queries.filter(lambda query: "DisjunctionMax" not in repr(query))
"""Stock Whoosh's DisjunctionMax scores by whatever its other branch stands at, in another article too: so what it
says depends on the segments, and ours with it. We never ask it."""


class Pair:
    """Our index, changed as told, and stock Whoosh with the same segments."""

    def __init__(self, path, history):
        self.index = SearchIndex.create(path)
        for added, removed in history:
            self.index.add(added)
            self.index.remove(f"{number:012x}" for number in removed)
        self.index.refresh()
        self.searcher = self.index._searcher
        self.stock = Stock(self._segments(history), self.searcher.weighting)

    def _segments(self, history):
        """Tell from the columns what each segment holds; the articles are the latest under their ids or deleted."""
        versions = [a for added, _ in history for a in {a.id: a for a in added}.values()]
        return [
            (self._held(segment, versions), sorted(segment.deleted_docs()))
            for segment in self.index._index._segments()
        ]

    def _held(self, segment, versions):
        reader = SegmentReader(self.index._index.storage, schema(), segment)
        told = reader._perdoc.strings("id")
        return [
            next(a for a in reversed(versions) if a.id == told[n].decode() and _looks_like(reader, n, a))
            for n in range(segment.doc_count_all())
        ]

    def ours(self, query, sort, offset=0, limit=1000):
        hits = gather(self.searcher, query, sort, lambda: False)
        ids = Column(self.searcher.reader(), "id")
        self.hits = hits
        shown = page(self.searcher, hits, sort, offset, limit)
        return len(hits), [(ids[number], score) for number, score in shown]

    def facets(self):
        counts = count_facets(self.searcher.reader(), self.hits.documents, {}, lambda: False)
        return {name: [(c.value, c.count) for c in told] for name, told in counts.items()}


def _looks_like(reader, number, article):
    """Say whether a document is a version of an article, by all that the index says of it."""
    said = document(article)
    columns = {name: said.get(name, "") for name in ("lang", "month")} | {"date": said["date"]}
    return all(reader.column_reader(name)[number] == value for name, value in columns.items()) and all(
        _holds(reader, name, number, said.get(name)) for name in STEMMED + PLACED
    )


def _holds(reader, name, number, tokens):
    """Say whether a field holds what Whoosh itself would be given of it, and no more."""
    postings = list(schema()[name].index(tokens)) if tokens else []
    field = reader._terms.field(name)
    length = 0 if field is None else field.lengths[number]
    return length == sum(freq for _, freq, _, _ in postings) and all(
        _told(reader, name, number, posting) for posting in postings
    )


def _told(reader, name, number, posting):
    term, freq, _, payload = posting
    if (name, term) not in reader:
        return False
    kind = schema()[name].format
    matcher = reader._terms.matcher(name, term, kind)
    matcher.skip_to(number)
    if not matcher.is_active() or matcher.id() != number or matcher.weight() != freq:
        return False
    return name not in PLACED or matcher.value_as("positions") == kind.decode_positions(payload)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(changes, st.lists(queries, min_size=1, max_size=4), st.sampled_from(SORTS))
def test_stock_whoosh_agrees(tmp_path_factory, history, asked, sort):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "_FULL", 2)
        pair = Pair(tmp_path_factory.mktemp("oracle") / "index", history)
    try:
        for query in asked:
            expected = pair.stock.search(query, sort)
            if sort != "relevance":
                expected = [(id, 0.0) for id, _ in expected]
            assert pair.ours(query, sort) == (len(expected), expected), query
            assert pair.facets() == pair.stock.facets()
            assert pair.ours(query, sort, 1, 3)[1] == expected[1:4]
    finally:
        pair.index.close()


@settings(max_examples=EXAMPLES // 5, suppress_health_check=list(HealthCheck))
@given(st.lists(articles, max_size=12, unique_by=lambda a: a.id), st.data(), lasting, st.sampled_from(SORTS))
def test_neither_order_nor_batches_matter(tmp_path_factory, collection, data, query, sort):
    told = []
    for number in range(2):
        shuffled = data.draw(st.permutations(collection))
        size = data.draw(st.integers(1, 5))
        index = SearchIndex.create(tmp_path_factory.mktemp("order") / str(number))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merging, "_FULL", data.draw(st.integers(2, 3)))
            for start in range(0, len(shuffled), size):
                index.add(shuffled[start : start + size])
        index.refresh()
        hits = gather(index._searcher, query, sort, lambda: False)
        ids = Column(index._searcher.reader(), "id")
        told.append([(ids[n], score) for n, score in page(index._searcher, hits, sort, 0, 100)])
        index.close()
    assert told[0] == told[1]
