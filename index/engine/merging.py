"""Which segments are joined when something is committed: few enough to search, little enough to wait for."""

from typing import Final

from whoosh.reading import SegmentReader

from index.engine.untyped import Whoosh

_TIERS: Final = (64, 512)
"""Articles: a segment is of the first tier it is smaller than; larger ones are left alone."""
_FULL: Final = 8
"""Segments of one tier that are joined."""


def merge_bounded(writer: Whoosh, segments: list[Whoosh]) -> list[Whoosh]:
    """Join the segments of a tier that is full into the one being written; return the others.

    Whoosh's own policy rewrites ever larger segments in the middle of a small commit.
    """
    chosen = next((group for tier in _TIERS if len(group := _smaller(segments, tier)) >= _FULL), [])
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in chosen and segment.doc_count()]


def _smaller(segments: list[Whoosh], size: int) -> list[Whoosh]:
    return [segment for segment in segments if segment.doc_count_all() < size]
