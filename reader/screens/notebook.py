"""The notebook: every note, by article, tag or day; read, edited, tagged, deleted, copied and exported."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on

from notes import State
from reader.i18n import _
from reader.naming import state_name
from reader.render import painted
from reader.screens.choice import Choice
from reader.screens.goal import Goal, goal_of
from reader.screens.page import Page
from reader.screens.prompt import Prompt
from reader.screens.sharing import cited
from reader.widgets.note_rows import GROUPINGS, NoteRows, grouped
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notes import Note
    from reader.screens.main import MainScreen


class NotebookPage(Page[Goal | None]):
    """All notes, filtered and grouped; answers with a place to go to, if a note was chosen."""

    rows: NoteRows

    def __init__(self, main: MainScreen, tag: str = "") -> None:
        super().__init__(main, NoteRows())
        self._shown: Sequence[Note] = ()
        self._begun = 0
        """How many drafts there are."""
        self._query, self._tag, self._state, self._grouping = "", tag, "", 0

    # Reading the notes

    def reload(self) -> None:
        """Read the notes in a thread."""
        self.read_with(self._read, self._show_read)

    def _read(self) -> tuple[list[Note], int]:
        workspace, tag = self.main.workspace, self._tag or None
        found = workspace.placed_notes(workspace.notebook.notes(tag=tag, query=self._query))
        begun = len(self.main.annotating.drafts.begun())
        return [note for note in found if self._state in ("", note.state)], begun

    def _show_read(self, read: tuple[Sequence[Note], int]) -> None:
        self._shown, self._begun = read
        self._show()

    def _show(self) -> None:
        rows = self.rows
        rows.selected &= {note.id for note in self._shown}
        rows.show(grouped(self._shown, GROUPINGS[self._grouping]))
        if self._query or self._tag or self._state:
            self.say_where_empty(_("No note here: Backspace shows all"))
        else:
            self.say_where_empty(
                _("No notes yet."), _("In an article, a makes a note on a passage and t tags it.")
            )
        self._show_title()

    def _show_title(self) -> None:
        groupings = {"article": _("by article"), "tag": _("by tag"), "date": _("by date")}
        selected = len(self.rows.selected)
        parts = [
            _("Notebook"),
            str(len(self._shown)),
            f"/{self._query}" if self._query else "",
            f"#{self._tag}" if self._tag else "",
            state_name(State(self._state)) if self._state else "",
            groupings[GROUPINGS[self._grouping]],
            _("selected: {count}", count=selected) if selected else "",
            _("drafts: {count} (gd)", count=self._begun) if self._begun else "",
        ]
        self.title_line.update(painted(" · ".join(filter(None, parts))))

    # Looking

    def do_group(self) -> None:
        """Group by the next: article, tag, date."""
        self._grouping = (self._grouping + 1) % len(GROUPINGS)
        self._show()

    def do_narrow(self) -> None:
        """Ask for words that the notes shown must have."""
        self.main.ask(self._narrow())

    async def _narrow(self) -> None:
        title, hint = _("Narrow the notebook"), _("words of comments, quotes or tags")
        words = await self.app.push_screen_wait(Prompt(title, hint, self._query))
        if words is not None:
            self._query = words
            self.reload()

    def do_filter(self) -> None:
        """Ask for a tag, or a state, that the notes shown must have."""
        self.main.ask(self._filter())

    async def _filter(self) -> None:
        states = {state_name(state): state for state in State if state is not State.EXACT}
        known = await asyncio.to_thread(self.main.workspace.notebook.tags)
        tags = [(f"#{tag.name}", str(tag.count)) for tag in known]
        choices = [*tags, *((name, _("place in the article")) for name in states)]
        chosen = await self.app.push_screen_wait(Choice(_("Only the notes with…"), "", choices))
        if chosen:
            self._tag = chosen[1:] if chosen.startswith("#") else ""
            self._state = states.get(chosen, "")
            self.reload()

    def do_widen(self) -> None:
        """Show all notes again."""
        self._query = self._tag = self._state = ""
        self.reload()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        if note := self.rows.chosen:
            self.dismiss(goal_of(note))

    def do_drafts(self) -> None:
        """Ask which of the notes that were begun to go on with."""
        self.main.annotating.do_drafts()

    # Selecting

    def do_mark(self) -> None:
        """Select the current note, or no longer, and go to the next."""
        if note := self.rows.chosen:
            self.rows.selected ^= {note.id}
            self.rows.do_down()
            self.rows.refresh()
            self._show_title()

    def do_mark_all(self) -> None:
        """Select every note shown, or none."""
        every = {note.id for note in self._shown}
        self.rows.selected = set() if self.rows.selected == every else every
        self.rows.refresh()
        self._show_title()

    def _meant(self) -> list[Note]:
        """Return the selected notes, else the current one."""
        selected = [note for note in self._shown if note.id in self.rows.selected]
        return selected or ([self.rows.chosen] if self.rows.chosen else [])

    # Changing

    def do_edit_note(self) -> None:
        """Edit the current note."""
        if note := self.rows.chosen:
            self.main.annotating.edit(note)

    def do_place_note(self) -> None:
        """Ask where the current note belongs."""
        if note := self.rows.chosen:
            self.main.placing.ask(note)

    def do_tag(self) -> None:
        """Tag the notes."""
        if meant := self._meant():
            self.main.ask(self._tag_all(meant))

    async def _tag_all(self, meant: list[Note]) -> None:
        from reader.screens.tag_picker import TagPicker  # noqa: PLC0415 - when first asked for

        counts = await asyncio.to_thread(self.main.workspace.notebook.tags)
        known = [(tag.name, tag.count) for tag in counts]
        if tags := await self.app.push_screen_wait(TagPicker(_about(meant), known)):
            self.main.tagging.tag_notes([note.id for note in meant], tags)

    def do_untag(self) -> None:
        """Take a tag from the notes."""
        meant = self._meant()
        if tags := sorted({tag for note in meant for tag in note.tags}):
            self.main.ask(self._untag_all(meant, tags))

    async def _untag_all(self, meant: list[Note], tags: list[str]) -> None:
        counts = [(tag, str(sum(tag in note.tags for note in meant))) for tag in tags]
        if tag := await self.app.push_screen_wait(Choice(_("Take off the tag…"), _about(meant), counts)):
            self.main.tagging.untag_notes([note.id for note in meant], tag)

    def do_remove_note(self) -> None:
        """Delete the notes; it can be undone."""
        if meant := self._meant():
            self.main.annotating.remove(*meant)

    # Out of here

    def do_copy(self) -> None:
        """Copy the quotes."""
        self.main.sharing.copy("\n\n".join(note.quote for note in self._meant() if note.quote))

    def do_copy_cited(self) -> None:
        """Copy the quotes with where they are from."""
        self.main.sharing.copy(
            "\n\n".join(cited(note.quote, note.source, note.article) for note in self._meant())
        )

    def do_export(self) -> None:
        """Export the selected notes, else those shown."""
        selected = [note for note in self._shown if note.id in self.rows.selected]
        self.main.sharing.export(selected or list(self._shown), _("These notes"))


def _about(notes: list[Note]) -> str:
    if len(notes) == 1:
        return notes[0].quote or notes[0].source.title
    return _("notes: {count}", count=len(notes))
