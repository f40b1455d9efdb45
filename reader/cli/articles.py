"""The commands about a collection: annotate, search, entities."""

import json
from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from index.article import EntityType
from reader.cli.failures import DONE, NOTHING, WRONG, Wrong, complain
from reader.cli.output import TYPE_STYLES, console, print_json, progress, workspace
from reader.finder import Answer, HitRow
from reader.i18n import _
from reader.naming import type_name
from reader.pace import Pace
from reader.query_words import misunderstanding, offer_said
from reader.render import excerpt, flagged, painted
from reader.translated import translated

if TYPE_CHECKING:
    from index.mentions import EntityCount


def annotate(options: Namespace) -> int:
    """Find the entities of what has none yet."""
    from index.entities.gazetteer import GazetteerError  # noqa: PLC0415 - rules and words
    from index.entities.models import ModelError  # noqa: PLC0415

    try:
        return _annotate(options)
    except (GazetteerError, ModelError) as error:
        raise Wrong(translated(str(error))) from error


def _annotate(options: Namespace) -> int:
    from index.entities import annotator, models  # noqa: PLC0415
    from index.entities.assistant import Assistant  # noqa: PLC0415
    from index.entities.work import annotate_pending  # noqa: PLC0415

    for sentence in models.missing():
        complain(translated(sentence))
    with workspace(options) as space, progress(options) as bars:
        library = space.collection.library
        task = bars.add_task(_("entities"), total=None, rate="")
        names = space.places.gazetteer
        versions = models.versions(names)
        finder = partial(annotator.build, extra=names)
        before, _total = library.mentions.progress(versions)
        pace = Pace()
        failed: list[str] = []
        with Assistant(
            space.places.library, names, lambda line: failed.extend(json.loads(line).get("failed", ()))
        ) as second:
            for batch in annotate_pending(library, annotator_for=finder, versions=versions):
                second.consider(batch.total - batch.done)
                failed += batch.failed
                rate = pace.rate(batch.done - before)
                bars.update(task, completed=batch.done, total=batch.total, rate=rate)
        for _articles in space.corrector.settle():
            pass
        for _step in space.collection.settle():
            pass
        done, total = library.mentions.progress(versions)
    new = done - before - len(failed)
    complain(_("Articles annotated: {new} · in all {done} of {total}", new=new, done=done, total=total))
    if options.json:
        print_json({"annotated": new, "failed": len(failed), "done": done, "total": total})
    return DONE


def search(options: Namespace) -> int:
    """Print ranked hits; 1 if there are none."""
    from index.query import QueryError  # noqa: PLC0415 - Whoosh, only when searching

    with workspace(options) as space:
        space.finder.settle()
        try:
            answer = space.finder.search(
                options.query, limit=options.limit, offset=options.offset, sort=options.sort,
                facets=options.facets or options.json,
            )  # fmt: skip
        except QueryError as error:
            complain(painted(options.query))
            complain(" " * cell_len(painted(options.query[: error.column])) + "^")
            complain(_("column {column}: {reason}", column=error.column + 1, reason=misunderstanding(error)))
            if error.suggestion:
                complain(_("did you mean: {suggestion}", suggestion=error.suggestion))
            return WRONG
    if options.json:
        print_json(_search_json(answer))
    else:
        _print_hits(answer, options)
    return DONE if answer.total else NOTHING


def _search_json(answer: Answer) -> dict[str, object]:
    return {
        "query": answer.query,
        "understood": answer.understood,
        "total": answer.total,
        "seconds": round(answer.seconds, 4),
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": {
            name: [{"value": facet.value, "count": facet.count} for facet in facets]
            for name, facets in answer.facets.items()
        },
        "suggestion": next((offer.query for offer in answer.offers), answer.hint or None),
        "offers": [
            {"kind": offer.kind.value, "clause": offer.clause, "query": offer.query, "count": offer.count}
            for offer in answer.offers
        ],
    }


def _hit_json(hit: HitRow) -> dict[str, object]:
    names = ("id", "title", "date", "lang", "source", "path")
    excerpts = [
        {"text": excerpt.text, "matches": [[match.start, match.end] for match in excerpt.matches]}
        for excerpt in hit.excerpts
    ]
    return {
        **{name: getattr(hit, name) for name in names},
        "score": round(hit.score, 4),
        "excerpt": excerpts[0],
        "excerpts": excerpts,
        "notes": hit.notes,
        "versions": hit.versions,
        "read": hit.read,
    }


def _print_hits(answer: Answer, options: Namespace) -> None:
    out = console(options)
    for hit in answer.hits:
        title = Text(hit.id, "dim").append("  ").append(flagged(hit.title), "bold not dim")
        out.print(title)
        versions = _("{count} versions", count=hit.versions) if hit.versions > 1 else ""
        notes = _("notes: {count}", count=hit.notes) if hit.notes else ""
        about = " · ".join(filter(None, (hit.date, hit.source, hit.lang, versions, notes, hit.path)))
        out.print(Text("  " + painted(about), "dim"))
        for shown in hit.excerpts:
            out.print(Text("  ") + excerpt(shown.text, shown.matches, match="bold reverse"))
        out.print()
    if options.facets:
        for name, counts in answer.facets.items():
            listed = ", ".join(f"{painted(f.value)} ({f.count})" for f in counts[:10])
            out.print(f"{name}: {listed}")
    complain(_("{understood} · articles: {total}", understood=answer.understood, total=answer.total))
    if answer.hint:
        complain(_("did you mean: {suggestion}", suggestion=answer.hint))
    for offer in answer.offers:
        complain(f"  {offer_said(offer)}: {painted(offer.query)}  ({offer.count})")


def entities(options: Namespace) -> int:
    """List the entities; 1 if there are none."""
    kind = EntityType(options.type) if options.type else None
    with workspace(options) as space:
        found = space.collection.library.mentions.entities(options.pattern, kind)
    if options.json:
        print_json({"entities": [_entity_json(entity) for entity in found]})
        return DONE if found else NOTHING
    out = console(options)
    for entity in found:
        line = Text(f"{entity.articles:>6} {entity.mentions:>6}  {type_name(entity.type):<12} ")
        line.append(flagged(entity.name), TYPE_STYLES[entity.type])
        if entity.aliases:
            line.append("  = " + painted(", ".join(entity.aliases[:6])), "dim")
        out.print(line)
    if not found:
        complain(_("no entity; `liseuse annotate` finds those of articles that have none yet"))
    return DONE if found else NOTHING


def _entity_json(entity: "EntityCount") -> dict[str, object]:
    return {
        "name": entity.name,
        "type": entity.type.value,
        "aliases": list(entity.aliases),
        "articles": entity.articles,
        "mentions": entity.mentions,
    }
