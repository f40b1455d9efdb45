"""The commands that read files: add, sync."""

import time
from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.cli.failures import DONE, REJECTED, complain
from reader.cli.output import print_json, progress, workspace
from reader.i18n import _
from reader.outcomes import outcome_name
from reader.workspace import Workspace

if TYPE_CHECKING:
    from index.events import Event, Summary


def add(options: Namespace) -> int:
    """Add files and folders; 3 if some were rejected."""
    with workspace(options) as space:
        return _finished(ingested(space, space.collection.add(options.paths), options), options)


def sync(options: Namespace) -> int:
    """Look at what was added again; 3 if some of it was rejected."""
    with workspace(options) as space:
        return _finished(ingested(space, space.collection.sync(), options), options)


def _finished(summary: "Summary", options: Namespace) -> int:
    if options.json:
        print_json(summary.to_json())
    return REJECTED if summary.rejected else DONE


def ingested(space: Workspace, events: "Iterable[Event]", options: Namespace) -> "Summary":
    """Follow an ingest under a progress bar, index what it brought, tell and return what happened."""
    from index.events import Summary  # noqa: PLC0415 - only adding reads files

    summary = Summary()
    started = time.perf_counter()
    with progress(options) as bars:
        task = bars.add_task(_("reading"), total=None, rate="")
        for event in events:
            summary.note(event)
            rate = _rate(summary, time.perf_counter() - started)
            bars.update(task, completed=event.done, total=max(event.total, 1), rate=rate)
        indexing = bars.add_task(_("indexing"), total=None, rate="")
        for step in space.collection.settle():
            bars.update(indexing, completed=step.done, total=step.total)
        comparing = bars.add_task(_("finding versions"), total=None, rate="")
        for compared in space.collection.compare():
            bars.update(comparing, completed=compared.done, total=compared.total)
    _tell(summary)
    return summary


def _rate(summary: "Summary", seconds: float) -> str:
    count = sum(summary.counts.values())
    return _("{count} articles, {rate}/s", count=count, rate=round(count / max(seconds, 0.001)))


def _tell(summary: "Summary") -> None:
    said = [f"{count} {outcome_name(outcome)}" for outcome, count in summary.counts.items() if count]
    complain(", ".join(said) or _("nothing to add there"))
    for path, reason in summary.rejected:
        complain(f"  {path}: {reason}")
