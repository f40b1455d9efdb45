"""The rows of the notebook: notes under headings by article, tag or day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text

from notes import State
from reader.i18n import _
from reader.naming import state_name
from reader.render import painted
from reader.widgets.article_header import written_date
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from notes import Note

GROUPINGS: Final = ("article", "tag", "date")


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the notebook: a heading where it has no note, else a note's first or second line."""

    text: str
    remark: str = ""
    note: Note | None = None
    continued: bool = False


class NoteRows(RowList):
    """Notes, each on two lines; some of them selected."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("notes", "list", "page")

    def __init__(self) -> None:
        super().__init__(id="rows")
        self.lines: Sequence[NoteLine] = ()
        self.selected: set[str] = set()

    def show(self, lines: Sequence[NoteLine]) -> None:
        """Show other lines: the current note stays current while it is there, where it stands nearest."""
        chosen, here = self.chosen, self.current
        self.lines = lines
        rows = (n for n in range(len(lines)) if self.can_choose(n) and self._is(lines[n], chosen))
        self.rows_changed(min(rows, key=lambda n: abs(n - here), default=here))

    @staticmethod
    def _is(line: NoteLine, chosen: Note | None) -> bool:
        return line.note is not None and chosen is not None and line.note.id == chosen.id

    @property
    def chosen(self) -> Note | None:
        """The current note."""
        return self.lines[self.current].note if self.lines else None

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def can_choose(self, index: int) -> bool:
        """Tell whether a line is the first of a note."""
        return self.lines[index].note is not None and not self.lines[index].continued

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line, its remark at the right."""
        line = self.lines[index]
        look = "title" if line.note is None else "dim" if line.continued else ""
        is_selected = line.note is not None and line.note.id in self.selected and not line.continued
        text = Text("✓ " if is_selected else "  " if line.note else "")
        text.append(painted(line.text), self.look(look) if look else "")
        text.truncate(max(width - len(line.remark) - 1, 1), overflow="ellipsis", pad=True)
        return [text.append(f" {line.remark}", self.look("dim"))]


def grouped(notes: Iterable[Note], grouping: str) -> list[NoteLine]:
    """Return notes under the headings of a grouping; by tag, a note stands under each of its tags."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        for heading in _headings(note, grouping):
            groups[heading].append(note)
    ordered = sorted(groups) if grouping == "tag" else list(groups)
    if grouping == "date":
        ordered.sort(reverse=True)
    return [line for heading in ordered for line in _group(heading, groups[heading], grouping)]


def _headings(note: Note, grouping: str) -> tuple[str, ...]:
    match grouping:
        case "tag":
            return note.tags or ("",)
        case "date":
            return (note.modified[:10],)
        case _:
            source = note.source
            about = (source.title or _("untitled"), source.source, written_date(source.date))
            return (" · ".join(filter(None, about)),)


def _group(heading: str, notes: list[Note], grouping: str) -> Iterator[NoteLine]:
    shown = {
        "tag": f"#{heading}" if heading else _("without a tag"),
        "date": written_date(heading),
    }.get(grouping, heading)
    yield NoteLine(shown, str(len(notes)))
    for note in sorted(notes, key=lambda one: one.modified, reverse=True) if grouping == "date" else notes:
        about = "" if grouping == "article" else note.source.title
        state = "" if note.state is State.EXACT else state_name(note.state)
        yield NoteLine(_words(note), state, note)
        below = " · ".join(filter(None, (_comment(note), _tags(note), about)))
        yield NoteLine(f"  {below}", "", note, continued=True)


def _words(note: Note) -> str:
    return f"« {' '.join(note.quote.split())} »" if note.quote else _("whole article")


def _comment(note: Note) -> str:
    return " ".join(note.comment.split())


def _tags(note: Note) -> str:
    return " ".join(f"#{tag}" for tag in note.tags)
