"""Where a note's passage is now: what was quoted, what stands there, and the choice of another place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from index.errors import LibraryError
from notes import NotebookError, State
from reader.i18n import _
from reader.placing import Offer, told
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.text.diff import word_diff
from reader.widgets.keyed import Obeys
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import ComposeResult

    from index.article import Span
    from notes import Note
    from reader.screens.main import MainScreen


class OfferRows(RowList):
    """The places where a passage may be, each by its words."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("places", "list", "dialogue")

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer
        self.nothing = (
            _("Nothing like it stands in the article now") if offer.article else _("The article is gone"),
        )

    def count(self) -> int:
        """Return how many places there are."""
        return len(self._offer.spans)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a place's words on a line."""
        words = " ".join(self._offer.words(self._offer.spans[index]).split())
        text = Text(f"{index + 1}  {painted(words)}")
        text.truncate(width, overflow="ellipsis")
        return [text]


class Placing(Dialogue["Span | None"]):
    """Shows what was quoted with what differs at each place; answers with the place chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"diff--gone", "diff--new"}

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer

    def compose(self) -> ComposeResult:
        """Lay out the note's state, the places, the difference at the current one, and what to press."""
        note = self._offer.note
        with Vertical(classes="dialogue tall"):
            yield line(_titles()[note.state], "dialogue-title")
            yield line(painted(f"« {note.quote} »"), "dialogue-quote")
            yield OfferRows(self._offer)
            yield Static(id="difference", markup=False)
            yield line(_("Enter: it is this   j k: another place   Esc: leave it"), "dialogue-keys")

    def on_mount(self) -> None:
        """Begin with the likeliest place."""
        rows = self.query_one(OfferRows)
        rows.rows_changed()
        rows.focus()
        self._compare(0)

    @on(RowList.Passed)
    def _passed(self, event: RowList.Passed) -> None:
        self._compare(event.index)

    def _compare(self, index: int) -> None:
        """Show what differs between the quote and what stands at a place."""
        text = Text()
        if self._offer.spans:
            looks: dict[str, Style] = {
                kind: self.get_component_rich_style(f"diff--{kind}", partial=True) for kind in ("gone", "new")
            }
            for kind, words in word_diff(self._offer.note.quote, self._offer.words(self._offer.spans[index])):
                brackets = {"gone": "[-{}-]", "new": "{{+{}+}}"}.get(kind, "{}")
                text.append(brackets.format(painted(words)), looks.get(kind, ""))
        self.query_one("#difference", Static).update(text)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self._offer.spans[event.index])


def _titles() -> dict[State, str]:
    return {
        State.EXACT: _("The passage stands where it stood"),
        State.MOVED: _("The passage stands elsewhere"),
        State.CHANGED: _("The passage has other words now"),
        State.AMBIGUOUS: _("The passage may be one of several"),
        State.ORPHAN: _("The passage was not found"),
    }


class Places(Obeys):
    """Has notes placed again after their articles changed, and asks where those in doubt belong."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def place_all(self) -> None:
        """Place every note again in a thread, and say what became of them."""

        def write() -> str | None:
            counts = self.screen.workspace.placer.place_all()
            return told(counts) if counts else None

        self.screen.annotating.write(write)

    def do_place_note(self) -> None:
        """Ask where the note chosen in the side pane belongs."""
        if (chosen := self.screen.side.chosen) and chosen.note:
            self.ask(chosen.note)

    def ask(self, note: Note) -> None:
        """Ask where a note belongs."""
        if note.anchor is None:
            self.screen.say(_("The note is on the whole article"))
        else:
            self.screen.ask(self._ask(note))

    async def _ask(self, note: Note) -> None:
        placer = self.screen.workspace.placer
        try:
            offer = await asyncio.to_thread(placer.offer, note)
        except (NotebookError, LibraryError) as error:
            self.screen.alarm(str(error))
            return
        span = await self.screen.app.push_screen_wait(Placing(offer))
        if span:
            self.screen.annotating.write(lambda: self._put(offer, span))

    def _put(self, offer: Offer, span: Span) -> str:
        self.screen.workspace.placer.put(offer, span)
        if offer.note.state is State.EXACT:
            return ""
        return _("The note is placed: u takes it back")
