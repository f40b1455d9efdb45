"""The names of outcomes in the program's language."""

from index.events import Outcome
from reader.i18n import _


def outcome_name(outcome: Outcome) -> str:
    """Return an outcome as a word to stand after a count."""
    return {
        Outcome.ADDED: _("added"),
        Outcome.UPDATED: _("updated"),
        Outcome.MOVED: _("moved"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.DUPLICATE: _("duplicates"),
        Outcome.GONE: _("gone"),
        Outcome.REJECTED: _("rejected"),
    }[outcome]
