"""What is being written in the note editor: held here until the notebook has kept it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notes import NotebookError
from reader.i18n import _
from reader.screens.body import Body

if TYPE_CHECKING:
    from notes import Anchor
    from reader.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft belongs: an article, its passage unless `anchor` is None, the id of the note edited."""

    article: str
    anchor: Anchor | None
    note: str = ""

    @property
    def span(self) -> tuple[int, int] | tuple[()]:
        """Start and end of the passage."""
        return (self.anchor.start, self.anchor.end) if self.anchor else ()


class Drafts:
    """The drafts, those of a notebook that could not keep them too: a full disk takes no word that was typed.

    Safe to use from several threads. What reads or writes the notebook raises NotebookError.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._held: dict[Place, Body] = {}
        self._changing = threading.Lock()
        self._writing = threading.Lock()

    def find(self, place: Place) -> tuple[Body | None, str]:
        """Return what was last written in a place, and when (ISO 8601, UTC)."""
        kept = self._workspace.notebook.draft(place.article, *place.span, note=place.note)
        body, saved = (Body(kept.comment, kept.tags), kept.saved) if kept else (None, "")
        with self._changing:
            return self._held.get(place, body), saved

    def held(self) -> dict[Place, Body]:
        """Return what is not written down."""
        with self._changing:
            return dict(self._held)

    def hold(self, place: Place, body: Body) -> None:
        """Take what is written, at once; `keep` writes it down."""
        with self._changing:
            self._held[place] = body

    def keep(self, patience: float = -1) -> None:
        """Write down all that is held, the latest of each place.

        `patience` is for how many seconds to wait for another thread that is at it; without end if negative.
        """
        if not self._writing.acquire(timeout=patience):
            raise NotebookError(_("the notebook has not taken the draft in time"))
        try:
            for place, body in self.held().items():
                self._workspace.notebook.save_draft(
                    place.article, place.anchor, comment=body.comment, tags=body.tags, note=place.note
                )
                with self._changing:
                    if self._held.get(place) == body:
                        del self._held[place]
        finally:
            self._writing.release()

    def drop(self, place: Place) -> None:
        """Forget what was written in a place: it is a note now."""
        with self._writing:
            with self._changing:
                self._held.pop(place, None)
            self._workspace.notebook.drop_draft(place.article, *place.span, note=place.note)


class Draft:
    """The draft of one place. Making one reads the notebook. Raises NotebookError."""

    def __init__(self, drafts: Drafts, place: Place) -> None:
        self._drafts, self._place = drafts, place
        self.begun, self._saved = drafts.find(place)
        self.keep = drafts.keep

    @property
    def quote(self) -> str:
        """The passage's words; empty for a whole article."""
        return self._place.anchor.quote if self._place.anchor else ""

    @property
    def is_held(self) -> bool:
        """Whether what was written last is not written down."""
        return self._place in self._drafts.held()

    def is_older_than(self, time: str) -> bool:
        """Tell whether there is a draft, last written before a time (ISO 8601, UTC)."""
        return self.begun is not None and not self.is_held and self._saved < time

    def hold(self, body: Body) -> None:
        """Take what is written, at once."""
        self._drafts.hold(self._place, body)

    def drop(self) -> None:
        """Forget what was written: it is a note now."""
        self._drafts.drop(self._place)
