"""The table of contents without pickle: what is read of it can be nothing but a list of segments."""

import json
from collections.abc import Iterable

from whoosh.filedb.structfile import StructFile

from index.engine.codec.files import NOT_AS_WRITTEN
from index.engine.codec.segment import ArraySegment
from index.errors import IndexStale


class ContentsFile(StructFile):  # type: ignore[misc]  # Whoosh has no types
    """A file of Whoosh's whose pickled part, the list of segments, is JSON instead.

    Whoosh also writes its schema, pickled; nothing reads that, since the index is opened with ours.
    """

    def write_pickle(self, obj: Iterable[ArraySegment], protocol: int = -1) -> None:  # noqa: ARG002 - Whoosh's signature
        """Write the segments."""
        self.write_string(json.dumps([segment.saved() for segment in obj]).encode())

    def read_pickle(self) -> list[ArraySegment]:
        """Read the segments. Raises IndexStale."""
        try:
            return [ArraySegment.of(saved) for saved in json.loads(self.read_string())]
        except NOT_AS_WRITTEN as error:
            self.close()
            message = f"the index's table of contents is damaged: {type(error).__name__}"
            raise IndexStale(message) from error
