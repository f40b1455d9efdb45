"""The commands that read files: add, sync."""

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.cli.failures import DONE, REJECTED, complain
from reader.cli.output import print_json, progress, workspace
from reader.i18n import _, ngettext
from reader.outcomes import outcome_said
from reader.pace import Pace
from reader.placing import told
from reader.translated import translated
from reader.workspace import Workspace

if TYPE_CHECKING:
    from rich.progress import Progress

    from index.collection import Compared, Indexed
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
    """Follow an ingest under a progress bar, index what it brought, tell and return what happened.

    Interrupted, it tells what has been done until then and passes the interruption on.
    """
    from index.events import Summary  # noqa: PLC0415 - only adding reads files

    summary = Summary()
    try:
        with progress(options) as bars:
            _read(bars, events, summary)
            _follow(bars, _("indexing"), space.collection.settle())
            _follow(bars, _("finding versions"), space.collection.compare())
    except KeyboardInterrupt:
        _tell(summary)
        if options.json:
            print_json(summary.to_json())
        raise
    _tell(summary)
    if notes := told(space.placer.place_all()):
        complain(notes)
    return summary


def _read(bars: "Progress", events: "Iterable[Event]", summary: "Summary") -> None:
    pace = Pace()
    task = bars.add_task(_("reading"), total=None, rate="")
    for event in events:
        summary.note(event)
        count = sum(summary.counts.values())
        bars.update(task, completed=event.done, total=max(event.total, 1), rate=_speed(pace, count))


def _follow(bars: "Progress", title: str, steps: "Iterable[Indexed | Compared]") -> None:
    pace = Pace()
    task = bars.add_task(title, total=None, rate="")
    for step in steps:
        bars.update(task, completed=step.done, total=step.total, rate=_speed(pace, step.done))


def _speed(pace: Pace, count: int) -> str:
    return " · ".join(
        filter(None, (ngettext("{count} article", "{count} articles", count), pace.rate(count)))
    )


def _tell(summary: "Summary") -> None:
    said = [outcome_said(outcome, count) for outcome, count in summary.counts.items() if count]
    complain(", ".join(said) or _("nothing to add there"))
    for path, reason in summary.rejected:
        complain("  " + _("{path}: {reason}", path=path, reason=translated(reason)))
