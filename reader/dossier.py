"""The dossier of an entity: all that is known of it, for the screen, the command line and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from index.article import EntityType
from index.dossier import sorted_by
from index.language import names_in
from reader.i18n import _
from reader.naming import type_name

if TYPE_CHECKING:
    from index.dossier import Dossier, Neighbour, Occurrence
    from notes import Note
    from reader.workspace import Workspace

ORDERS: Final = ("date", "left", "right")
_MONTHS: Final = 36
"""Beyond that many, years are counted."""
_BAR: Final = 24  # cells


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """A dossier with what takes longer to read: concordance, neighbours, notes."""

    dossier: Dossier
    concordance: tuple[Occurrence, ...]
    neighbours: tuple[Neighbour, ...]
    notes: tuple[Note, ...]

    def to_json(self) -> dict[str, object]:
        """Return what `entity --json` prints."""
        known = asdict(self.dossier)
        counts = {"aliases": "name", "sources": "value", "months": "month"}
        for field, key in counts.items():
            known[field] = [{key: value, "count": count} for value, count in known[field]]
        return {
            **known,
            "concordance": [_occurrence_json(one) for one in self.concordance],
            "neighbours": [_neighbour_json(one) for one in self.neighbours],
            "notes": [note.to_json() for note in self.notes],
        }


def called(space: Workspace, name: str, kind: EntityType | None = None) -> list[tuple[str, EntityType]]:
    """Return the entities of the collection with this name or alias, also one that no article uses."""
    dossiers, found = space.collection.library.dossiers, []
    for one in (name, *sorted(space.finder.clauses.canonical(name))):
        found += [entity for entity in dossiers.find(one) if kind in (None, entity[1])]
    return list(dict.fromkeys(found))


def open_dossier(space: Workspace, name: str, kind: EntityType, order: str = "date") -> OpenDossier:
    """Read the dossier of an entity. Raises LibraryError and NotebookError."""
    dossiers = space.collection.library.dossiers
    dossier = dossiers.of(name, kind)
    concordance = sorted_by(dossiers.concordance(name, kind), order)
    articles = {one.article for one in concordance}
    names = [name, *(alias for alias, _ in dossier.aliases)]
    notes = [note for note in space.notebook.notes() if note.article in articles and _is_about(note, names)]
    return OpenDossier(dossier, tuple(concordance), tuple(dossiers.neighbours(name, kind)), tuple(notes))


def _is_about(note: Note, names: Sequence[str]) -> bool:
    return any(names_in(said, names) for said in (note.quote, note.comment))


def bars(months: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, int]]:
    """Yield each month (each year, where they are many) with a bar and how often the entity is named."""
    counts: Counter[str] = Counter()
    for month, count in months:
        counts[month if len(months) <= _MONTHS else month[:4]] += count
    most = max(counts.values(), default=1)
    for when, count in sorted(counts.items()):
        yield when, "█" * max(round(_BAR * count / most), 1), count


def markdown(opened: OpenDossier) -> str:
    """Return a dossier as Markdown, with nothing in it that acts."""
    from notes.export.escape import blockquote, line  # noqa: PLC0415 - for exports only

    dossier = opened.dossier
    said = [
        f"# {line(dossier.name)}",
        "",
        _(
            "{type} · mentions: {mentions} · articles: {articles} · {first} – {last}",
            type=type_name(dossier.type),
            mentions=dossier.mentions,
            articles=dossier.articles,
            first=dossier.first or "?",
            last=dossier.last or "?",
        ),
    ]
    said += _section(_("Names"), (f"{line(name)} ({count})" for name, count in dossier.aliases))
    said += _section(_("Sources"), (f"{line(name)} ({count})" for name, count in dossier.sources))
    said += _section(_("When"), (f"{when} {bar} {count}" for when, bar, count in bars(dossier.months)))
    for other in opened.neighbours:
        said += ["", f"## {_('With {name}', name=line(other.name))} ({other.sentences})"]
        for one in other.evidence:
            said += ["", blockquote(one.text), ">", f"> {one.date} · {one.article}"]
    said += _section(
        _("In context"),
        (
            f"{line(one.left)}**{line(one.surface)}**{line(one.right)} ({one.date} {one.article})"
            for one in opened.concordance
        ),
    )
    if opened.notes:
        said += ["", f"## {_('Notes')}"]
    for note in opened.notes:
        said += ["", blockquote(note.quote or note.comment), "", line(note.comment)]
    return "\n".join(said) + "\n"


def _section(title: str, items: Iterable[str]) -> list[str]:
    listed = [f"- {item}" for item in items]
    return ["", f"## {title}", "", *listed] if listed else []


def _occurrence_json(one: Occurrence) -> dict[str, object]:
    known = asdict(one)
    known["text"] = known.pop("surface")
    return known


def _neighbour_json(one: Neighbour) -> dict[str, object]:
    evidence = [
        {"article": e.article, "date": e.date, "start": e.span.start, "end": e.span.end, "text": e.text}
        for e in one.evidence
    ]
    return {"name": one.name, "type": one.type.value, "sentences": one.sentences, "evidence": evidence}
