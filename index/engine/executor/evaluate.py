"""The executor: evaluates a query's tree on the arrays of one segment.

Each kind of query gives its documents as an array and can score any of them; what it does
not know is run by Whoosh's own matchers over the same segment. Scores are Whoosh's BM25F,
from the lengths as Whoosh rounds them and from statistics of the whole index.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from whoosh import query as wq
from whoosh.query.spans import SpanNear2

from index.engine.codec.files import Array
from index.engine.codec.postings import Field, Postings
from index.engine.executor.matches import (
    NOTHING,
    Matches,
    Scores,
    all_of,
    any_of,
    constant,
    places_in,
    preferring,
)
from index.engine.executor.scoring import Scoring
from index.engine.executor.spans import Near, near
from index.engine.expand import Cancelled, OneOf
from index.engine.untyped import Whoosh
from index.errors import SearchCancelled

_SLICE: Final = 4_096
"""Documents at a time."""
_PATIENCE: Final = 64
"""How many runs of postings between two looks at whether to give up."""


class Evaluation:
    """The evaluation of queries on one segment. Raises SearchCancelled when told to give up."""

    def __init__(self, searcher: Whoosh, scoring: Scoring, cancelled: Cancelled) -> None:
        self._searcher = searcher
        self._scoring = scoring
        self._cancelled = cancelled
        self._found: dict[tuple[str, str | bytes], tuple[Field, Postings, bytes] | None] = {}
        reader = searcher.reader()
        self._terms = reader._terms  # noqa: SLF001 - Whoosh keeps the codec's readers there
        self._perdoc = reader._perdoc  # noqa: SLF001 - same
        self._doccount = int(reader.doc_count_all())

    def run(self, query: Whoosh) -> Matches:
        """Return what a query matches, without deleted documents."""
        matches = self.matches(query)
        if self._cancelled():
            raise SearchCancelled
        alive = self._perdoc.alive
        return matches if alive is None else matches.kept(alive[matches.docs])

    def matches(self, query: Whoosh) -> Matches:
        """Return what a query matches, deleted documents maybe with them."""
        if self._cancelled():
            raise SearchCancelled
        evaluate = _KINDS.get(type(query))
        found = evaluate(self, query) if evaluate else None
        return self._by_matcher(query) if found is None else found

    def _by_matcher(self, query: Whoosh) -> Matches:
        """Return what Whoosh's own matcher yields."""
        matcher = query.matcher(self._searcher, self._scoring.searcher.context())
        docs, scores = [], []
        while matcher.is_active():
            docs.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        told = np.array(scores, np.float64)
        return Matches(np.array(docs, np.int64), lambda some: told[some])

    # Terms

    def _field(self, name: str) -> Field | None:
        field: Field | None = self._terms.field(name)
        return field

    def _find(self, name: str, text: str | bytes) -> tuple[Field, Postings, bytes] | None:
        """Return a term's field, its postings and its bytes; a query may ask for it more than once."""
        if (name, text) not in self._found:
            self._found[name, text] = self._looked_up(name, text)
        return self._found[name, text]

    def _looked_up(self, name: str, text: str | bytes) -> tuple[Field, Postings, bytes] | None:
        field = self._field(name)
        if field is None or name not in self._searcher.schema:
            return None
        key = self._searcher.schema[name].to_bytes(text)
        term = field.terms.find(key)
        return (field, field.postings(term), key) if term >= 0 else None

    def _term(self, query: Whoosh) -> Matches | None:
        if query.minquality or not self._scoring.is_known:
            return None
        found = self._find(query.fieldname, query.text)
        if found is None:
            return NOTHING
        field, postings, key = found
        return Matches(postings.docs, self._bm25(field, postings, key)).times(query.boost)

    def _bm25(self, field: Field, postings: Postings, key: bytes) -> Scores:
        """Return what scores a term's postings."""
        norms = field.norms
        if norms is None:
            return lambda some: postings.freqs[some].astype(np.float64)
        return lambda some: self._scoring.scores(
            field.name, key, postings.freqs[some], norms[postings.docs[some]]
        )

    def _one_of(self, query: OneOf) -> Matches:
        field = self._field(query.fieldname)
        terms = field.terms.ordinals([text.encode() for text in query.terms_wanted]) if field else []
        return constant(self._union(field, terms), query.boost) if field and terms else NOTHING

    def _union(self, field: Field, terms: Sequence[int]) -> Array:
        """Return the documents that hold any of some terms, in order; neighbours are one run of postings."""
        marked = np.zeros(self._doccount, bool)
        ordinals = np.array(terms, np.int64)
        breaks = np.flatnonzero(np.diff(ordinals) > 1) + 1
        for number, run in enumerate(np.split(ordinals, breaks)):
            if not number % _PATIENCE and self._cancelled():
                raise SearchCancelled
            marked[field.docs[int(field.starts[run[0]]) : int(field.starts[run[-1] + 1])]] = True
        return np.flatnonzero(marked)

    def _every(self, query: Whoosh) -> Matches:
        if query.fieldname is None:
            return constant(np.arange(self._doccount), query.boost)
        field = self._field(query.fieldname)
        return constant(self._union(field, range(len(field.terms))), query.boost) if field else NOTHING

    def _range(self, query: Whoosh) -> Matches | None:
        """Return the documents of a range of numbers by their column, where that tells who has a number."""
        kind = self._searcher.schema[query.fieldname]
        numbers = self._perdoc.numbers(query.fieldname)
        low = kind.prepare_number(query.start) if query.start is not None else None
        high = kind.prepare_number(query.end) if query.end is not None else None
        if numbers is None or low is None or high is None or not query.constantscore:
            return None
        if query.startexcl or query.endexcl or low <= kind.column_type.default_value() <= high:
            return None
        return constant(np.flatnonzero((numbers >= low) & (numbers <= high)), query.boost)

    # Words near each other

    def _phrase(self, query: Whoosh) -> Matches | None:
        terms = [wq.Term(query.fieldname, word) for word in query.words]
        found = self._near(terms, Near(query.slop, 1, ordered=True))
        return None if found is None else found.times(query.boost)

    def _span_near(self, query: Whoosh) -> Matches | None:
        return self._near(query.qs, Near(query.slop, query.mindist, query.ordered))

    def _near(self, terms: Sequence[Whoosh], how: Near) -> Matches | None:
        if not all(type(term) is wq.Term for term in terms):
            return None
        found = [self._find(term.fieldname, term.text) for term in terms]
        parts = [self._term(term) for term in terms]
        together = (
            all_of([part for part in parts if part is not None], self._doccount)
            if None not in found
            else None
        )
        if together is None or None in parts:
            return NOTHING if None in found else None
        postings = [each[1] for each in found if each is not None]
        return together.kept(self._stand(postings, together.docs, how))

    def _stand(self, postings: Sequence[Postings], docs: Array, how: Near) -> Array:
        """Return which documents have the words so, as a mask; loose words in slices.

        The spans of common words far apart are a thousand a document.
        """
        size = len(docs) if how.slop == 1 and how.ordered else _SLICE
        found = np.zeros(len(docs), bool)
        for start in range(0, len(docs), max(size, 1)):
            if self._cancelled():
                raise SearchCancelled
            part = slice(start, start + size)
            found[part] = near(postings, docs[part], self._doccount, how)
        return found

    # Joining

    def _and(self, query: Whoosh) -> Matches:
        parts = self._parts(query)
        return all_of(parts, self._doccount).times(_boost(query)) if parts else NOTHING

    def _or(self, query: Whoosh) -> Matches | None:
        if query.scale:
            return None
        return any_of(self._parts(query), self._doccount).times(_boost(query))

    def _parts(self, query: Whoosh) -> list[Matches]:
        return [self.matches(part) for part in query.subqueries]

    def _and_not(self, query: Whoosh) -> Matches:
        wanted, unwanted = self.matches(query.a), self.matches(query.b).docs
        return wanted.kept(places_in(wanted.docs, unwanted, self._doccount) < 0)

    def _require(self, query: Whoosh) -> Matches:
        wanted, required = self.matches(query.a), self.matches(query.b).docs
        return wanted.kept(places_in(wanted.docs, required, self._doccount) >= 0)

    def _and_maybe(self, query: Whoosh) -> Matches:
        return preferring(self.matches(query.a), self.matches(query.b), self._doccount)

    def _constant(self, query: Whoosh) -> Matches:
        return constant(self.matches(query.child).docs, query.score)


