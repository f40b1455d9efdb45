"""The commands that change notes after they were made, and take changes back: edit, delete, undo."""

from argparse import Namespace

from notes import Note
from reader.cli.failures import DONE, NOTHING, Wrong, complain
from reader.cli.output import workspace
from reader.i18n import _, ngettext


def edit(options: Namespace) -> int:
    """Change a note's comment and tags."""
    if options.comment is None and not options.tag and not options.untag:
        raise Wrong(_("nothing to change: give --comment, --tag or --untag"))
    with workspace(options) as space:
        notebook = space.notebook
        note = notebook.get(options.id)
        changed = notebook.revise(note.id, comment=options.comment, tags=_tags(note, options)) != note
    complain(_("Note changed") if changed else _("The note is as it was"))
    return DONE


def _tags(note: Note, options: Namespace) -> list[str]:
    from notes.tags import key, normalise  # noqa: PLC0415 - for this command

    taken = {key(normalise(tag)): tag for tag in options.untag}
    for tag in taken.keys() - set(map(key, note.tags)):
        raise Wrong(_("the note has no tag {tag}", tag=taken[tag]))
    return [*(tag for tag in note.tags if key(tag) not in taken), *options.tag]


def delete(options: Namespace) -> int:
    """Delete notes, as one step."""
    with workspace(options) as space:
        ids = [space.notebook.get(id).id for id in options.ids]  # noqa: A001 - the contract's word
        count = space.notebook.remove(*ids)
    complain(ngettext("{count} note deleted", "{count} notes deleted", count))
    return DONE


def undo(options: Namespace) -> int:
    """Take the last change back; 1 if there is none."""
    with workspace(options) as space:
        turned = space.steps.undo()
        if turned and turned.of_entities:
            for _step in space.corrector.settle():
                pass
            for _said in space.collection.settle():
                pass
    complain(_("Undone: {said}", said=turned.said) if turned else _("Nothing to undo"))
    return DONE if turned else NOTHING
