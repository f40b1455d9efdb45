"""What the child that adds reports, in words: how far it is, and what it came to."""

from __future__ import annotations

from typing import Any, Final

from index.events import Outcome
from reader.i18n import _, ngettext
from reader.outcomes import outcome_said
from reader.pace import Pace
from reader.translated import translated

_WORTH_TELLING: Final = (Outcome.ADDED, Outcome.UPDATED, Outcome.MOVED, Outcome.GONE, Outcome.DUPLICATE)


class Adding:
    """Follows the reports of `index.adder`, phase by phase: reading, indexing, comparing."""

    def __init__(self) -> None:
        self._phase = ""
        self._pace = Pace()

    def progress(self, report: dict[str, Any]) -> str:
        """Return how far the phase is, how fast it goes and how long it will take."""
        if self._phase != report["event"]:
            self._phase, self._pace = report["event"], Pace()
        done, total = report["done"], report["total"]
        rate = self._pace.rate(report.get("added", done))
        return " · ".join(filter(None, (_how_far(report), rate, self._pace.left(done, total))))


def _how_far(report: dict[str, Any]) -> str:
    done, total = report["done"], report["total"]
    if report["event"] == "indexed":
        return _("indexing {done}/{total}", done=done, total=total)
    if report["event"] == "compared":
        return _("finding versions {done}/{total}", done=done, total=total)
    return ngettext(
        "adding {percent} % · {count} article",
        "adding {percent} % · {count} articles",
        report["added"],
        percent=100 * done // total if total else 100,
    )


def changed(report: dict[str, Any]) -> list[str]:
    """Return in words how many articles came to each outcome that changes something, or would have."""
    return [outcome_said(outcome, report[outcome]) for outcome in _WORTH_TELLING if report[outcome]]


def refused(report: dict[str, Any]) -> list[str]:
    """Return in words how many inputs were rejected, and why the first was; nothing if none was."""
    rejected = report["rejected"]
    if not rejected:
        return []
    first, count = rejected[0], outcome_said(Outcome.REJECTED, len(rejected))
    reason = translated(first["reason"])
    return [_("{refused}: {path} ({reason})", refused=count, path=first["path"], reason=reason)]
