"""The tag picker: type to filter, Enter to tag; what is typed can be a new tag, or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.widgets import Input, Static

from index.article import fold
from notes import InvalidTag
from notes.tags import normalise
from reader.i18n import _
from reader.render import painted
from reader.screens.body import Body
from reader.screens.dialogue import Dialogue, line
from reader.translated import translated
from reader.widgets.field import Field
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult


class TagRows(RowList, can_focus=False):
    """The tags that match, most used first; the last row makes a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[tuple[tuple[str, ...], str]] = []
        """The tags that each row would give, and a remark."""

    def count(self) -> int:
        """Return how many rows there are to choose from."""
        return len(self.choices)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line: what would be given."""
        tags, remark = self.choices[index]
        text = Text(" ".join(f"#{painted(tag)}" for tag in tags))
        text.truncate(max(width - len(remark) - 1, 1), overflow="ellipsis", pad=True)
        return [text.append(f" {remark}", self.look("dim"))]


class TagField(Field):
    """The filter; the arrows move in the list under it."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("picker", "dialogue")


class TagPicker(Dialogue[tuple[str, ...] | None]):
    """Asks for a tag, or for several with commas between; `known` are those that exist, with their counts."""

    def __init__(self, quote: str, known: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._quote, self._known = quote, known

    def compose(self) -> ComposeResult:
        """Lay out the passage, the filter, the tags, and what to press."""
        with Vertical(classes="dialogue picker"):
            yield line(_("Tag"), "dialogue-title")
            yield line(painted(self._quote), "dialogue-quote short")
            yield TagField(placeholder=_("type to filter, or a new tag"))
            yield TagRows()
            yield Static(markup=False, id="wrong", classes="dialogue-wrong")
            yield line(_("Enter: tag   ↑↓: choose   comma: one more   Esc: leave"), "dialogue-keys")

    def on_mount(self) -> None:
        """Show every tag."""
        self._filter("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.query_one("#wrong", Static).update("")
        self._filter(event.value)

    def _filter(self, value: str) -> None:
        head, _comma, last = value.rpartition(",")
        before, typed = Body(tags=head).tag_list(), last.strip().lstrip("#")
        wanted = fold(typed)
        rows = [((*before, name), str(count)) for name, count in self._known if wanted in fold(name)]
        rows.sort(key=lambda row: not fold(row[0][-1]).startswith(wanted))
        if wanted and all(fold(tags[-1]) != wanted for tags, _count in rows):
            rows.append(((*before, typed), _("new")))
        if before and not wanted:
            rows.insert(0, (before, ""))
        self.query_one(TagRows).choices = rows
        self.query_one(TagRows).rows_changed()

    def do_down(self) -> None:
        """Choose the next tag."""
        self.query_one(TagRows).do_down()

    def do_up(self) -> None:
        """Choose the previous tag."""
        self.query_one(TagRows).do_up()

    @on(RowList.Chosen)
    @on(Input.Submitted)
    def _chosen(self) -> None:
        rows = self.query_one(TagRows)
        tags = rows.choices[rows.current][0] if rows.choices else ()
        try:
            self.dismiss(tuple(map(normalise, tags)) or None)
        except InvalidTag as error:
            self.query_one("#wrong", Static).update(painted(translated(str(error))))
