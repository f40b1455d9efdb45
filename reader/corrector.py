"""Correcting entities, and undoing: the log of corrections and the notebook as one history."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from index.article import EntityType
from index.entities import gazetteer
from index.entities.corrections import Correction, Kind
from index.entities.log import CorrectionLog
from index.entities.settle import settle_all, settle_article
from reader.i18n import _
from reader.naming import type_name

if TYPE_CHECKING:
    from index.library import Library
    from reader.paths import Places


class Corrector:
    """Keeps what the analyst says of entities and lays it over the library."""

    def __init__(self, places: Places, library: Library) -> None:
        self.log = CorrectionLog(places.corrections)
        self._library = library
        self._names = places.gazetteer

    def keep(self, *corrections: Correction, shown: str = "") -> None:
        """Keep corrections on the disk, then show them in the article `shown`, if one is.

        The other articles follow by `settle`. Raises LibraryError.
        """
        self.log.append(*corrections)
        self.show_in(shown)

    def show_in(self, article_id: str) -> None:
        """Lay the corrections over one article now. Raises LibraryError."""
        if article_id:
            settle_article(self._library, self.log, article_id)

    def settle(self) -> Iterator[tuple[str, ...]]:
        """Lay the corrections over the collection, yielding the articles that change. Raises LibraryError."""
        yield from settle_all(self._library, self.log, partial(gazetteer.load_leniently, self._names))

    @staticmethod
    def described(one: Correction) -> str:
        """Return a correction in words."""
        return described(one)

    def last(self) -> Correction | None:
        """Return the last correction that holds. Raises LibraryError."""
        return next(reversed(self.log.in_force()), None)


def described(one: Correction) -> str:
    """Return a correction in words."""
    said = {
        Kind.WRONG: _("“{name}” is no name", name=one.name),
        Kind.TYPE: _("“{name}” is of type {to}", name=one.name, to=_type(one.to)),
        Kind.SPAN: _("“{name}” is to be “{to}”", name=one.name, to=one.to),
        Kind.SAME: _("“{name}” is also “{to}”", name=one.name, to=one.to),
        Kind.APART: _("“{name}” is not “{to}”", name=one.name, to=one.to),
        Kind.RIGHT: _("“{name}” is right", name=one.name),
        Kind.ADD: _("“{name}” is a name, of type {to}", name=one.name, to=_type(one.to)),
    }[one.kind]
    return f"{said} ({one.article})" if one.article else said


def _type(said: str) -> str:
    return type_name(EntityType(said)) if said in set(EntityType) else said
