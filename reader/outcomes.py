"""The names of outcomes, and of what was undone, in the program's language."""

from index.events import Outcome
from notes import Undone
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


def step_name(step: Undone) -> str:
    """Return in words which step of the notebook's was undone or done again."""
    count = len(step.note_ids)
    name = {
        "add": _("new note") if count == 1 else _("new notes: {count}", count=count),
        "remove": _("note deleted") if count == 1 else _("notes deleted: {count}", count=count),
        "revise": _("note changed") if count == 1 else _("notes changed: {count}", count=count),
        "retag": _("tags of notes: {count}", count=count),
        "place": _("places of notes: {count}", count=count),
        "describe": _("description of a tag"),
        "import": _("notes taken in: {count}", count=count),
    }
    return name.get(step.kind, "")
