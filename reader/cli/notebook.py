"""The commands about notes: note, notes, tags."""

from argparse import Namespace
from dataclasses import asdict

from index.article import Article, Span
from notes import Note, Notebook
from notes.characters import one_line
from reader.cli.failures import DONE, NOTHING, Wrong, complain
from reader.cli.output import console, print_json, workspace
from reader.i18n import _
from reader.naming import state_name
from reader.render import painted
from reader.workspace import NoSuchQuote, Workspace


def note(options: Namespace) -> int:
    """Make a note and print its id."""
    if options.whole and not options.comment.strip() and not options.tag:
        raise Wrong(_("a note on the whole article needs words: give --comment or --tag"))
    with workspace(options) as space:
        article = space.collection.library.get(space.collection.library.resolve(options.id))
        made = space.note(article, _passage(space, article, options), options.comment, options.tag)
    print(made.id)
    return DONE


def _passage(space: Workspace, article: Article, options: Namespace) -> Span | None:
    if options.whole:
        return None
    if options.span:
        return Span(*_checked(article, options.span))
    try:
        return space.quoted(article, options.quote)
    except NoSuchQuote as error:
        if not error.found:
            raise Wrong(
                _("the article has no such passage; copy it from `liseuse show {id} --plain`", id=article.id)
            ) from None
        places = ", ".join(f"--span {start}:{end}" for start, end in error.found)
        raise Wrong(
            _(
                "the passage stands {count} times in the article: choose {places}",
                count=len(error.found),
                places=places,
            )
        ) from None


def selected(space: Workspace, options: Namespace) -> list[Note]:
    """Return the notes that the options mean, each with the state it has now."""
    article = space.collection.library.resolve(options.article) if options.article else None
    found = space.notebook.notes(article=article, query=options.query)
    for tag in options.tag:
        wanted = {note.id for note in space.notebook.notes(tag=tag)}
        found = [note for note in found if note.id in wanted]
    return space.placed_notes(found)


def notes(options: Namespace) -> int:
    """List notes; 1 if there are none."""
    with workspace(options) as space:
        found = selected(space, options)
    if options.json:
        print_json({"notes": [one.to_json() for one in found]})
        return DONE if found else NOTHING
    out = console(options)
    for one in found:
        tags = "".join(f" #{painted(tag)}" for tag in one.tags)
        out.print(f"{one.id}  {one.article}  {painted(one.source.title)}{tags}")
        if one.anchor:
            place = f"{one.anchor.start}:{one.anchor.end} ({state_name(one.state)})"
            out.print(f"  {place} « {painted(one.anchor.quote)} »")
        if one.comment:
            out.print("  " + painted(one.comment))
        out.print()
    if not found:
        complain(_("no notes"))
    return DONE if found else NOTHING


def tags(options: Namespace) -> int:
    """Change tags everywhere, if that is asked, and list them."""
    with workspace(options) as space:
        if options.action:
            complain(_changed_tags(space.notebook, options))
        found = space.notebook.tags()
    if options.json:
        return print_json({"tags": [asdict(tag) for tag in found]})
    out = console(options)
    for tag in found:
        said = f"  {painted(one_line(tag.description))}" if tag.description else ""
        out.print(f"{tag.count:>6}  #{painted(tag.name)}{said}")
    return DONE


def _changed_tags(notebook: Notebook, options: Namespace) -> str:
    """Do what was asked to the tags, and return it in words."""
    names: list[str] = options.names
    wanted = {"rename": 2, "merge": 2, "delete": 1, "describe": 2}[options.action]
    if len(names) != wanted:
        raise Wrong(_("`tags {action}` takes {count} names", action=options.action, count=wanted))
    match options.action:
        case "rename":
            count = notebook.rename_tag(*names)
        case "merge":
            count = notebook.merge_tags(*names)
        case "delete":
            count = notebook.delete_tag(*names)
        case _:
            notebook.describe_tag(names[0], description=names[1])
            return _("Tag described")
    return _("Notes changed: {count}", count=count)


def _checked(article: Article, span: tuple[int, int]) -> tuple[int, int]:
    """Return a span that lies in the article. Raises Wrong."""
    start, end = span
    if not start < end <= len(article.text):
        raise Wrong(
            _(
                "{start}:{end} is not in the text, which has {length} characters",
                start=start,
                end=end,
                length=len(article.text),
            )
        )
    return span
