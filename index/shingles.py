"""How much of one text stands in another: sets of word shingles, and a sample of each small enough to keep.

Broder, *On the resemblance and containment of documents* (1997). The sample is his
`mod m` sketch: unlike one of minima it also finds a brief inside a long article.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from index.language import folded, words

RATE: Final = 8
"""One shingle in this many is in the sample."""
FEWEST: Final = 32
"""Shingles a text must have to be a version of anything: of a shorter one nobody could say."""
ENOUGH: Final = 0.4
"""The part of the shorter text that makes two texts versions of one; docs/collection.md has the figures."""

Shingles = frozenset[int]
"""Hashes of four words in a row, of 63 bits: SQLite's integers are signed."""

_MASK: Final = (1 << 63) - 1
_FACTOR: Final = 0x9E3779B97F4A7C15


@lru_cache(1 << 15)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(folded(word).encode(), digest_size=8).digest(), "big")


def shingles(text: str) -> Shingles:
    """Return the shingles of a text, its words taken without case, accents and elision."""
    n = list(map(_number, words(text)))
    runs = zip(n, n[1:], n[2:], n[3:], strict=False)
    return frozenset(((((a * _FACTOR) + b) * _FACTOR + c) * _FACTOR + d) & _MASK for a, b, c, d in runs)


def sample(of: Shingles) -> Shingles:
    """Return the shingles by which a text is looked for, the same in every text that has them."""
    return frozenset(one for one in of if one % RATE == 0) if len(of) >= FEWEST else frozenset()


def containment(one: Shingles, other: Shingles) -> float:
    """Return the part of the smaller set that is in the larger, 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def are_versions(one: Shingles, other: Shingles) -> bool:
    """Tell whether two texts are versions of one, or the shorter is an extract of the longer."""
    return min(len(one), len(other)) >= FEWEST and containment(one, other) >= ENOUGH
