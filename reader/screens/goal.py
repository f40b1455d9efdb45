"""Where to go in an article, and where that is in its text as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.article import Article
    from notes import Note
    from reader.workspace import Opened


class Goal(NamedTuple):
    """A place in an article: a note's passage, wherever it stands now, else a character."""

    article: str
    offset: int = 0
    note: str = ""
    text: Article | None = None
    """The article as it was when the offset was taken, if it may have another text by now."""

    def offset_in(self, opened: Opened) -> int:
        """Return the offset in the text that has been opened."""
        for note, span in opened.notes:
            if span and note.id == self.note:
                return span.start
        if self.text is None or self.text.revision == opened.article.revision:
            return self.offset
        from reader.placing import followed  # noqa: PLC0415 - where a text has changed

        return followed(self.offset, self.text, opened.article)


def goal_of(note: Note) -> Goal:
    """Return where a note leads: to its passage, or where that was; to the beginning if it has none."""
    return Goal(note.article, note.anchor.start if note.anchor else 0, note.id)
