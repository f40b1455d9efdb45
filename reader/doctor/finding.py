"""What the doctor says: one thing about one store, in plain words, with what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is. Only `BAD` makes the doctor's exit code 1."""

    FINE = "fine"
    NOTICE = "notice"
    """Worth knowing; the program puts it right by itself, or it is a matter of taste."""
    WARNING = "warning"
    """Nothing is lost, but something could be, or could be seen by others."""
    BAD = "bad"
    """Something is damaged or cannot be used."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about a store, and what to do; a repair that can be made is made by `mend`."""

    store: str
    level: Level
    said: str
    remedy: str = ""
    mend: Callable[[], "Iterator[Finding]"] | None = None
    """Puts it right and tells what is so then; None where nothing can be put right here."""

    def to_json(self) -> dict[str, object]:
        """Return what a program may want to know of it."""
        return {"store": self.store, "level": self.level.value, "said": self.said, "remedy": self.remedy}
