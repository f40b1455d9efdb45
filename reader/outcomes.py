"""Outcomes and steps undone in words, in the program's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.events import Outcome
from reader.i18n import _, ngettext

if TYPE_CHECKING:
    from notes import Undone


def outcome_said(outcome: Outcome, count: int) -> str:
    """Return in words to how many articles an outcome came."""
    return {
        Outcome.ADDED: ngettext("1 added", "{count} added", count),
        Outcome.UPDATED: ngettext("1 updated", "{count} updated", count),
        Outcome.MOVED: ngettext("1 moved", "{count} moved", count),
        Outcome.UNCHANGED: ngettext("1 unchanged", "{count} unchanged", count),
        Outcome.DUPLICATE: ngettext("1 duplicate", "{count} duplicates", count),
        Outcome.GONE: ngettext("1 gone", "{count} gone", count),
        Outcome.REJECTED: ngettext("1 rejected", "{count} rejected", count),
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
