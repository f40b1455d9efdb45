"""The side pane: the article's notes, and who and what it names, which is the legend too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from rich.text import Text

from index.article import EntityType, Mention
from index.spoofing import suspicion
from reader.i18n import _
from reader.render import painted
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from notes import Note

SIGNS = {
    EntityType.PERSON: "●",
    EntityType.ORG: "■",
    EntityType.PLACE: "▲",
    EntityType.EVENT: "◆",
    EntityType.OTHER: "○",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the pane: its text and look, and what choosing it leads to, if anything."""

    text: str
    look: str
    note: Note | None = None
    entity: str = ""
    kind: EntityType = EntityType.OTHER
    """The entity's type: several may have one name."""
    toggles: str = ""
    """The layer, or kind of entity, that choosing it shows or hides."""
    indent: int = 0
    count: int = 0

    @property
    def means(self) -> tuple[str, ...]:
        """What it stands for, whatever is said of it."""
        return self.note.id if self.note else "", self.entity, self.kind, self.toggles


class Legend(NamedTuple):
    """What is hidden of the article's marks, how many hits there are, and why there are no entities yet."""

    hidden: frozenset[str] = frozenset()
    hits: int = 0
    state: str = ""
    warnings: tuple[str, ...] = ()
    """What deceives in the text."""


class Side(RowList):
    """Lists the notes with their tags, then the entities by type with how often each is named.

    The heading of each kind of mark is its legend; choosing it shows or hides them in the article.
    """

    CONTEXTS: ClassVar[tuple[str, ...]] = ("side", "note", "list", "anywhere")
    COMPONENT_CLASSES = {
        f"side--{look}" for look in (*(t.value for t in EntityType), "head", "note", "tag", "dim", "warning")
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[Line] = []

    def show(self, notes: Sequence[Note], mentions: Sequence[Mention], legend: Legend) -> None:
        """Show an article's notes and mentions; what was chosen stays so for who is choosing here."""
        was = self.chosen if self.has_focus else None
        warned = [Line(f"⚠ {warning}", "warning") for warning in legend.warnings]
        self.lines = [
            *warned,
            *_hit_lines(legend),
            *_note_lines(notes, legend),
            *_entity_lines(mentions, legend),
        ]
        same = (i for i, line in enumerate(self.lines) if was and line.means == was.means)
        first = (i for i, line in enumerate(self.lines) if line.note or line.entity)
        self.rows_changed([*same, *first, 0][0])

    def to_legend(self) -> None:
        """Make the first heading that shows and hides the current line."""
        self.move_to(next((i for i, line in enumerate(self.lines) if line.toggles), 0))

    def clear(self) -> None:
        """Show nothing."""
        self.lines = []
        self.rows_changed()

    @property
    def chosen(self) -> Line | None:
        """The current line, if it leads anywhere."""
        return self.lines[self.current] if self.lines and self.can_choose(self.current) else None

    def live_contexts(self) -> tuple[str, ...]:
        """Return the contexts without the note's on a line that is none."""
        on_one = self.chosen is not None and self.chosen.note is not None
        return tuple(context for context in self.CONTEXTS if on_one or context != "note")

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def can_choose(self, index: int) -> bool:
        """Tell whether a line leads anywhere."""
        line = self.lines[index]
        return bool(line.note or line.entity or line.toggles) and not line.indent

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line's text, its count at the right."""
        line = self.lines[index]
        count = str(line.count) if line.count else ""
        room = max(width - len(count) - 1, 1)
        text = Text(overflow="ellipsis").append(
            " " * line.indent + painted(line.text), self._style(line.look)
        )
        text.truncate(room, overflow="ellipsis")
        if count:
            text.append(" " * (room - text.cell_len) + " " + count, self._style("dim"))
        return [text]

    def _style(self, look: str) -> Style:
        return self.get_component_rich_style(f"side--{look}", partial=True)


def _head(text: str, look: str, toggles: str, count: int, legend: Legend) -> Line:
    """Return the heading of a kind of mark, which says whether it is hidden."""
    hidden = toggles in legend.hidden
    return Line(
        f"{text} ({_('hidden')})" if hidden else text, "dim" if hidden else look, toggles=toggles, count=count
    )


def _hit_lines(legend: Legend) -> Iterator[Line]:
    if legend.hits:
        yield _head("━ " + _("Hits"), "head", "hits", legend.hits, legend)


def _note_lines(notes: Sequence[Note], legend: Legend) -> Iterator[Line]:
    yield _head("▎ " + _("Notes"), "head", "notes", len(notes), legend)
    if not notes:
        yield Line(_("None yet: a notes, t tags"), "dim", indent=1)
    for note in notes:
        words = note.comment or (note.anchor.quote if note.anchor else "") or _("whole article")
        yield Line("▎" + " ".join(words.split()), "note", note=note)
        if note.tags:
            yield Line(" ".join(f"#{tag}" for tag in note.tags), "tag", note=note, indent=1)
    yield Line("", "dim")


def _entity_lines(mentions: Sequence[Mention], legend: Legend) -> Iterator[Line]:
    by_type: dict[EntityType, Counter[str]] = {kind: Counter() for kind in EntityType}
    for mention in mentions:
        by_type[mention.type][mention.entity] += 1
    yield _head(_("Entities"), "head", "entities", len(mentions), legend)
    if not mentions:
        yield Line(legend.state or _("None found"), "dim", indent=1)
    for kind in EntityType:
        if by_type[kind] and "entities" not in legend.hidden:
            yield _head(
                f"{SIGNS[kind]} {type_name(kind)}", kind.value, kind.value, by_type[kind].total(), legend
            )
            if kind not in legend.hidden:
                for name, count in sorted(by_type[kind].items(), key=lambda pair: (-pair[1], pair[0])):
                    warned = "⚠ " * bool(suspicion(name))
                    yield Line(f"  {warned}{name}", "note", entity=name, kind=kind, count=count)


def type_name(kind: EntityType) -> str:
    """Return a type's name in the plural, in the program's language."""
    return {
        EntityType.PERSON: _("People"),
        EntityType.ORG: _("Organisations"),
        EntityType.PLACE: _("Places"),
        EntityType.EVENT: _("Events"),
        EntityType.OTHER: _("Other"),
    }[kind]
