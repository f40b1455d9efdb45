"""The command `verify`: tells whether what is quoted stands in the articles."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import UnknownArticle
from index.regular import content
from notes import Note, find_quote
from notes.verify import Quoted, quotations
from reader.cli.failures import DONE, NOTHING, Wrong
from reader.cli.output import console, print_json, workspace
from reader.i18n import _
from reader.naming import state_name
from reader.paths import typed
from reader.render import painted
from reader.translated import translated
from reader.workspace import Workspace

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """A quote that was looked for; `where` is a note or a line of a file, `problem` is empty if it holds."""

    where: str
    article: str
    quote: str
    problem: str = ""


def verify(options: Namespace) -> int:
    """Check each quote of the notebook, or of exported files; 1 if one does not hold."""
    with workspace(options) as space:
        if options.files:
            checked = [one for name in options.files for one in _file(space, typed(name))]
        else:
            checked = [
                _note(space, note) for note in space.placed_notes(space.notebook.notes()) if note.anchor
            ]
    failed = [one for one in checked if one.problem]
    if options.json:
        print_json({"checked": len(checked), "failed": [asdict(one) for one in failed]})
    else:
        _tell(options, len(checked), failed)
    return NOTHING if failed else DONE


def _tell(options: Namespace, count: int, failed: list[Checked]) -> None:
    out = console(options)
    for one in failed:
        out.print(f"{painted(one.where)}  {one.article}  {one.problem}")
        out.print(f"  « {painted(' '.join(one.quote.split()))} »")
    out.print(
        _("quotes checked: {count}; not as the articles have them: {failed}", count=count, failed=len(failed))
    )


def _note(space: Workspace, note: Note) -> Checked:
    if space.collection.library.revision_of(note.article) is None:
        problem = _("the article is not in the library")
    else:
        problem = "" if note.state.holds else state_name(note.state)
    return Checked(note.id, note.article, note.quote, problem)


def _file(space: Workspace, path: Path) -> Iterator[Checked]:
    try:
        text = content(path, _LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(
            _(
                "{path} cannot be read: {error}",
                path=str(path),
                error=translated(getattr(error, "strerror", None) or str(error)),
            )
        ) from None
    for quoted in quotations(text):
        where = f"{path}:{quoted.line}" + (f" ({quoted.note})" if quoted.note else "")
        yield Checked(where, quoted.article, quoted.words, _problem(space, quoted))


def _problem(space: Workspace, quoted: Quoted) -> str:
    if not quoted.article:
        return _("the file does not say which article this is from")
    try:
        text = space.collection.library.get(quoted.article).text
    except UnknownArticle:
        return _("the article is not in the library")
    return "" if find_quote(text, quoted.words) else _("the article has no such words")
