"""Whoosh's view of a segment of arrays: terms, postings, lengths and columns, one by one.

Whatever the executor does not know runs on these, over the same files.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from whoosh.codec import base
from whoosh.columns import Column
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from index.engine.codec.columns import ArrayColumnReader, SeveralColumn, Strings
from index.engine.codec.cursors import ArrayCursor, ArrayMatcher, NearTerms, Term
from index.engine.codec.files import Array, ArrayFile
from index.engine.codec.postings import Field
from index.engine.untyped import Whoosh

if TYPE_CHECKING:
    from index.engine.codec.segment import ArraySegment

LENGTHS: Final = np.array([byte_to_length(byte) for byte in range(256)], np.int64)
"""The lengths that Whoosh's one-byte norms stand for."""


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of a segment and their postings."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self._names: list[str] = file.about["fields"]
        self._fields: dict[str, Field] = {}

    def field(self, name: str) -> Field | None:
        """Return a field's postings, None if no document of the segment has any."""
        if name not in self._fields and name in self._names:
            self._fields[name] = Field(self.file, name)
        return self._fields.get(name)

    def _find(self, name: str, text: bytes) -> tuple[Field, int]:
        field = self.field(name)
        term = field.terms.find(text) if field else -1
        if not field or term < 0:
            raise TermNotFound(f"{name}:{text!r}")
        return field, term

    def __contains__(self, term: Term) -> bool:
        field = self.field(term[0])
        return field is not None and field.terms.find(term[1]) >= 0

    def cursor(self, fieldname: str, fieldobj: Whoosh) -> "ArrayCursor":
        """Return a cursor over a field's terms."""
        return ArrayCursor(self.field(fieldname), fieldobj)

    def terms(self) -> Iterator[Term]:
        """Yield every term, field by field, in order."""
        return ((field, text) for (field, text), _ in self.items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms from one on."""
        return ((field, text) for field, text, _ in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Yield every term with its statistics."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Yield the terms from one on with their statistics."""
        return (((name, text), self._info(name, term)) for name, text, term in self._from(fieldname, prefix))

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes, int]]:
        for name in self._names:
            if name >= fieldname and (field := self.field(name)):
                first = field.terms.insertion(prefix) if name == fieldname else 0
                yield from ((name, field.terms[term], term) for term in range(first, len(field.terms)))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return a term's statistics. Raises TermNotFound."""
        return self._info(fieldname, self._find(fieldname, text)[1])

    def _info(self, name: str, term: int) -> TermInfo:
        field = self.field(name)
        assert field
        postings = field.postings(term)
        docs, freqs = postings.docs, postings.freqs
        norms = np.zeros(1, np.uint8) if field.norms is None else field.norms[docs]
        shortest, longest = (int(LENGTHS[norms.min()]), int(LENGTHS[norms.max()]))
        return TermInfo(
            float(freqs.sum()), len(docs), shortest, longest, float(freqs.max()), int(docs[0]), int(docs[-1])
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term stands in the segment, 0 if it does not."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many documents a term stands, 0 if in none."""
        field = self.field(fieldname)
        term = field.terms.find(text) if field else -1
        return field.frequency(term) if field and term >= 0 else 0

    def matcher(self, fieldname: str, text: bytes, format_: Whoosh, scorer: Whoosh = None) -> "ArrayMatcher":
        """Return the iterator over a term's postings. Raises TermNotFound."""
        field, term = self._find(fieldname, text)
        return ArrayMatcher(field.postings(term), (fieldname, text), format_, scorer)

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return self._names


class ArrayPerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """The lengths and columns of a segment."""

    def __init__(self, file: ArrayFile, segment: "ArraySegment") -> None:
        self._file = file
        self._segment = segment
        self._totals: dict[str, int] = file.about["totals"]

    @cached_property
    def alive(self) -> Array | None:
        """Of each document, whether it is not deleted; None if none is."""
        if not self._segment.deleted_count():
            return None
        alive = np.ones(self.doc_count_all(), bool)
        alive[list(self._segment.deleted_docs())] = False
        return alive

    def doc_count(self) -> int:
        """Return how many documents are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Return how many documents there are."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Say whether any is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Say whether one is."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        """Return which are."""
        return self._segment.deleted_docs()

    # Columns

    def supports_columns(self) -> bool:
        """Say that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Say whether any document has a value."""
        return f"{fieldname}|numbers" in self._file or f"{fieldname}|ordinals" in self._file

    def strings(self, fieldname: str) -> Strings | None:
        """Return a column of strings, None if no document has a value."""
        return Strings(self._file, fieldname) if f"{fieldname}|ordinals" in self._file else None

    def numbers(self, fieldname: str) -> Array | None:
        """Return a column of numbers, None if no document has a value."""
        return self._file.get(f"{fieldname}|numbers")

    def column_reader(self, fieldname: str, column: Column) -> ArrayColumnReader:
        """Return Whoosh's view of a column."""
        numbers = self.numbers(fieldname)
        values = numbers if numbers is not None else Strings(self._file, fieldname)
        return ArrayColumnReader(values, self.doc_count_all(), column.default_value())

    # Lengths

    def _norms(self, fieldname: str) -> Array | None:
        return self._file.get(f"{fieldname}/norms")

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return a document's length in a field, as Whoosh rounds it."""
        norms = self._norms(fieldname)
        return default if norms is None else int(LENGTHS[norms[docnum]])

    def field_length(self, fieldname: str) -> int:
        """Return the length of a field in all documents, exactly, deleted ones with them."""
        return self._totals.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        """Return the least length."""
        norms = self._norms(fieldname)
        return 0 if norms is None else int(LENGTHS[norms.min(initial=255)])

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length."""
        norms = self._norms(fieldname)
        return 0 if norms is None else int(LENGTHS[norms.max(initial=0)])

    def stored_fields(self, docnum: int) -> dict[str, object]:  # noqa: ARG002 - Whoosh's signature
        """Return nothing: the texts are the library's."""
        return {}


__all__ = ["LENGTHS", "ArrayPerDocumentReader", "ArrayTermsReader", "NearTerms", "SeveralColumn"]
