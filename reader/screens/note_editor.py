"""The note editor: the passage, a comment in Markdown, tags with completion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from reader.i18n import _
from reader.render import painted
from reader.screens.body import Body
from reader.screens.dialogue import Dialogue, line
from reader.widgets.field import Field
from reader.widgets.keyed import Keyed

if TYPE_CHECKING:
    from textual.app import ComposeResult

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


class NoteEditor(Dialogue[Body | None]):
    """Edits a note; answers with what is to be saved, or None. `keep_draft` is called while writing."""

    def __init__(
        self, quote: str, body: Body, known_tags: Sequence[str], keep_draft: Callable[[Body], None]
    ) -> None:
        super().__init__()
        self._quote, self._body, self._known = quote, body, known_tags
        self._keep_draft, self._kept = keep_draft, body

    def compose(self) -> ComposeResult:
        """Lay out the quote, the comment, the tags, and what to press."""
        quote = self._quote if len(self._quote) <= _QUOTE_LENGTH else self._quote[:_QUOTE_LENGTH] + "…"
        with Vertical(classes="dialogue editor"):
            yield line(_("Note"), "dialogue-title")
            yield line(painted(quote) or _("on the whole article"), "dialogue-quote")
            yield CommentArea(
                self._body.comment, tab_behavior="focus", soft_wrap=True, show_line_numbers=False
            )
            yield Field(
                self._body.tags,
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
        self.set_interval(_AUTOSAVE_SECONDS, self.keep_draft)

    @property
    def body(self) -> Body:
        """What is written now."""
        return Body(self.query_one(CommentArea).text, self.query_one("#tags", Input).value)

    def keep_draft(self) -> None:
        """Keep what is written, if it has changed since it was last kept."""
        if self.body != self._kept:
            self._kept = self.body
            self._keep_draft(self._kept)

    def do_save(self) -> None:
        """Answer with what is written."""
        self.dismiss(self.body)

    def do_cancel(self) -> None:
        """Leave; the draft is kept."""
        self.keep_draft()
        self.dismiss(None)

    @on(Input.Submitted, "#tags")
    def _done(self) -> None:
        self.do_save()
