"""What is being written in the note editor: held here until the notebook has kept it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from notes import NotebookError
from reader.i18n import _
from reader.render import printed
from reader.screens.body import Body
from reader.translated import translated

if TYPE_CHECKING:
    from index.article import Article
    from notes import Anchor
    from reader.workspace import Workspace


_NOTHING: Final = Body()


@dataclass(frozen=True, slots=True)
class Place:
    """What a draft is kept under: an article, the anchor it was begun with (None for the whole article).

    The id of the note that is edited says it all where there is one: as the notebook has it.
    """

    article: str = field(compare=False)
    anchor: Anchor | None = field(compare=False)
    note: str = field(default="", compare=False)
    key: tuple[object, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Settle which places are the same."""
        object.__setattr__(self, "key", (self.note,) if self.note else (self.article, self.anchor))


class Drafts:
    """The drafts, those of a notebook that could not keep them too: a full disk takes no word that was typed.

    Safe to use from several threads. What reads or writes the notebook raises NotebookError.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._held: dict[Place, Body | None] = {}
        self._changing = threading.Lock()
        self._writing = threading.Lock()

    def find(self, place: Place) -> tuple[Body | None, str]:
        """Return what was last written in a place, and when (ISO 8601, UTC)."""
        kept = self._workspace.notebook.draft(place.article, place.anchor, note=place.note)
        body, saved = (Body(kept.comment, kept.tags), kept.saved) if kept else (None, "")
        with self._changing:
            return self._held.get(place, body), saved

    def begun(self) -> dict[Place, Body]:
        """Return all that is written and no note yet, by where it is kept; the latest first."""
        drafts = self._workspace.notebook.drafts()
        kept = {Place(one.article, one.anchor, one.note): Body(one.comment, one.tags) for one in drafts}
        held = self.held()
        every = held | {place: body for place, body in kept.items() if place not in held}
        return {place: body for place, body in every.items() if body and (place.note or body != _NOTHING)}

    def place_of(self, article: Article, anchor: Anchor) -> Place:
        """Return where a note on a passage is kept that is begun: maybe on the article's text before."""
        places = {
            place.anchor: place
            for place in self.begun()
            if place.anchor and place.article == article.id and not place.note
        }
        begun = self._workspace.placer.begun_at(anchor, places, article)
        return places[begun] if begun else Place(article.id, anchor)

    def held(self) -> dict[Place, Body | None]:
        """Return what is not written down; None where what was there is to be forgotten."""
        with self._changing:
            return dict(self._held)

    def hold(self, place: Place, body: Body | None) -> None:
        """Take what is written, None for nothing new, at once; `keep` writes it down."""
        with self._changing:
            self._held[place] = body

    def keep(self) -> None:
        """Write down all that is held, the latest of each place."""
        with self._writing:
            for place, body in self.held().items():
                self._keep(place, body)
                with self._changing:
                    if self._held.get(place) == body:
                        del self._held[place]

    def _keep(self, place: Place, body: Body | None) -> None:
        notebook = self._workspace.notebook
        if body is None:
            notebook.drop_draft(place.article, place.anchor, note=place.note)
        else:
            notebook.save_draft(
                place.article, place.anchor, comment=body.comment, tags=body.tags, note=place.note
            )

    def last_words(self, patience: float) -> str:
        """Keep what is held within so many seconds; return what to say where that fails, and what is lost."""
        if not self.held():
            return ""
        from sqlite3 import ProgrammingError  # noqa: PLC0415 - as the notebook: not before something is painted

        failed: list[NotebookError] = []

        def keep() -> None:
            try:
                self.keep()
            except NotebookError as error:
                failed.append(error)
            except ProgrammingError:  # the notebook was closed meanwhile: nobody waits any more
                pass

        attempt = threading.Thread(target=keep, name="last words", daemon=True)
        attempt.start()
        attempt.join(patience)
        lost = ["\n".join(body) for body in self.held().values() if body]
        why = translated(str(failed[0])) if failed else _("the notebook has not taken the draft in time")
        said = [why, _("What you were writing could not be kept. It was:"), *lost]
        return printed("\n\n".join(said)) if lost else ""

    def drop(self, place: Place) -> None:
        """Forget what was written in a place: it is a note now."""
        with self._writing:
            with self._changing:
                self._held.pop(place, None)
            self._workspace.notebook.drop_draft(place.article, place.anchor, note=place.note)


class Draft:
    """The draft of one place; `quote` is its passage as it is now, empty for a whole article.

    `before` is what the note has without it. Making one reads the notebook. Raises NotebookError.
    """

    def __init__(self, drafts: Drafts, place: Place, quote: str, before: Body = _NOTHING) -> None:
        self._drafts, self._place, self.quote, self.before = drafts, place, quote, before
        self.begun, self._saved = drafts.find(place)
        self.keep = drafts.keep

    @property
    def is_held(self) -> bool:
        """Whether what was written last is not written down."""
        return self._place in self._drafts.held()

    def is_older_than(self, time: str) -> bool:
        """Tell whether there is a draft, last written before a time (ISO 8601, UTC)."""
        return self.begun is not None and not self.is_held and self._saved < time

    def hold(self, body: Body) -> None:
        """Take what is written, at once; what the note has without it is no draft."""
        self._drafts.hold(self._place, None if body == self.before else body)

    def drop(self) -> None:
        """Forget what was written: it is a note now."""
        self._drafts.drop(self._place)
