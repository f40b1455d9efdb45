"""Three notes as exported Markdown, and what somebody wrote into the file."""

from dataclasses import replace

from hypothesis import HealthCheck
from notebooks import on_text

from notes import Edit, Note
from notes.export import FORMATS, Layout
from notes.incoming import read

ONE = on_text(1, "🛩️ à Gao", "Premier.\n\n- un\n- deux", "lieu/Gao", "À vérifier")


TWO = on_text(2, "𝒳avier — « rien", "Second.")


WHOLE = replace(on_text(3, "Café", "Tout lire.", "2024"), anchor=None)


NOTES = [WHOLE, ONE, TWO]


LAYOUTS: list[Layout] = ["article", "single"]


BOTH = ["markdown", "commonmark"]


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def text(notes: list[Note] = NOTES, form: str = "markdown", layout: Layout = "article") -> str:
    (document,) = FORMATS[form](notes, layout=layout, lang="fr")
    return document.text


def edits(written: str) -> list[Edit]:
    found = read(written.encode())
    assert found.rejected == []
    return found.edits


def put(written: str, *words: tuple[str, str]) -> str:
    """Return a file in which words were replaced once each: in a note, not in the records behind it."""
    for old, new in words:
        assert old in written
        written = written.replace(old, new, 1)
    return written


def changed(written: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the notes that were edited, by id: comment and tags."""
    return {one.note.id: (one.note.comment, one.note.tags) for one in edits(written) if one.note != one.base}
