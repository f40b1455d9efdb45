"""The facets: who, where and when the hits are about, to narrow a search with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical

from reader.i18n import _
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from index.engine import FacetCount

_SHOWN = 30
"""Values of one facet that are offered."""


class FacetRows(RowList):
    """The values of every facet under its name, commonest first; each with how many hits have it."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("facets", "list", "dialogue")

    def __init__(self, facets: Mapping[str, Sequence[FacetCount]]) -> None:
        super().__init__()
        self.nothing = (_("nothing to narrow by"),)
        self.entries: list[tuple[str, str, int]] = []
        for name, counts in facets.items():
            if counts:
                self.entries.append((name, "", 0))
                self.entries += [(name, facet.value, facet.count) for facet in counts[:_SHOWN]]

    def count(self) -> int:
        """Return how many rows there are, headings included."""
        return len(self.entries)

    def can_choose(self, index: int) -> bool:
        """Tell whether a row is a value."""
        return bool(self.entries[index][1])

    def row(self, index: int, width: int) -> list[Text]:
        """Return a heading's line, or a value's with its count."""
        name, value, count = self.entries[index]
        if not value:
            return [Text(facet_name(name), self.look("title"))]
        number = str(count)
        text = Text("  " + painted(value))
        text.truncate(max(width - len(number) - 1, 1), overflow="ellipsis", pad=True)
        return [text.append(f" {number}", self.look("dim"))]


class Facets(Dialogue[tuple[str, str, bool] | None]):
    """Asks for a value of a facet; answers with facet, value, and whether to keep it or leave it out."""

    def __init__(self, facets: Mapping[str, Sequence[FacetCount]]) -> None:
        super().__init__()
        self._facets = facets

    def compose(self) -> ComposeResult:
        """Lay out the values and what to press."""
        with Vertical(classes="dialogue tall"):
            yield line(_("Narrow the search"), "dialogue-title")
            yield FacetRows(self._facets)
            yield line(_("Enter: only these   x: without these   Esc: leave"), "dialogue-keys")

    def on_mount(self) -> None:
        """Begin at the first value."""
        self._rows.rows_changed()
        self._rows.focus()

    @property
    def _rows(self) -> FacetRows:
        return self.query_one(FacetRows)

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self._answer(keep=True)

    def do_exclude(self) -> None:
        """Leave out what has the value."""
        self._answer(keep=False)

    def _answer(self, *, keep: bool) -> None:
        if self._rows.count():
            name, value, _count = self._rows.entries[self._rows.current]
            self.dismiss((name, value, keep))


def facet_name(name: str) -> str:
    """Return the name of a facet, in words."""
    return {
        "person": _("People"),
        "org": _("Organisations"),
        "place": _("Places"),
        "event": _("Events"),
        "source": _("Sources"),
        "lang": _("Languages"),
        "month": _("Months"),
        "tag": _("Tags"),
    }[name]
