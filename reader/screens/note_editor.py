"""The note editor: the passage, a comment in Markdown, tags with completion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from index.errors import LibraryError
from notes import NotebookError
from reader.i18n import _
from reader.render import painted
from reader.screens.body import Body
from reader.screens.dialogue import Dialogue, line
from reader.screens.drafting import Draft
from reader.translated import translated
from reader.typeahead import type_ahead
from reader.upstream import forget
from reader.widgets.field import Field
from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from textual.app import App, ComposeResult
    from textual.widget import Widget

    from notes import Note

_AUTOSAVE_SECONDS: Final = 1.5
_SLOW: Final = 0.5
"""Seconds after which saving is told to go on."""
_QUOTE_LENGTH: Final = 400


class TagSuggester(Suggester):
    """Completes the last of several comma-separated tags from those that exist."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Return the value with its last tag completed, or None."""
        _head, _comma, last = value.rpartition(",")
        begun = last.strip().lstrip("#").casefold()
        if not begun:
            return None
        for tag in self._known:
            if tag.casefold().startswith(begun):
                kept = value[: len(value) - len(last.lstrip(" #"))]
                return kept + last.lstrip(" #") + tag[len(begun) :]
        return None


class CommentArea(Keyed, TextArea):
    """The comment: several lines; Tab leaves it for the tags."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("dialogue",)

    def on_unmount(self) -> None:
        """Be gone for good."""
        forget(self.app, self)


class NoteEditor(Dialogue["Note | None"]):
    """Edits a note; answers with the note as it is kept, or None.

    `save` keeps and returns it; it is called in a thread and raises NotebookError and LibraryError.
    The editor stays open, and says why, until that is done.
    """

    def __init__(self, known_tags: Sequence[str], save: Callable[[Body], Note], draft: Draft) -> None:
        super().__init__()
        self._begun = self._held = draft.begun or draft.before
        self._known, self._save, self._draft = known_tags, save, draft
        self._saving = self._keeping = False
        self._writing_in: Widget | None = None
        """What had the focus when saving began."""
        self._told = ""
        """Why the draft could not be kept."""

    def compose(self) -> ComposeResult:
        """Lay out the quote, the comment, the tags, and what to press."""
        quote = self._draft.quote
        quote = quote if len(quote) <= _QUOTE_LENGTH else quote[:_QUOTE_LENGTH] + "…"
        with Vertical(classes="dialogue editor"):
            yield line(_("Note"), "dialogue-title")
            yield line(painted(quote) or _("on the whole article"), "dialogue-quote")
            yield CommentArea(
                self._begun.comment, tab_behavior="focus", soft_wrap=True, show_line_numbers=False
            )
            yield Field(
                self._begun.tags,
                placeholder=_("tags, separated by commas: group/jnim, bilan"),
                suggester=TagSuggester(self._known),
                id="tags",
            )
            yield line(self._tag_hint(), "dialogue-hint")
            yield line(self._keys(), "dialogue-keys")

    def _keys(self) -> str:
        if self._saving:
            return _("Being saved: the notebook takes its time")
        return _("^S: save   Tab: tags   →: complete   Esc: leave, the draft is kept")

    def _tag_hint(self) -> str:
        return painted("  ".join(f"#{tag}" for tag in self._known[:8]))

    def on_mount(self) -> None:
        """Begin in the comment; keep the draft while it changes."""
        area = self.query_one(CommentArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        self.set_interval(_AUTOSAVE_SECONDS, self._keep_soon)

    @property
    def body(self) -> Body:
        """What is written now."""
        return Body.of(self.query_one(CommentArea).text, self.query_one("#tags", Input).value)

    @property
    def leaves_a_draft(self) -> bool:
        """Whether something was written and not saved, when it was left."""
        return self._held != self._draft.before

    def keep_draft(self) -> None:
        """Hold what is written, if it has changed: the program is about to end, and keeps what is held."""
        if self.body != self._held:
            self._held = self.body
            self._draft.hold(self._held)

    def _keep_soon(self) -> None:
        """Keep what is written if it is not, in a thread: again and again where that fails."""
        if not self._saving:
            self.keep_draft()
            if self._draft.is_held and not self._keeping:
                self._keep_now()

    def _keep_now(self) -> None:
        self._keeping = True
        self.app.run_worker(partial(self._keep, self.app), thread=True)

    def _keep(self, app: App[object]) -> None:
        """Keep what is held; the editor may have been left meanwhile, and is then of no application."""
        try:
            self._draft.keep()
        except NotebookError as error:
            if self._told != str(error):
                self._told = str(error)
                held = _("what you wrote is held until Liseuse ends: write in the same place to see it")
                app.call_from_thread(self._refuse, app, f"{translated(self._told)}; {held}")
        else:
            self._told = ""
        finally:
            self._keeping = False

    def _refuse(self, app: App[object], reason: str) -> None:
        app.notify(painted(reason), severity="error", timeout=15, markup=False)

    def _seal(self, *, shut: bool) -> None:
        """Let nothing be written while the note is being saved: what is seen is what is saved.

        Where the program is ending meanwhile there is nothing to shut or open.
        """
        self._saving = shut
        for area in self.query(CommentArea):
            area.read_only = shut
        for field in self.query(Field):
            field.disabled = shut

    def _tell(self) -> None:
        for keys in self.query(".dialogue-keys").results(Static):
            keys.update(self._keys())

    def _resume(self, app: App[object], reason: str) -> None:
        self._seal(shut=False)
        self._tell()
        typing = type_ahead(app)
        typing.dialogue_failed()
        typing.dialogue_here()
        if self._writing_in and self._writing_in.is_attached:
            self._writing_in.focus()
        self._refuse(app, reason)

    def do_save(self) -> None:
        """Save the note, and leave once it is kept."""
        if self.body == self._draft.before == Body():
            self.do_cancel()
        elif self.is_current and not self._saving:
            self._writing_in = self.focused
            self._seal(shut=True)
            type_ahead(self.app).dialogue_coming()  # what is typed meanwhile is for what comes then
            self.set_timer(_SLOW, self._tell)
            self.app.run_worker(partial(self._save_and_leave, self.app, self.body), thread=True)

    def _save_and_leave(self, app: App[object], body: Body) -> None:
        try:
            note = self._save(body)
        except (NotebookError, LibraryError) as error:
            app.call_from_thread(self._resume, app, translated(str(error)))
            return
        with suppress(NotebookError):  # a draft that stays is better than a note made twice
            self._draft.drop()
        app.call_from_thread(self.dismiss, note)

    def do_cancel(self) -> None:
        """Leave; the draft is kept. What is being saved is waited for: it ends here."""
        if not self._saving:
            self.keep_draft()
            if self._draft.is_held:
                self._keep_now()  # one that is at it may have begun with less
            self.dismiss(None)

    @on(Input.Submitted, "#tags")
    def _done(self) -> None:
        self.do_save()
