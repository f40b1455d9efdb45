"""Stock Whoosh as the oracle: the same documents in the same segments, written, matched and scored by itself."""

from collections import Counter

from whoosh.collectors import Collector
from whoosh.filedb.filestore import RamStorage
from whoosh.matching.binary import AndNotMatcher

from index.engine.codec import SEPARATOR
from index.engine.columns import Column
from index.engine.facets import FACETS
from index.engine.schema import document, schema

_find_next = AndNotMatcher._find_next


def _mended(self):
    """Look for the next posting of `a` that `b` has not, the first one too.

    Whoosh looks for the first only where both begin with the same document, so that
    `a AND NOT b` lets it pass where `b` began before it; and it asks `a` for its document
    where `a` has come to its end.
    """
    return _find_next(self) if self.a.is_active() else False


AndNotMatcher._find_first = AndNotMatcher._find_next = _mended


class Everything(Collector):
    """Collects every match, as Whoosh's matchers yield them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def collect_matches(self):
        while self.matcher.is_active():
            self.found.append((self.offset + self.matcher.id(), self.matcher.score()))
            self.matcher.next()


class Stock:
    """An index of stock Whoosh with given segments: of each the articles and which of them are deleted."""

    def __init__(self, segments, weighting):
        self._index = RamStorage().create_index(schema())
        for articles, _ in segments:
            writer = self._index.writer()
            for article in articles:
                writer.add_document(**document(article))
            writer.commit(merge=False)
        self._delete(segments)
        self._searcher = self._index.searcher(weighting=weighting)

    def _delete(self, segments):
        writer = self._index.writer()
        first = 0
        for articles, deleted in segments:
            for number in deleted:
                writer.delete_document(first + number)
            first += len(articles)
        writer.commit(merge=False)

    def search(self, query, sort="relevance"):
        """Return ids with scores, in order; equals in the order of their ids."""
        everything = Everything()
        self._searcher.search_with_collector(query, everything)
        reader = self._searcher.reader()
        ids, dates = Column(reader, "id"), Column(reader, "date")
        hits = [(ids[number], dates[number], round(score, 9)) for number, score in everything.found]
        keys = {
            "relevance": lambda hit: (-hit[2], hit[0]),
            "date": lambda hit: (hit[1] or 99_999_999, hit[0]),
            "-date": lambda hit: (-hit[1], hit[0]),
        }
        self.documents = [number for number, _ in everything.found]
        return [(id, score) for id, _, score in sorted(hits, key=keys[sort])]

    def facets(self):
        """Return the counts over the last search's hits."""
        reader = self._searcher.reader()
        return {name: self._counts(Column(reader, name)) for name in FACETS}

    def _counts(self, column):
        counts = Counter(v for number in self.documents for v in column[number].split(SEPARATOR) if v)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:100]
