"""Whoosh's cursor over the terms of a field and its iterator over the postings of one."""

from collections.abc import Iterator

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar

from index.engine.codec.postings import Field, Postings
from index.engine.untyped import Whoosh

Term = tuple[str, bytes]


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """A place among the terms of a field."""

    def __init__(self, field: Field | None, fieldobj: Whoosh) -> None:
        self.dictionary = field.terms if field else None
        self._fieldobj = fieldobj
        self._at = 0

    def is_valid(self) -> bool:
        """Say whether there is a term here."""
        return self.dictionary is not None and self._at < len(self.dictionary)

    def first(self) -> Whoosh:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, text: Whoosh) -> Whoosh:
        """Go to the first term not less than one."""
        key = text if isinstance(text, bytes) else self._fieldobj.to_bytes(text)
        self._at = self.dictionary.insertion(key) if self.dictionary else 0
        return self.text()

    def next(self) -> Whoosh:
        """Go on."""
        self._at += 1
        return self.text()

    def text(self) -> Whoosh:
        """Return the term here, None after the last."""
        if self.dictionary is None or not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self.dictionary[self._at])

    term = text


class NearTerms:
    """Near words, by the dictionary rather than by an automaton."""

    def terms_within(self, cursor: ArrayCursor, text: str, edits: int, prefix: int = 0) -> Iterator[str]:
        """Yield the words at most so many edits away that share a prefix of so many letters."""
        if cursor.dictionary:
            for ordinal in cursor.dictionary.within(text, edits):
                word = cursor.dictionary[ordinal].decode()
                if word[:prefix] == text[:prefix]:
                    yield word


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's iterator over the postings of a term."""

    def __init__(self, postings: Postings, term: Term, format_: Whoosh, scorer: Whoosh) -> None:
        self._postings = postings
        self._term = term
        self.format = format_
        self.scorer = scorer
        self._docs = postings.docs.tolist()
        self._at = 0

    def copy(self) -> "ArrayMatcher":
        """Return another at the same place."""
        other = ArrayMatcher(self._postings, self._term, self.format, self.scorer)
        other._at = self._at
        return other

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def is_active(self) -> bool:
        """Say whether there is a posting here."""
        return self._at < len(self._docs)

    def id(self) -> int:
        """Return the document."""
        return int(self._docs[self._at])

    def next(self) -> bool:
        """Go on."""
        self._at += 1
        return False

    def skip_to(self, id: int) -> bool:
        """Go on to a document, or the first after it."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._postings.docs[self._at :], id))
        return False

    def all_ids(self) -> Iterator[int]:
        """Yield the documents from here on."""
        return iter(self._docs[self._at :])

    def weight(self) -> float:
        """Return how often the term stands in the document."""
        return float(self._postings.freqs[self._at])

    def value(self) -> bytes:
        """Return the posting as Whoosh encodes it."""
        positions = self.format.supports("positions")
        value: bytes = self.format.encode(self.value_as("positions") if positions else int(self.weight()))
        return value

    def value_as(self, astype: str) -> Whoosh:
        """Return one of what a posting says."""
        if astype == "positions":
            return self._postings.positions(self._at)
        return self.weight() if astype == "weight" else int(self.weight())

    def supports_block_quality(self) -> bool:
        """Say that no block is skipped here: that is the executor's concern."""
        return False

    def max_quality(self) -> float:
        """Return what no score here exceeds."""
        return float("inf")
