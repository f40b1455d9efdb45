"""Which segments are joined when something is committed: few enough to search, little enough to wait for.

Tiered, as Lucene's: segments of like size are joined eight at a time, so each article is
rewritten once for each tier it climbs. A commit of a few articles joins no more than it can
do while the user waits; larger ones are joined by larger commits.
"""

from collections import defaultdict
from typing import Final

from whoosh.reading import SegmentReader

from index.engine.untyped import Whoosh

_FULL: Final = 8
"""Segments of one tier that are joined."""
_AT_ONCE: Final = 1_024
"""Articles that a commit may rewrite however few it adds, and"""
_FOR_EACH: Final = 8
"""that it may rewrite for each that it adds."""
_LARGEST: Final = 65_536
"""Articles beyond which a segment is not joined again: document numbers take two bytes up to here."""


def merge_bounded(writer: Whoosh, segments: list[Whoosh]) -> list[Whoosh]:
    """Join the segments of a tier that is full into the one being written; return the others.

    Whoosh's own policy rewrites ever larger segments in the middle of a small commit.
    Raises IndexStale for a segment that is not as it was written.
    """
    segments = [segment for segment in segments if segment.doc_count()]
    chosen = _chosen(segments, max(_AT_ONCE, _FOR_EACH * writer.added))
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        reader._terms.file.verify()  # noqa: SLF001 - or damage would be given a checksum that fits
        writer.add_reader(reader)
    return [segment for segment in segments if segment not in chosen]


def _chosen(segments: list[Whoosh], budget: int) -> list[Whoosh]:
    tiers = defaultdict(list)
    for segment in segments:
        tiers[_tier(segment.doc_count())].append(segment)
    limit = min(budget, _LARGEST)
    for _, tier in sorted(tiers.items()):
        if len(tier) >= _FULL and sum(segment.doc_count() for segment in tier) <= limit:
            return tier
    return [s for s in segments if 2 * s.deleted_count() > s.doc_count_all() and s.doc_count() <= budget][:1]


def _tier(size: int) -> int:
    """Return which power of eight a size is."""
    return (size.bit_length() - 1) // 3
