"""The drafts: what was begun and is no note yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from reader.i18n import _
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.screens.drafting import Place
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from reader.screens.body import Body


class DraftRows(RowList):
    """The drafts, each by its first words."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("drafts", "list", "dialogue")

    def __init__(self, drafts: Mapping[Place, Body]) -> None:
        super().__init__()
        self.nothing = (_("Nothing is begun: what is written and not saved is found here."),)
        self.drafts = list(drafts.items())

    def count(self) -> int:
        """Return how many drafts there are."""
        return len(self.drafts)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a draft's words on a line."""
        comment, tags = self.drafts[index][1]
        text = Text(painted(" ".join((comment or tags).split())) or _("(emptied)"))
        text.truncate(width, overflow="ellipsis")
        return [text]


class Unfinished(Dialogue[Place | None]):
    """Shows the drafts, each with the words of its passage; answers with the place of the one chosen."""

    def __init__(self, drafts: Mapping[Place, Body]) -> None:
        super().__init__()
        self._rows = DraftRows(drafts)

    def compose(self) -> ComposeResult:
        """Lay out the drafts, the passage of the current one, and what to press."""
        with Vertical(classes="dialogue"):
            yield line(_("Drafts: notes begun and not saved"), "dialogue-title")
            yield self._rows
            yield Static(markup=False, id="passage", classes="dialogue-quote short")
            yield line(_("Enter: go on writing   j k: another   Esc: leave"), "dialogue-keys")

    def on_mount(self) -> None:
        """Begin with the latest."""
        self._rows.rows_changed()
        self._rows.focus()
        self._show(0)

    @on(RowList.Passed)
    def _passed(self, event: RowList.Passed) -> None:
        self._show(event.index)

    def _show(self, index: int) -> None:
        passage = self.query_one("#passage", Static)
        passage.display = bool(self._rows.drafts)
        if self._rows.drafts:
            anchor = self._rows.drafts[index][0].anchor
            passage.update(painted(anchor.quote) if anchor else _("on the whole article"))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self._rows.drafts[event.index][0])
