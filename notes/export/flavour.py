"""The two kinds of Markdown: what Obsidian makes something of, and what every reader of CommonMark shows.

Both have the same blocks in the same order, and the note's id as a block id, so
both are read back by the same reader.
"""

from abc import ABC, abstractmethod
from typing import Final

from notes.export import escape
from notes.export.front_matter import Value, front_matter
from notes.export.words import Words
from notes.note import Note


class Flavour(ABC):
    """How a document begins, how a note begins, and how its tags are written."""

    @abstractmethod
    def head(self, title: str, fields: dict[str, Value]) -> str:
        """Return what a document begins with: its title, escaped already, and what is known of it."""

    @abstractmethod
    def lead(self, note: Note, words: Words) -> str:
        """Return what a note begins with: its quote, or that it is on the whole article."""

    @abstractmethod
    def tags(self, note: Note, words: Words) -> str:
        """Return the line of a note's tags; it has some."""


class Obsidian(Flavour):
    """Front matter, callouts, `#tags`."""

    def head(self, title: str, fields: dict[str, Value]) -> str:
        """Return front matter and the title."""
        return f"{front_matter(fields)}\n# {title}"

    def lead(self, note: Note, words: Words) -> str:
        """Return a callout, titled with where the passage stands."""
        if note.anchor is None:
            return f"> [!note] {words.whole}"
        return f"> [!quote] {place(note, words)}\n{escape.blockquote(note.quote)}"

    def tags(self, note: Note, words: Words) -> str:  # noqa: ARG002 - tags are their own words
        """Return tags as Obsidian takes them."""
        return " ".join(f"#{escape.tag(tag)}" for tag in note.tags)


class CommonMark(Flavour):
    """Nothing beyond CommonMark 0.31: a list of what is known, block quotes, tags in words."""

    def head(self, title: str, fields: dict[str, Value]) -> str:
        """Return the title and a list of what is known."""
        known = (
            f"- {name}: {_shown(value)}" for name, value in fields.items() if value and name not in _SAID
        )
        return "\n".join([f"# {title}", "", *known]).rstrip()

    def lead(self, note: Note, words: Words) -> str:
        """Return a block quote."""
        return escape.blockquote(note.quote) if note.anchor else f"**{words.whole}**"

    def tags(self, note: Note, words: Words) -> str:
        """Return the tags as they are called in the notebook."""
        return f"{words.tags} {', '.join(map(escape.line, note.tags))}"


_SAID: Final = ("title", "tags", "notes")
"""What a list need not say: it stands over it, or in each note."""

OBSIDIAN: Final = Obsidian()
COMMONMARK: Final = CommonMark()


def place(note: Note, words: Words) -> str:
    """Return where in its article a note stands, in words."""
    return words.span.format(start=note.anchor.start, end=note.anchor.end) if note.anchor else words.whole


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return escape.link(value)
    return str(value) if isinstance(value, int) else ", ".join(map(escape.line, value))
