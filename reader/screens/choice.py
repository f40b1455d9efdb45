"""A dialogue to choose one thing: type to filter, Enter to choose; what is typed may be new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from index.article import fold
from reader.i18n import _
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.widgets.field import Field
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

_SHOWN = 200


class _Rows(RowList, can_focus=False):
    """What can be chosen: values with a remark each."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[tuple[str, str]] = []

    def count(self) -> int:
        """Return how many choices there are."""
        return len(self.choices)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a choice's line."""
        name, remark = self.choices[index]
        text = Text(painted(name))
        text.truncate(max(width - len(remark) - 1, 1), overflow="ellipsis", pad=True)
        return [text.append(f" {remark}", self.look("dim"))]


class _Filter(Field):
    """The filter; the arrows move in the list under it."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("picker", "dialogue")


class Choice(Dialogue[str | None]):
    """Asks for one of `choices` (value, remark), in order; `new` is the remark of one not among them."""

    def __init__(self, title: str, quote: str, choices: Sequence[tuple[str, str]], new: str = "") -> None:
        super().__init__()
        self._title, self._quote, self._choices, self._new = title, quote, choices, new

    def compose(self) -> ComposeResult:
        """Lay out what it is about, the filter, the choices, and what to press."""
        with Vertical(classes="dialogue picker"):
            yield line(self._title, "dialogue-title")
            yield line(painted(self._quote), "dialogue-quote short")
            yield _Filter(placeholder=_("type to filter"))
            yield _Rows()
            yield line(_("Enter: choose   ↑↓: move   Esc: leave"), "dialogue-keys")

    def on_mount(self) -> None:
        """Show every choice."""
        self._filter("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._filter(event.value)

    def _filter(self, value: str) -> None:
        wanted = fold(value.strip())
        rows = [choice for choice in self._choices if wanted in fold(choice[0])]
        rows.sort(key=lambda row: not fold(row[0]).startswith(wanted))
        if self._new and wanted and all(fold(name) != wanted for name, _remark in rows):
            rows.append((value.strip(), self._new))
        self.query_one(_Rows).choices = rows[:_SHOWN]
        self.query_one(_Rows).rows_changed()

    def do_down(self) -> None:
        """Choose the next."""
        self.query_one(_Rows).do_down()

    def do_up(self) -> None:
        """Choose the previous."""
        self.query_one(_Rows).do_up()

    @on(RowList.Chosen)
    @on(Input.Submitted)
    def _chosen(self) -> None:
        rows = self.query_one(_Rows)
        self.dismiss(rows.choices[rows.current][0] if rows.choices else None)
