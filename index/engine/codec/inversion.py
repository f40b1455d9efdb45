"""Inversion: from documents to the postings of each term, by sorting."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np

from index.engine.codec.files import Array

_RANK: Final = 32
"""Bits under a term's rank, where the number of the token is kept."""
GAP: Final = 100
"""Positions between two runs of text, more than a phrase or a proximity spans."""
_NONE: Final = -1
"""The rank of a word that is not indexed."""

TermsOf = Callable[[str], Mapping[str, str]]
"""Gives, for a language, the term under which each word is indexed."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of an article in a field, as they stand: runs of text, `GAP` positions between them."""

    runs: tuple[Sequence[str], ...]
    lang: str = ""

    def placed(self) -> Iterator[tuple[int, str]]:
        """Yield each word with its position."""
        start = 0
        for run in self.runs:
            yield from enumerate(run, start)
            start += len(run) + GAP


@dataclass(slots=True)
class Part:
    """Postings of a field in some documents, as in `postings`; the documents are to be numbered from `first`.

    `positions` is None for a field without; `lengths`, of each document, None for one not scored.
    """

    terms: Iterable[bytes]
    starts: Array
    docs: Array
    freqs: Array
    positions: Array | None
    lengths: Array | None
    first: int = 0


class Vocabulary(defaultdict[str | bytes, int]):
    """The words of a segment, numbered as they are first met: what they are in each field is told once."""

    def __init__(self) -> None:
        super().__init__(count().__next__)

    def numbers(self, words: Sequence[str] | Sequence[bytes]) -> Array:
        """Return the numbers of some words."""
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))


class FieldBuffer:
    """What was added of one field, document after document, until it is inverted.

    `terms_of` gives, for a language, the term of each word, an empty one for a word that is none;
    without it words are terms.
    """

    def __init__(self, terms_of: TermsOf | None, *, positions: bool, scored: bool) -> None:
        self._terms_of, self._positions, self._scored = terms_of, positions, scored
        self._numbers = array("i")
        self._docs, self._widths, self._starts = array("i"), array("i"), array("i")
        self._langs = Vocabulary()
        self._lang_of_run = array("i")

    def add(self, doc: int, runs: Iterable[Array], lang: str = "") -> None:
        """Take a document's runs of words, by their numbers in the vocabulary."""
        start = 0
        for run in runs:
            self._numbers.frombytes(run.tobytes())
            self._docs.append(doc)
            self._widths.append(len(run))
            self._starts.append(start)
            self._lang_of_run.append(self._langs[lang])
            start += len(run) + GAP

    def inverted(self, vocabulary: Vocabulary, doccount: int) -> Part:
        """Return the postings, sorted by term, document and position."""
        widths = _numbers(self._widths)
        docs = np.repeat(_numbers(self._docs), widths)
        terms, ranks = self._ranked(list(vocabulary), widths)
        indexed = np.flatnonzero(ranks != _NONE)
        order = indexed[_sorted(ranks[indexed])]
        ranks, docs_in_order = ranks[order], docs[order]
        first = np.flatnonzero(_changes(ranks) | _changes(docs_in_order))
        counts = np.bincount(ranks[first], minlength=len(terms))
        return Part(
            terms,
            np.concatenate(([0], np.cumsum(counts))),
            docs_in_order[first],
            np.diff(first, append=len(order)),
            self._placed(widths)[order] if self._positions else None,
            np.bincount(docs[indexed], minlength=doccount) if self._scored else None,
        )

    def _ranked(self, words: list[str | bytes], widths: Array) -> tuple[list[bytes], Array]:
        """Return the terms in order of their bytes, and of each word where its term is among them."""
        numbers, langs = _numbers(self._numbers), np.repeat(_numbers(self._lang_of_run), widths)
        told = [
            self._terms(lang, np.flatnonzero(np.bincount(numbers[langs == code])), words)
            for lang, code in self._langs.items()
        ]
        terms = sorted(set().union(*(terms for _, terms in told)) - {b""})
        rank_of = {b"": _NONE} | {term: rank for rank, term in enumerate(terms)}
        table = np.full((len(told), len(words)), _NONE, np.int64)
        for row, (used, found) in zip(table, told, strict=True):
            row[used] = [rank_of[term] for term in found]
        return terms, table[langs, numbers]

    def _terms(self, lang: str | bytes, used: Array, words: list[str | bytes]) -> tuple[Array, list[bytes]]:
        """Return the words of a language that are used, and the term of each."""
        if self._terms_of is None:
            return used, [bytes(words[number]) for number in used]
        term_of = self._terms_of(str(lang))
        return used, [term_of[str(words[number])].encode() for number in used]

    def _placed(self, widths: Array) -> Array:
        """Return the position of each word in its document."""
        begins = np.cumsum(widths) - widths
        return np.arange(len(self._numbers), dtype=np.int32) - np.repeat(
            (begins - _numbers(self._starts)).astype(np.int32), widths
        )


def _sorted(ranks: Array) -> Array:
    """Return the order of some ranks; equals stay in theirs."""
    return np.sort(ranks << _RANK | np.arange(len(ranks))) & ((1 << _RANK) - 1)


def _changes(values: Array) -> Array:
    """Return which of some values differ from the one before, the first with them."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _numbers(values: Iterable[int]) -> Array:
    return np.array(values, np.int32)
