"""A note, and the record of it that scripts and other programs read."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from notes.anchor import Anchor
from notes.state import State

MAX_TEXT: Final = 1_000_000
"""Characters of a quote or a comment."""
MAX_FIELD: Final = 10_000
"""Characters of each part of a source."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is needed to cite an article when the library is not at hand; unknown parts are empty.

    `date` is ISO 8601; `source` is who published it; `path` is the file it was read from.
    """

    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A comment and tags on a passage, or on a whole article where `anchor` is None.

    `revision` names the text the note was made on. `created` and `modified` are
    ISO 8601, UTC, to the second.
    """

    id: str
    article: str
    revision: str
    source: Source
    anchor: Anchor | None
    comment: str
    tags: tuple[str, ...]
    created: str
    modified: str
    state: State = State.EXACT

    @property
    def quote(self) -> str:
        """The passage's words; empty for a whole article."""
        return self.anchor.quote if self.anchor else ""

    @property
    def position(self) -> tuple[str, str, str, int, int, str, str]:
        """What notes are listed by: article by article, each in text order, whole-article notes first."""
        start, end = (self.anchor.start, self.anchor.end) if self.anchor else (-1, -1)
        return (self.source.date, self.source.title, self.article, start, end, self.created, self.id)

    def to_json(self) -> dict[str, Any]:
        """Return the NOTE record of the contract (design, 1.3)."""
        anchor = self.anchor
        return {
            "id": self.id,
            "article": self.article,
            "revision": self.revision,
            "start": anchor.start if anchor else None,
            "end": anchor.end if anchor else None,
            "quote": self.quote,
            "prefix": anchor.prefix if anchor else "",
            "suffix": anchor.suffix if anchor else "",
            "comment": self.comment,
            "tags": list(self.tags),
            "created": self.created,
            "modified": self.modified,
            "state": str(self.state),
            "source": asdict(self.source),
        }
