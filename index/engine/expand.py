"""From the beginning, shape or neighbourhood of a word to the words of the index, and to their articles."""

from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest
from typing import Final

from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query

from index.engine.untyped import Whoosh
from index.errors import SearchCancelled
from index.language import folded

MAX_WORDS: Final = 1_000
_TEXT: Final = "text_exact"
_SHORTEST: Final = 3
_SURE: Final = 5
"""Letters up to which a word two letters away is just another word."""
_PATIENCE: Final = 32
"""How many words, or articles, between two looks at whether to give up."""

Cancelled = Callable[[], bool]


class OneOf(Query):  # type: ignore[misc]  # Whoosh has no types
    """Articles that hold any of some terms of one field; each scores the same."""

    def __init__(
        self, fieldname: str, terms: Iterable[str], cancelled: Cancelled, boost: float = 1.0
    ) -> None:
        self.fieldname = fieldname
        self.terms_wanted = tuple(sorted(set(terms)))
        self.cancelled = cancelled
        self.boost = boost

    def __repr__(self) -> str:
        return f"OneOf({self.fieldname!r}, {len(self.terms_wanted)} terms)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OneOf) and (self.fieldname, self.terms_wanted, self.boost) == (
            other.fieldname, other.terms_wanted, other.boost,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.fieldname, self.terms_wanted, self.boost))

    def field(self) -> str:
        """Return the one field that is searched."""
        return self.fieldname

    def estimate_size(self, ixreader: Whoosh) -> int:
        """Return how many articles there may be at most; Whoosh orders its work by it."""
        return int(ixreader.doc_count_all())

    def matcher(self, searcher: Whoosh, context: Whoosh = None) -> Whoosh:  # noqa: ARG002 - Whoosh's signature
        """Return Whoosh's iterator over the articles of one segment."""
        reader = searcher.reader()
        found: set[int] = set()
        for term in patiently(self.terms_wanted, self.cancelled):
            if (self.fieldname, term.encode()) in reader:
                found.update(reader.postings(self.fieldname, term.encode()).all_ids())
        if not found:
            return NullMatcher()
        return ListMatcher(sorted(found), all_weights=self.boost)


def patiently(items: Iterable[Whoosh], cancelled: Cancelled) -> Iterator[Whoosh]:
    """Yield the items, looking now and then whether to give up. Raises SearchCancelled."""
    for number, item in enumerate(items):
        if not number % _PATIENCE and cancelled():
            raise SearchCancelled
        yield item


def beginning(reader: Whoosh, field: str, start: str, cancelled: Cancelled) -> Iterator[str]:
    """Yield the words of a field that begin so, segment by segment."""
    for leaf, _ in reader.leaf_readers():
        if field in leaf.indexed_field_names():
            for term in patiently(leaf.expand_prefix(field, start), cancelled):
                yield term.decode()


def near(reader: Whoosh, field: str, word: str, edits: int, cancelled: Cancelled) -> Iterator[str]:
    """Yield the words of a field that differ by at most so many letters, segment by segment."""
    for leaf, _ in reader.leaf_readers():
        if field in leaf.indexed_field_names():
            yield from patiently(leaf.terms_within(field, word, edits), cancelled)


def shortest(found: Iterable[str], limit: int = MAX_WORDS) -> list[str]:
    """Return up to `limit` of the words, the shortest first: the likeliest to be what is being typed."""
    return nsmallest(limit, set(found), key=lambda word: (len(word), word))


def nearest(reader: Whoosh, word: str, limit: int, cancelled: Cancelled) -> list[str]:
    """Return up to `limit` words that differ from one by a letter, or else by two, commonest first."""
    word = folded(word)
    for edits in (1, 2) if len(word) > _SURE else (1,):
        found = set(near(reader, _TEXT, word, edits, cancelled)) - {word} if len(word) >= _SHORTEST else set()
        if found:
            return nsmallest(limit, found, key=lambda other: (-reader.doc_frequency(_TEXT, other), other))
    return []