def _boost(query: Whoosh) -> float:
    """Return what the whole is worth; Whoosh does not look at it where there is one part."""
    return float(query.boost) if len(query.subqueries) > 1 else 1.0


def _nothing(_: Evaluation, __: Whoosh) -> Matches:
    return NOTHING


_KINDS: Final[dict[type, Callable[[Evaluation, Whoosh], Matches | None]]] = {
    wq.Term: Evaluation._term,  # noqa: SLF001 - this is the table of its kinds
    OneOf: Evaluation._one_of,  # noqa: SLF001
    wq.Every: Evaluation._every,  # noqa: SLF001
    wq.NumericRange: Evaluation._range,  # noqa: SLF001
    wq.Phrase: Evaluation._phrase,  # noqa: SLF001
    SpanNear2: Evaluation._span_near,  # noqa: SLF001
    wq.And: Evaluation._and,  # noqa: SLF001
    wq.Or: Evaluation._or,  # noqa: SLF001
    wq.AndNot: Evaluation._and_not,  # noqa: SLF001
    wq.Require: Evaluation._require,  # noqa: SLF001
    wq.AndMaybe: Evaluation._and_maybe,  # noqa: SLF001
    wq.ConstantScoreQuery: Evaluation._constant,  # noqa: SLF001
    type(wq.NullQuery): _nothing,
}
"""What is evaluated on arrays. A kind may still answer None: then Whoosh's matcher is asked."""
