"""The writer: Whoosh's lock, table of contents and merge policies around segments of arrays."""

from itertools import repeat
from pathlib import Path
from typing import Final

import numpy as np
from whoosh import columns
from whoosh.index import TOC, LockError, clean_files
from whoosh.util.filelock import try_for
from whoosh.writing import SegmentWriter

from index.engine.codec.columns import SeveralColumn, write_numbers, write_several, write_strings
from index.engine.codec.files import Array, ArrayFileWriter
from index.engine.codec.inversion import FieldBuffer, Part, Tokens, Vocabulary
from index.engine.codec.merge import part_of, write_joined
from index.engine.codec.segment import EXTENSION, ArrayCodec
from index.engine.untyped import Whoosh
from index.regular import made

_DELAY: Final = 0.05


class ArrayWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Adds documents and deletes them; nothing is seen of either before `commit`.

    Fields may be indexed with `Existence`, `Frequency` or `Positions`, and have columns of
    numbers or strings. Boosts, vectors and stored fields are refused: nothing here has them.
    Raises LockError where another holds the lock for longer than `timeout` seconds.
    """

    def __init__(self, index: Whoosh, timeout: float = 0.0) -> None:
        self.writelock = index.lock("WRITELOCK")
        if not try_for(self.writelock.acquire, timeout=timeout, delay=_DELAY):
            raise LockError
        self.is_closed = False
        try:
            self._begin(index)
        except BaseException:
            self.writelock.release()
            raise

    def _begin(self, index: Whoosh) -> None:
        info = index._read_toc()  # noqa: SLF001 - as Whoosh's own writer
        self.codec = ArrayCodec()
        self.storage, self.indexname = index.storage, index.indexname
        self.generation, self.schema, self.segments = info.generation + 1, info.schema, info.segments
        self.newsegment = self.codec.new_segment(self.storage, self.indexname)
        self.docnum = self.docbase = 0
        self._setup_doc_offsets()
        self.merge, self.optimize, self.mergetype = True, False, None
        self._searcher = None
        self._vocabulary = Vocabulary()
        self._buffers: dict[str, FieldBuffer] = {}
        self._columns: dict[str, dict[int, Whoosh]] = {}
        self._merged: list[Whoosh] = []

    @property
    def added(self) -> int:
        """How many documents were added."""
        return int(self.docnum)

    def add_document(self, **fields: Whoosh) -> None:
        """Add a document: the words of its texts as `Tokens`, else what the field takes."""
        runs: dict[int, Array] = {}
        for name, value in fields.items():
            if not name.startswith("_") and value is not None:
                self._add_field(name, value, runs)
                self._add_column(name, fields.get(f"_stored_{name}", value))
        self.docnum += 1

    def _add_field(self, name: str, value: Whoosh, runs: dict[int, Array]) -> None:
        """Add a field; `runs` are the numbers of the words of runs, which several fields may share."""
        field = self.schema[name]
        if field.stored or field.vector:
            raise NotImplementedError(f"{name}: stored fields and vectors")
        buffer = self._buffer(name, field)
        if isinstance(value, Tokens):
            for run in value.runs:
                if id(run) not in runs:
                    runs[id(run)] = self._vocabulary.numbers(run)
            buffer.add(self.docnum, [runs[id(run)] for run in value.runs], value.lang)
        else:
            buffer.add(self.docnum, [self._vocabulary.numbers(_terms(field, value))])

    def _add_column(self, name: str, value: Whoosh) -> None:
        field = self.schema[name]
        if field.column_type:
            self._columns.setdefault(name, {})[self.docnum] = field.to_column_value(value)

    def _buffer(self, name: str, field: Whoosh) -> FieldBuffer:
        if name not in self._buffers:
            positions = field.format.supports("positions")
            self._buffers[name] = FieldBuffer(
                getattr(field, "terms_of", None), positions=positions, scored=field.scorable
            )
        return self._buffers[name]

    def add_reader(self, reader: Whoosh) -> None:
        """Take in a segment, when this one is written: its reader may be closed, its file may not go."""
        self._merged.append(reader)

    # Committing

    def commit(self, mergetype: Whoosh, optimize: Whoosh = None, merge: Whoosh = None) -> None:
        """Write the segment, if it holds anything, and then the table of contents. Raises OSError."""
        kept = self._merge_segments(mergetype, optimize, merge)
        if self.docnum or any(reader.doc_count() for reader in self._merged):
            kept = [*kept, self._written()]
        self._commit_toc(kept)
        self._finish()

    def cancel(self) -> None:
        """Forget what was added and deleted, unless a table of contents tells of it. Raises OSError."""
        folder = Path(self.storage.folder)
        # A commit may fail after its rename, when the disk is to take the folder: then it is done.
        if not (folder / TOC._filename(self.indexname, self.generation)).exists():  # noqa: SLF001 - it tells no other way
            (folder / self.newsegment.make_filename(EXTENSION)).unlink(missing_ok=True)
        self._finish()

    def _finish(self) -> None:
        if self._searcher is not None:
            self._searcher._orig_close()  # noqa: SLF001 - as Whoosh's own writer
            self._searcher = None
        self._vocabulary, self._buffers, self._columns, self._merged = Vocabulary(), {}, {}, []
        self.is_closed = True
        self.writelock.release()

    def _commit_toc(self, segments: list[Whoosh]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        clean_files(self.storage, self.indexname, self.generation, segments)

    def _written(self) -> Whoosh:
        doccount = self.docnum + sum(reader.doc_count() for reader in self._merged)
        path = Path(self.storage.folder) / self.newsegment.make_filename(EXTENSION)
        with made(path) as raw:
            file = ArrayFileWriter(raw)
            names, totals = self._write_fields(file, doccount)
            self._write_columns(file, doccount)
            size, checksum = file.finish({"fields": names, "totals": totals})
        self.newsegment.seal(doccount, size, checksum)
        return self.newsegment

    def _write_fields(self, file: ArrayFileWriter, doccount: int) -> tuple[list[str], dict[str, int]]:
        present = set(self._buffers).union(*(r.indexed_field_names() for r in self._merged))
        names, totals = [], {}
        for name in sorted(present.intersection(self.schema.names())):
            parts = self._parts(name)
            lengths = self._lengths(parts) if self.schema[name].scorable else None
            if write_joined(file, name, [p for _, p in parts if p is not None], lengths, doccount):
                names.append(name)
                totals[name] = int(lengths.sum()) if lengths is not None else 0
            self._buffers.pop(name, None)
        return names, totals

    def _parts(self, name: str) -> list[tuple[int, Part | None]]:
        """Return of what was added and of each merged segment how many documents it has, and its postings."""
        buffer = self._buffers.get(name)
        parts = [(self.docnum, buffer.inverted(self._vocabulary, self.docnum) if buffer else None)]
        first = self.docnum
        for reader in self._merged:
            field = reader._terms.field(name)  # noqa: SLF001 - Whoosh keeps the codec's readers there
            alive = reader._perdoc.alive  # noqa: SLF001 - same
            parts.append((reader.doc_count(), part_of(field, alive, first) if field else None))
            first += reader.doc_count()
        return parts

    @staticmethod
    def _lengths(parts: list[tuple[int, Part | None]]) -> Array:
        none = np.zeros(0, np.int64)
        return np.concatenate(
            [
                part.lengths if part and part.lengths is not None else np.zeros(count, np.int64)
                for count, part in parts
            ]
            or [none]
        )

    def _write_columns(self, file: ArrayFileWriter, doccount: int) -> None:
        for name, field in self.schema.items():
            if field.column_type and (values := self._column(name)):
                _write_column(file, name, field.column_type, values, doccount)

    def _column(self, name: str) -> dict[int, Whoosh]:
        """Return the values of a column by document."""
        values = dict(self._columns.get(name, {}))
        first = self.docnum
        for reader in self._merged:
            if reader.has_column(name):
                column = reader.column_reader(name, translate=False)
                values.update((first + n, column[doc]) for n, doc in enumerate(reader.all_doc_ids()))
            first += reader.doc_count()
        return values


def _terms(field: Whoosh, value: Whoosh) -> list[bytes]:
    """Return what a field of Whoosh's own makes of a value, as often as it counts it."""
    return [term for text, freq, _, _ in field.index(value) for term in repeat(text, freq)]


def _write_column(
    file: ArrayFileWriter, name: str, column: Whoosh, values: dict[int, Whoosh], doccount: int
) -> None:
    default = column.default_value()
    whole = [values.get(document, default) for document in range(doccount)]
    if isinstance(column, columns.NumericColumn):
        write_numbers(file, name, np.array(whole, np.dtype(column._typecode)))  # noqa: SLF001 - it tells no other way
    elif isinstance(column, SeveralColumn):
        write_several(file, name, whole)
    else:
        write_strings(file, name, whole)
