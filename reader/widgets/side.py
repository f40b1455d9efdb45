"""The side pane: the article's notes, and who and what it names, which is the legend too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text

from index.article import EntityType, Mention
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
_SHOWN = (EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.EVENT)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the pane: its text and look, and what choosing it leads to, if anything."""

    text: str
    look: str
    note: Note | None = None
    entity: str = ""
    indent: int = 0
    count: int = 0


class Side(RowList):
    """Lists the notes with their tags, then the entities by type with how often each is named."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("side", "list", "anywhere")
    COMPONENT_CLASSES = {
        f"side--{look}" for look in (*(t.value for t in _SHOWN), "head", "note", "tag", "dim")
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[Line] = []

    def show(self, notes: Sequence[Note], mentions: Sequence[Mention], state: str = "") -> None:
        """Show an article's notes and mentions; `state` says why there are no mentions yet."""
        self.lines = [*_note_lines(notes), *_entity_lines(mentions, state)]
        self.rows_changed()

    def clear(self) -> None:
        """Show nothing."""
        self.lines = []
        self.rows_changed()

    @property
    def chosen(self) -> Line | None:
        """The current line, if it leads anywhere."""
        return self.lines[self.current] if self.lines and self.can_choose(self.current) else None

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def can_choose(self, index: int) -> bool:
        """Tell whether a line leads anywhere."""
        return bool(self.lines[index].note or self.lines[index].entity) and not self.lines[index].indent

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


def _note_lines(notes: Sequence[Note]) -> Iterator[Line]:
    yield Line(_("Notes"), "head", count=len(notes))
    if not notes:
        yield Line(_("None yet: a notes, t tags"), "dim", indent=1)
    for note in notes:
        words = note.comment or (note.anchor.quote if note.anchor else "") or _("whole article")
        yield Line("▎" + " ".join(words.split()), "note", note=note)
        if note.tags:
            yield Line(" ".join(f"#{tag}" for tag in note.tags), "tag", note=note, indent=1)
    yield Line("", "dim")


def _entity_lines(mentions: Sequence[Mention], state: str) -> Iterator[Line]:
    by_type: dict[EntityType, Counter[str]] = {kind: Counter() for kind in EntityType}
    for mention in mentions:
        by_type[mention.type][mention.entity] += 1
    if not any(by_type[kind] for kind in _SHOWN):
        yield Line(_("Entities"), "head")
        yield Line(state or _("None found"), "dim", indent=1)
    for kind in _SHOWN:
        if by_type[kind]:
            yield Line(f"{SIGNS[kind]} {type_name(kind)}", kind.value, count=sum(by_type[kind].values()))
            for name, count in sorted(by_type[kind].items(), key=lambda pair: (-pair[1], pair[0])):
                yield Line(f"  {name}", "note", entity=name, count=count)


def type_name(kind: EntityType) -> str:
    """Return a type's name in the plural, in the program's language."""
    return {
        EntityType.PERSON: _("People"),
        EntityType.ORG: _("Organisations"),
        EntityType.PLACE: _("Places"),
        EntityType.EVENT: _("Events"),
        EntityType.OTHER: _("Other"),
    }[kind]
