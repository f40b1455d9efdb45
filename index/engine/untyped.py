"""A name for what comes from Whoosh, which has no types: its readers, writers, searchers and queries."""

from typing import Any, TypeAlias

Whoosh: TypeAlias = Any
