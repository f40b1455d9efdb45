"""The help: every key by where it works, made from the same declarations as the keys themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from index.article import fold
from reader.i18n import _
from reader.keys import Keymap, shown
from reader.screens.dialogue import Dialogue, line
from reader.widgets.field import Field
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult


class HelpRows(RowList, can_focus=False):
    """The keys, one command a line."""

    def __init__(self) -> None:
        super().__init__()
        self.nothing = (_("No key does that"),)
        self._rows: list[tuple[str, str]] = []

    def show(self, rows: list[tuple[str, str]]) -> None:
        """Show other lines."""
        self._rows = rows
        self.rows_changed()

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


class HelpField(Field):
    """What is looked for among the keys; the arrows move in the list under it."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("picker", "dialogue")


class Help(Dialogue[None]):
    """Lists every key, or those whose words, place or keys have what is typed; leaves by Esc.

    `contexts` are those in which it was asked for, nearest first; their keys come first.
    """

    def __init__(self, keymap: Keymap, contexts: Sequence[str] = ()) -> None:
        super().__init__()
        self._keymap = keymap
        self._contexts = dict.fromkeys((*contexts, *(command.context for command in keymap.commands)))

    def compose(self) -> ComposeResult:
        """Lay out the list and what to press."""
        with Vertical(classes="dialogue tall"):
            yield line(_("Keys"), "dialogue-title")
            yield HelpField(placeholder=_("type to find a key or what it does"))
            yield HelpRows()
            yield line(_("↑↓: move   Esc: leave   Ctrl+P: every command by name"), "dialogue-keys")

    def on_mount(self) -> None:
        """Show every key."""
        self._show("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, typed: str) -> None:
        rows: list[tuple[str, str]] = []
        for context in self._contexts:
            if found := self._of(context, typed.strip()):
                rows += [("", context_name(context)), *found, ("", "")]
        self.query_one(HelpRows).show(rows[:-1])

    def _of(self, context: str, typed: str) -> list[tuple[str, str]]:
        """Return the commands of a context: those of a key typed as it is shown, or of words in any order."""
        rows = [
            ([shown(key) for key in c.keys] or [_("no key")], _(c.title))
            for c in self._keymap.commands
            if c.context == context
        ]
        words, place = fold(typed).split(), fold(context_name(context))
        return [
            (" ".join(keys), title)
            for keys, title in rows
            if typed in keys or all(word in fold(title) or word in place for word in words)
        ]

    def do_down(self) -> None:
        """Go to the next key."""
        self.query_one(HelpRows).do_down()

    def do_up(self) -> None:
        """Go to the key before."""
        self.query_one(HelpRows).do_up()

    def do_page_down(self) -> None:
        """Go a page down."""
        self.query_one(HelpRows).do_page_down()

    def do_page_up(self) -> None:
        """Go a page up."""
        self.query_one(HelpRows).do_page_up()


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
        "places": _("Where a note belongs"),
        "searches": _("In the saved searches"),
        "drafts": _("In the drafts"),
        "article": _("In the article"),
        "entity": _("On an entity: correcting it"),
        "note": _("On a note"),
        "entities": _("In the list of entities"),
        "dossier": _("In a dossier"),
        "notes": _("In the notebook"),
        "tags": _("Among all tags"),
        "exporting": _("While exporting"),
        "page": _("On such a page"),
        "selecting": _("While selecting"),
        "dialogue": _("In a dialogue"),
        "picker": _("In the tag picker"),
    }[context]
