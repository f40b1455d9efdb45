"""The help: every key by where it works, made from the same declarations as the keys themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from reader.i18n import _
from reader.keys import Keymap, shown
from reader.screens.dialogue import Dialogue, line
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

from textual.containers import Vertical


class HelpRows(RowList):
    """The keys, one command a line."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("list", "dialogue")

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        self._rows = rows

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._rows)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line: keys and what they do, or the name of a context."""
        keys, title = self._rows[index]
        if not keys:
            return [Text(title, self.look("title"))]
        text = Text(f"  {keys}")
        text.truncate(22, pad=True)
        return [text.append(title[: max(width - 22, 1)])]


class Help(Dialogue[None]):
    """Lists every key; leaves by Esc or q."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Lay out the list and what to press."""
        with Vertical(classes="dialogue"):
            yield line(_("Keys"), "dialogue-title")
            yield HelpRows(self._rows())
            yield line(_("j k: move   Esc: leave   Ctrl+P: every command by name"), "dialogue-keys")

    def on_mount(self) -> None:
        """Begin at the top."""
        rows = self.query_one(HelpRows)
        rows.rows_changed()
        rows.focus()

    def _rows(self) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        for context in dict.fromkeys(command.context for command in self._keymap.commands):
            rows += [("", context_name(context)), *self._of(context), ("", "")]
        return rows[:-1]

    def _of(self, context: str) -> list[tuple[str, str]]:
        commands = [c for c in self._keymap.commands if c.context == context]
        return [(" ".join(map(shown, c.keys)), _(c.title)) for c in commands]


def context_name(context: str) -> str:
    """Return where a context's keys work, in words."""
    return {
        "anywhere": _("Anywhere but in a text field"),
        "query": _("In the query"),
        "welcome": _("While the collection is empty"),
        "list": _("In any list"),
        "results": _("In the results"),
        "side": _("In the side pane"),
        "facets": _("While narrowing"),
        "searches": _("In the saved searches"),
        "article": _("In the article"),
        "entities": _("In the list of entities"),
        "dossier": _("In a dossier"),
        "notes": _("In the notebook"),
        "exporting": _("While exporting"),
        "page": _("On such a page"),
        "selecting": _("While selecting"),
        "dialogue": _("In a dialogue"),
        "picker": _("In the tag picker"),
    }[context]
