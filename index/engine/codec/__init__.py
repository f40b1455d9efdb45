"""A Whoosh codec whose segments are arrays, mapped into memory: see docs/engine.md."""

from index.engine.codec.columns import SEPARATOR, SeveralColumn
from index.engine.codec.inversion import Tokens
from index.engine.codec.segment import ArrayCodec, ArraySegment
from index.engine.codec.writer import ArrayWriter

__all__ = ["SEPARATOR", "ArrayCodec", "ArraySegment", "ArrayWriter", "SeveralColumn", "Tokens"]
