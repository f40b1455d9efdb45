"""Exporting: which notes, in which form, where to, and what it will look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.widgets import Input, Static

from index.errors import LibraryError, SearchError
from index.query import QueryError
from notes import Note, NotebookError
from notes.export import FORMATS
from reader.i18n import _
from reader.render import painted
from reader.screens.dialogue import Dialogue, line
from reader.screens.overtaking import unless_overtaken
from reader.translated import translated
from reader.typeahead import have_done
from reader.widgets.field import Field
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.workspace import Workspace

Scope = tuple[str, Callable[[], list[Note]]]

LAYOUTS: Final = ("single", "article", "tag")
_PREVIEWED: Final = 400
"""Lines that are shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: a path that ends in `/` is a folder's."""

    notes: Sequence[Note]
    form: str
    layout: str
    path: str


class _Scopes(RowList, can_focus=False):
    """Which notes: the article's, the search's, all, a tag's."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(id="scopes")
        self.names = names
        self.counts: dict[int, int] = {}

    def count(self) -> int:
        """Return how many choices there are."""
        return len(self.names)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a choice, with how many notes it is once that is known."""
        text = Text(painted(self.names[index]))
        count = str(self.counts.get(index, ""))
        text.truncate(max(width - len(count) - 1, 1), overflow="ellipsis", pad=True)
        return [text.append(f" {count}", self.look("dim"))]


class _Preview(RowList, can_focus=False):
    """The first lines of what will be written."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self.lines: Sequence[str] = ()

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def can_choose(self, index: int) -> bool:  # noqa: ARG002 - a text, not a choice
        """Tell that no line can be chosen."""
        return False

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line."""
        text = Text(painted(self.lines[index]))
        text.truncate(width, overflow="ellipsis")
        return [text]


class _Path(Field):
    """Where to; the arrows choose the notes, Tab the form."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("exporting", "picker", "dialogue")


class ExportDialogue(Dialogue[Plan | None]):
    """Asks what to export and shows it; answers with a plan."""

    def __init__(self, workspace: Workspace, scopes: Sequence[Scope]) -> None:
        super().__init__()
        self._workspace, self._scopes = workspace, scopes
        self._form, self._layout = 0, 0
        self._offered = ""
        self._notes: dict[int, list[Note]] = {}
        self._list, self._preview = _Scopes([name for name, _read in scopes]), _Preview()
        self._path, self._what = _Path(), Static(markup=False, classes="dialogue-hint")

    def compose(self) -> ComposeResult:
        """Lay out the choices, the path, the form, the preview, and what to press."""
        with Vertical(classes="dialogue tall"):
            yield line(_("Export notes"), "dialogue-title")
            yield self._list
            yield self._path
            yield self._what
            yield self._preview
            yield line(
                _("Enter: write   ↑↓: which notes   Tab: format   ⇧Tab: files   Esc: leave"), "dialogue-keys"
            )

    def on_mount(self) -> None:
        """Show the first choice."""
        self._path.focus()
        self._look()

    @property
    def _form_name(self) -> str:
        return tuple(FORMATS)[self._form]

    def _look(self) -> None:
        """Show what the choices make now."""
        layouts = {"single": _("one file"), "article": _("a file an article"), "tag": _("a file a tag")}
        layout = LAYOUTS[self._layout]
        self._what.update(painted(f"{self._form_name} · {layouts[layout]}"))
        scope, form = self._list.current, self._form_name
        have_done(self, lambda: self._read(scope, form, layout), is_exclusive=True)

    def _read(self, scope: int, form: str, layout: str) -> None:
        try:
            if scope not in self._notes:
                self._notes[scope] = self._workspace.placed_notes(self._scopes[scope][1]())
            documents = self._workspace.exporter.documents(self._notes[scope], form, layout)
        except (NotebookError, LibraryError, SearchError, QueryError, OSError) as error:
            unless_overtaken(self.app, self._show, [translated(str(error))], "")
            return
        lines: list[str] = []
        for document in documents:
            lines += [
                *([f"── {document.name}", ""] if len(documents) > 1 else ()),
                *document.text.split("\n"),
            ]
            if len(lines) > _PREVIEWED:
                break
        suffix = PurePath(documents[0].name).suffix if documents else ".md"
        unless_overtaken(self.app, self._show, lines[:_PREVIEWED], suffix)

    def _show(self, lines: Sequence[str], suffix: str) -> None:
        if not self.is_mounted:
            return
        self._list.counts = {scope: len(notes) for scope, notes in self._notes.items()}
        self._list.refresh()
        self._preview.lines = lines
        self._preview.rows_changed()
        offered = f"~/liseuse-notes{suffix}" if LAYOUTS[self._layout] == "single" else "~/liseuse-notes/"
        if suffix and self._path.value == self._offered:
            self._path.value = self._offered = offered
            self._path.cursor_position = len(offered)

    def do_down(self) -> None:
        """Choose the next notes."""
        self._list.do_down()
        self._look()

    def do_up(self) -> None:
        """Choose the previous notes."""
        self._list.do_up()
        self._look()

    def do_format(self) -> None:
        """Choose the next format."""
        self._form = (self._form + 1) % len(FORMATS)
        self._look()

    def do_files(self) -> None:
        """Choose one file, a file an article, or a file a tag."""
        self._layout = (self._layout + 1) % len(LAYOUTS)
        self._look()

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self._look()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        path, scope = self._path.value.strip(), self._list.current
        if path and scope in self._notes:
            self.dismiss(Plan(self._notes[scope], self._form_name, LAYOUTS[self._layout], path))
