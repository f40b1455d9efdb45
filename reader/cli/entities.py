"""The commands about entities: entity, corrections."""

import json
from argparse import Namespace
from collections.abc import Sequence

from rich.text import Text

from index.article import EntityType
from index.entities.corrections import Correction
from index.entities.log import read
from index.regular import MAX_CORRECTIONS, content
from reader.cli.failures import DONE, NOTHING, Wrong, complain
from reader.cli.output import TYPE_STYLES, console, print_json, print_text, workspace
from reader.corrector import described
from reader.dossier import OpenDossier, bars, called, markdown, open_dossier
from reader.exporting import write_text
from reader.i18n import _
from reader.naming import type_name
from reader.paths import typed
from reader.render import flagged, painted
from reader.workspace import Workspace


def entity(options: Namespace) -> int:
    """Print the dossier of an entity; 1 if nothing is called that."""
    kind = EntityType(options.type) if options.type else None
    with workspace(options) as space:
        found = called(space, options.name, kind)
        if not found:
            complain(_("nothing is called {name}; `liseuse entities` lists what is", name=options.name))
            return NOTHING
        opened = open_dossier(space, *found[0], options.sort)
    if options.json:
        return print_json(opened.to_json())
    if options.markdown:
        print_text(markdown(opened))
        return DONE
    _print(opened, options)
    for name, other in found[1:6]:
        complain(_("also called so: {name} ({type})", name=name, type=type_name(other)))
    return DONE


def _print(opened: OpenDossier, options: Namespace) -> None:
    out, dossier = console(options), opened.dossier
    out.print(Text(flagged(dossier.name), f"bold {TYPE_STYLES[dossier.type]}"))
    out.print(
        _(
            "{type} · mentions: {mentions} · articles: {articles} · {first} – {last}",
            type=type_name(dossier.type),
            mentions=dossier.mentions,
            articles=dossier.articles,
            first=dossier.first or "?",
            last=dossier.last or "?",
        )
    )
    for title, counts in ((_("Names"), dossier.aliases), (_("Sources"), dossier.sources)):
        if counts:
            out.print(f"\n{title}\n  " + painted(", ".join(f"{name} ({count})" for name, count in counts)))
    out.print()
    for when, bar, count in bars(dossier.months):
        out.print(f"  {when:<8}{bar} {count}")
    out.print()
    for one in opened.concordance[: options.limit]:
        line = Text(painted(one.left)[-38:].rjust(38), "dim").append(painted(one.surface), "bold not dim")
        out.print(line.append(painted(one.right)[:38], "dim").append(f"  {one.date} {one.article}", "dim"))
    for other in opened.neighbours[:12]:
        out.print()
        out.print(Text(flagged(other.name), TYPE_STYLES[other.type]).append(f" ({other.sentences})", "dim"))
        out.print(Text(f"  « {painted(other.evidence[0].text)} » {other.evidence[0].date}"))
    for note in opened.notes:
        out.print(f"\n▎{painted(note.comment or note.quote)}")


def corrections(options: Namespace) -> int:
    """List, export or merge the corrections of entities."""
    with workspace(options) as space:
        if options.action == "merge":
            return _merge(space, options)
        held = space.corrector.log.in_force()
        if options.action == "export":
            return _export(space, options, space.corrector.log.lines() if held else [])
    if options.json:
        print_json({"corrections": [one.to_json() for one in held]})
        return DONE if held else NOTHING
    if not held:
        complain(_("no corrections"))
    for one in held:
        print(painted(f"{one.moment.date()}  {described(one)}"))
    return DONE if held else NOTHING


def _export(space: Workspace, options: Namespace, lines: Sequence[Correction]) -> int:
    if not lines:
        complain(_("no corrections to export"))
        return NOTHING
    data = "".join(json.dumps(one.to_json()) + "\n" for one in lines)
    if options.file in (None, "-"):
        print_text(data)
    else:
        write_text(typed(options.file), data, space.places)
    return DONE


def _merge(space: Workspace, options: Namespace) -> int:
    if not options.file:
        raise Wrong(_("say which file: liseuse corrections merge FILE"))
    theirs = list(read(content(typed(options.file), MAX_CORRECTIONS)))
    if not theirs:
        raise Wrong(_("{path} holds no corrections", path=options.file))
    new = space.corrector.log.merge(theirs)
    changed = sum(len(articles) for articles in space.corrector.settle())
    for _step in space.collection.settle():
        pass
    complain(_("New corrections: {new} · articles changed: {changed}", new=new, changed=changed))
    return DONE
