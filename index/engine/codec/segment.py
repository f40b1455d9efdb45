"""The codec: what tells Whoosh how segments of arrays are read. Whoosh's own query classes run over it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from whoosh.codec import base

from index.engine.codec.files import ArrayFile
from index.engine.codec.readers import ArrayPerDocumentReader, ArrayTermsReader, NearTerms
from index.engine.untyped import Whoosh

NAME: Final = "MAIN"
EXTENSION: Final = ".arrays"
_SEGMENT_ID: Final = re.compile("[a-z0-9]{16}")


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Reads segments made by `ArrayWriter`, the only one that writes them."""

    length_stats = False

    def terms_reader(self, storage: Whoosh, segment: "ArraySegment") -> ArrayTermsReader:
        """Return the reader of a segment's terms and postings. Raises IndexStale."""
        return ArrayTermsReader(segment.arrays(Path(storage.folder)))

    def per_document_reader(self, storage: Whoosh, segment: "ArraySegment") -> ArrayPerDocumentReader:
        """Return the reader of a segment's lengths and columns. Raises IndexStale."""
        return ArrayPerDocumentReader(segment.arrays(Path(storage.folder)), segment)

    def automata(self, storage: Whoosh, segment: Whoosh) -> NearTerms:  # noqa: ARG002 - Whoosh's signature
        """Return what finds near words."""
        return NearTerms()

    def new_segment(self, storage: Whoosh, indexname: str) -> "ArraySegment":  # noqa: ARG002 - same
        """Return an empty segment."""
        return ArraySegment(indexname)


class ArraySegment(base.Segment):  # type: ignore[misc]  # Whoosh has no types
    """What the table of contents knows of a segment: its size, its checksum, and what is deleted from it."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._doccount = 0
        self._size = 0
        self._checksum = 0
        self._deleted: set[int] = set()

    def saved(self) -> dict[str, object]:
        """Return what the table of contents keeps, for JSON."""
        return {
            "name": self.indexname,
            "id": self.segid,
            "documents": self._doccount,
            "size": self._size,
            "checksum": self._checksum,
            "deleted": sorted(self._deleted),
        }

    @classmethod
    def of(cls, saved: Mapping[str, object]) -> Self:
        """Return the segment that was saved. Raises LookupError, TypeError, ValueError for what is none."""
        name, segid = str(saved["name"]), str(saved["id"])
        if name != NAME or not _SEGMENT_ID.fullmatch(segid):
            raise ValueError("a segment is a file of the index's own folder")
        made = cls(name)
        made.segid = segid
        made.seal(*(_count(saved[key]) for key in ("documents", "size", "checksum")))
        deleted = saved["deleted"]
        if not isinstance(deleted, list):
            raise TypeError("deleted documents are a list")
        made._deleted = {_count(number, made._doccount) for number in deleted}
        return made

    def seal(self, doccount: int, size: int, checksum: int) -> None:
        """Take what the file turned out to be."""
        self._doccount, self._size, self._checksum = doccount, size, checksum

    def arrays(self, folder: Path) -> ArrayFile:
        """Return the segment's file, mapped once. Raises IndexStale, FileNotFoundError."""
        if "_arrays" not in self.__dict__:
            self._arrays = ArrayFile(folder / self.make_filename(EXTENSION), self._size, self._checksum)
        return self._arrays

    def codec(self) -> ArrayCodec:
        """Return what reads it."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Say that one file need not be made one."""
        return False

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones with them."""
        return self._doccount

    def set_doc_count(self, count: int) -> None:
        """Take how many documents there are."""
        self._doccount = count

    def deleted_count(self) -> int:
        """Return how many are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> frozenset[int]:
        """Return which are deleted."""
        return frozenset(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Delete a document, or take that back."""
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Say whether a document is deleted."""
        return docnum in self._deleted


def _count(number: object, bound: int = 2**63) -> int:
    if type(number) is not int or not 0 <= number < bound:
        raise ValueError("not a number of documents or bytes")
    return number
