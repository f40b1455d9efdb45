"""The note editor: the passage, a comment in Markdown, tags with completion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from index.errors import LibraryError
from notes import NotebookError
from reader.i18n import _
from reader.render import painted
from reader.screens.body import Body
from reader.screens.dialogue import Dialogue, line
from reader.translated import translated
from reader.upstream import forget
from reader.widgets.field import Field
from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

_AUTOSAVE_SECONDS: Final = 1.5
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


class NoteEditor(Dialogue[Body | None]):
    """Edits a note; answers with what was saved, or None.

    `save` keeps the note and `keep` what is being written; both are called in threads
    and raise NotebookError and LibraryError. The editor stays open, and says why, until `save` is done.
    """

    def __init__(
        self,
        quote: str,
        body: Body,
        known_tags: Sequence[str],
        save: Callable[[Body], None],
        keep: Callable[[Body], None],
    ) -> None:
        super().__init__()
        self._quote, self._begun, self._known = quote, body, known_tags
        self._save, self._keep = save, keep
        self._kept = body
        self._saving = False

    def compose(self) -> ComposeResult:
        """Lay out the quote, the comment, the tags, and what to press."""
        quote = self._quote if len(self._quote) <= _QUOTE_LENGTH else self._quote[:_QUOTE_LENGTH] + "…"
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
            yield line(
                _("^S: save   Tab: tags   →: complete   Esc: leave, the draft is kept"), "dialogue-keys"
            )

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
        return Body(self.query_one(CommentArea).text, self.query_one("#tags", Input).value)

    def keep_draft(self) -> None:
        """Keep what is written, at once: the program is about to end."""
        if self.body != self._kept:
            with suppress(NotebookError, LibraryError):
                self._keep(self.body)

    def _keep_soon(self) -> None:
        """Keep what is written, if it has changed since it was last kept."""
        if self.body != self._kept and not self._saving:
            self._kept = self.body
            self.app.run_worker(partial(self._try, self.app, self._keep, self._kept), thread=True)

    def _try(self, app: App[object], write: Callable[[Body], None], body: Body) -> bool:
        """Write in a thread; tell whether it went well, and say why not.

        The editor may have been left meanwhile, and is then of no application.
        """
        try:
            write(body)
        except (NotebookError, LibraryError) as error:
            app.call_from_thread(self._refuse, str(error))
            return False
        return True

    def _refuse(self, reason: str) -> None:
        self._saving = False
        self.app.notify(painted(translated(reason)), severity="error", timeout=15, markup=False)

    def do_save(self) -> None:
        """Save the note, and leave once it is kept."""
        if self.body == Body():
            self.dismiss(None)
        elif self.is_current and not self._saving:
            self._saving = True
            self.app.run_worker(partial(self._save_and_leave, self.app, self.body), thread=True)

    def _save_and_leave(self, app: App[object], body: Body) -> None:
        if self._try(app, self._save, body):
            app.call_from_thread(self.dismiss, body)

    def do_cancel(self) -> None:
        """Leave; the draft is kept. What is being saved is waited for: it ends here."""
        if not self._saving:
            self._keep_soon()
            self.dismiss(None)

    @on(Input.Submitted, "#tags")
    def _done(self) -> None:
        self.do_save()
