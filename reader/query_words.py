"""What is said of queries, in the user's language: what is wrong with one, what would find something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.render import painted

if TYPE_CHECKING:
    from index.query import QueryError
    from reader.rescue import Offer


def misunderstanding(error: QueryError) -> str:
    """Return what is wrong with a query."""
    return painted(_(error.template, **error.values))


def offer_said(offer: Offer) -> str:
    """Return what an offer does to the query."""
    clause = painted(offer.clause)
    return {
        "spelled": _("instead of {clause}", clause=clause),
        "alias": _("{clause} under all of its names", clause=clause),
        "forms": _("{clause} in any form and order", clause=clause),
        "without": _("without {clause}", clause=clause),
        "any": _("any of the words"),
    }[offer.kind.value]
