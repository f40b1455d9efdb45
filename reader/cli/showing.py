"""The command `show`: one article with its entities and its notes."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from index.article import Article, Mention
from reader import streams
from reader.cli import provenance
from reader.cli.failures import DONE
from reader.cli.output import TYPE_STYLES, console, print_json, workspace
from reader.i18n import _
from reader.naming import state_name
from reader.render import flagged, painted, printed

if TYPE_CHECKING:
    from index.article import Span
    from notes import Note

    Placed = tuple[Note, Span | None]
    """A note, and where it stands in the text that is shown."""


def show(options: Namespace) -> int:
    """Print one article."""
    with workspace(options) as space:
        opened = space.traced(space.open_article(space.collection.library.resolve(options.id)))
    article, notes = opened.article, opened.notes
    if options.json:
        return print_json(_show_json(article, [note for note, _span in notes]) | provenance.as_json(opened))
    if options.plain:
        streams.use_utf8()
    out = console(options)
    for line in _plain(article, notes) if options.plain else _shown(article, notes):
        out.print(line)
    for line in provenance.lines(opened):
        out.print(line)
    return DONE


def _show_json(article: Article, notes: Iterable["Note"]) -> dict[str, object]:
    names = (
        "id",
        "revision",
        "title",
        "date",
        "place",
        "lang",
        "source",
        "author",
        "url",
        "path",
        "encoding",
        "text",
    )
    mentions = [
        {
            "start": m.start,
            "end": m.end,
            "type": m.type.value,
            "text": article.text[m.start : m.end],
            "entity": m.entity,
        }
        for m in article.mentions
    ]
    known = {name: getattr(article, name) for name in names}
    return {**known, "mentions": mentions, "notes": [note.to_json() for note in notes]}


def _head(article: Article) -> list[str]:
    about = (article.source, article.author, article.place, article.date, article.lang, article.url)
    return [article.title, " · ".join(filter(None, about)), ""]


def _shown(article: Article, notes: Iterable["Placed"]) -> Iterator[Text]:
    title, about, gap = _head(article)
    yield Text(flagged(title), "bold")
    yield Text(painted(about), "dim")
    yield Text(gap)
    text = Text()
    for piece, mention in _pieces(article):
        text.append(piece, TYPE_STYLES[mention.type] if mention else "")
    yield text
    for line in _note_lines(notes):
        yield Text(line)


def _plain(article: Article, notes: Iterable["Placed"]) -> Iterator[str]:
    yield from map(painted, _head(article))
    yield "".join(f"[{mention.type}: {piece}]" if mention else piece for piece, mention in _pieces(article))
    yield from _note_lines(notes)


def _pieces(article: Article) -> Iterator[tuple[str, Mention | None]]:
    """Yield the text cut at its mentions, fit to print, each piece with its mention if it is one."""
    at = 0
    for mention in article.mentions:
        yield printed(article.text[at : mention.start]), None
        yield printed(article.text[mention.start : mention.end]), mention
        at = mention.end
    yield printed(article.text[at:]), None


def _note_lines(notes: Iterable["Placed"]) -> Iterator[str]:
    for note, span in notes:
        yield ""
        yield _("note {id} ({state})", id=note.id, state=state_name(note.state)) + "".join(
            f" #{painted(t)}" for t in note.tags
        )
        if note.anchor:
            where = f"{span.start}:{span.end}  " if span else ""  # in this text: the anchor may be of another
            yield f"  {where}« {painted(note.anchor.quote)} »"
        if note.comment:
            yield "  " + printed(note.comment).replace("\n", "\n  ")
