"""The commands that write notes for other programs and read them back: export, import."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from notes.export import Document
from reader.cli.articles import printed
from reader.cli.failures import DONE, NOTHING, Wrong, complain
from reader.cli.notebook import selected
from reader.cli.output import workspace
from reader.i18n import _


def export(options: Namespace) -> int:
    """Write the notes to a file, a folder or stdout; 1 if there is nothing to write."""
    with workspace(options) as space:
        found = selected(space, options)
        if not found:
            complain(_("no notes to export"))
            return NOTHING
        if options.output == "-":
            return _to_stdout(space.documents(found, options.format, options.layout or "single"))
        target = Path(options.output).expanduser()
        folder = options.output.endswith("/")
        written = space.export_to(target, found, options.format, options.layout, folder=folder)
    if written is None:
        return _nothing()
    complain(_("Notes written to {path}: {count}", count=len(found), path=str(written)))
    return DONE


def _nothing() -> int:
    complain(_("None of these notes has a tag: there are no codes to write"))
    return NOTHING


def _to_stdout(documents: Sequence[Document]) -> int:
    """Print documents: a file or a pipe gets the exact bytes, a terminal what may be painted."""
    if not documents:
        return _nothing()
    terminal = sys.stdout.isatty()
    if terminal and any(document.packed is not None for document in documents):
        raise Wrong(_("this format is no text: give a file with -o"))
    for document in documents:
        if terminal:
            sys.stdout.write(printed(document.text))
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(document.data)
            sys.stdout.buffer.flush()
    return DONE
