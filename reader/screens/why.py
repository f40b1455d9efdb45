"""Why a hit is one: what each clause became, what it met in the article, and what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical

from reader.i18n import _, figure
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import ComposeResult

    from index.engine import Reason


class ReasonRows(RowList):
    """The reasons, line by line."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("list", "dialogue")

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__()
        self._lines = [*_lines(reasons)]

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line: a clause in bold, what is said of it under it."""
        text, look = self._lines[index]
        shown = Text(text, self.look(look) if look else "")
        shown.truncate(width, overflow="ellipsis")
        return [shown]


class Why(Dialogue[None]):
    """Tells why an article answers the query."""

    def __init__(self, title: str, reasons: Sequence[Reason]) -> None:
        super().__init__()
        self._title, self._reasons = title, reasons

    def compose(self) -> ComposeResult:
        """Lay out the article's title, the reasons and what to press."""
        with Vertical(classes="dialogue tall"):
            yield line(_("Why this hit"), "dialogue-title")
            yield line(painted(self._title))
            yield ReasonRows(self._reasons)
            yield line(_("j k: move   Esc: leave"), "dialogue-keys")

    def on_mount(self) -> None:
        """Begin at the top."""
        rows = self.query_one(ReasonRows)
        rows.rows_changed()
        rows.focus()


def _lines(reasons: Sequence[Reason]) -> Iterator[tuple[str, str]]:
    total = sum(reason.score for reason in reasons) or 1.0
    for reason in sorted(reasons, key=lambda one: -one.score):
        share = _(
            "{score} points, {share} %",
            score=figure(reason.score, 2),
            share=round(100 * reason.score / total),
        )
        yield f"{painted(reason.clause)}   {share}", "title"
        if analysed := _analysed(reason):
            yield "  " + _("looked for: {terms}", terms=analysed), ""
        yield from _found(_("in the title: {words}"), reason.in_title)
        yield from _found(_("in the text: {words}"), reason.in_text)
        yield "", ""
    yield _("The title counts twice."), "dim"
    yield _("A word’s very form adds half of its stem’s points."), "dim"
    yield _("Words side by side as they were typed add a fifth of theirs."), "dim"
    yield _("Where any word will do, those of its family add half of theirs."), "dim"


def _analysed(reason: Reason) -> str:
    stems = _("stem {stem}", stem=", ".join(map(painted, reason.stems))) if reason.stems else ""
    return " · ".join(filter(None, (stems, reason.form and _("form {form}", form=painted(reason.form)))))


def _found(said: str, words: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    if words:
        shown = ", ".join(
            f"{painted(word)} ×{count}" if count > 1 else painted(word) for word, count in words.items()
        )
        yield "  " + said.format(words=shown), ""
