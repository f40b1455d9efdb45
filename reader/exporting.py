"""Notes as documents, with what the library and the notebook know of them."""

from __future__ import annotations

import errno
import os
from itertools import chain, count
from typing import TYPE_CHECKING, cast

from notes.export import FORMATS, Document, Known, files, joined
from reader.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.library import Library
    from notes import Note, Notebook
    from notes.export import Lang, Layout
    from reader.paths import Places


def write_text(path: Path, text: str, places: Places, *, beside: bool = False) -> Path:
    """Write a text into a file of its owner's alone, whole or not at all, and return where it is.

    A file or a link of that name is replaced, or kept with `beside`: then a number is added to the name.
    Raises OSError; FileExistsError among what Liseuse keeps at its places.
    """
    if path.name in ("", ".."):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    names = chain([path], (path.with_stem(f"{path.stem}-{number}") for number in count(2)))
    target = next(name for name in names if not (beside and os.path.lexists(name)))
    _write([Document(target.name, text)], target.absolute().parent, places)
    return target


def _write(documents: list[Document], folder: Path, places: Places) -> None:
    for document in documents:
        path = folder / document.name
        if places.keep(path):
            raise FileExistsError(
                errno.EEXIST, _("here Liseuse keeps its own: choose another place"), str(path)
            )
    files.write(documents, folder)


class Exporter:
    """Makes documents of notes, in the program's language, and writes them."""

    def __init__(self, library: Library, notebook: Notebook, places: Places) -> None:
        self._library = library
        self._notebook = notebook
        self._places = places

    def documents(
        self, notes: Iterable[Note], form: str = "markdown", layout: str = "single"
    ) -> list[Document]:
        """Return notes as documents of a format, in the program's language, if they say anything in it."""
        chosen, lang = cast("Layout", layout), cast("Lang", language())
        labels = {tag.name: (tag.color, tag.description) for tag in self._notebook.tags()}
        known = Known(self._notebook.snapshot, self._author, lambda tag: labels.get(tag, ("", "")))
        return FORMATS[form](notes, layout=chosen, lang=lang, known=known)

    def _author(self, article_id: str) -> str:
        return next((article.author for article in self._library.articles([article_id])), "")

    def write(
        self,
        target: Path,
        notes: Iterable[Note],
        form: str = "markdown",
        layout: str | None = None,
        *,
        folder: bool = False,
    ) -> Path | None:
        """Write notes to a file, or to a folder, one document an article unless `layout` says otherwise.

        `folder` makes a target that does not exist a folder. Returns what was
        written, None if these notes are nothing in this format; raises OSError.
        """
        into_folder = folder or target.is_dir()
        documents = self.documents(notes, form, layout or ("article" if into_folder else "single"))
        if not documents:
            return None
        at = target if into_folder else target.absolute().parent
        documents = documents if into_folder else [joined(target.name, documents)]
        if form in ("markdown", "commonmark"):
            from notes.export.again import again  # noqa: PLC0415 - a parser, for these only

            documents = [again(document, at, cast("Lang", language())) for document in documents]
        _write(documents, at, self._places)
        return target
