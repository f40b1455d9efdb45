"""What an ingest tells as it goes, and what it all came to."""

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one input; the values are the contract's words."""

    ADDED = "added"
    UPDATED = "updated"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicates"
    GONE = "gone"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, and how far the run is: `done` and `total` in bytes of input."""

    outcome: Outcome
    path: str
    done: int
    total: int
    count: int = 1
    article: str = ""
    reason: str = ""


@dataclass(slots=True)
class Summary:
    """What a run did: counts by outcome, and each rejected input with its reason."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    rejected: list[tuple[str, str]] = field(default_factory=list)

    def note(self, event: Event) -> None:
        """Take an event into account."""
        self.counts[event.outcome] += event.count
        if event.outcome is Outcome.REJECTED:
            self.rejected.append((event.path, event.reason))

    def to_json(self) -> dict[str, object]:
        """Return the contract's `add` and `sync` fields, without the version."""
        counts = {o.value: n for o, n in self.counts.items() if o is not Outcome.REJECTED}
        return {**counts, "rejected": [{"path": path, "reason": reason} for path, reason in self.rejected]}
