"""The dossier of an entity on the screen: names, months, contexts, company, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on

from index.article import EntityType
from index.entities.corrections import Correction, Kind, same_name
from reader.dossier import ORDERS, OpenDossier, bars, markdown, open_dossier
from reader.exporting import write_text
from reader.i18n import _
from reader.naming import type_name
from reader.paths import typed
from reader.render import flagged, painted
from reader.screens.goal import Goal, goal_of
from reader.screens.page import Page
from reader.screens.prompt import Prompt
from reader.translated import translated
from reader.widgets.row_list import RowList
from reader.widgets.side import SIGNS

if TYPE_CHECKING:
    from reader.screens.main import MainScreen

_WHEN = 11  # cells of a date


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line: its text in parts (left, the name, right) or whole, and what choosing it leads to."""

    text: str
    look: str = ""
    left: str = ""
    right: str = ""
    remark: str = ""
    place: Goal | None = None
    entity: tuple[str, EntityType] | None = None
    alias: str = ""


class DossierRows(RowList):
    """The lines of a dossier; a concordance keeps its names in one column."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("dossier", "list", "page")

    def __init__(self) -> None:
        super().__init__(id="rows")
        self.lines: list[DossierLine] = []

    @property
    def chosen(self) -> DossierLine | None:
        """The current line, if it leads anywhere."""
        return self.lines[self.current] if self.lines and self.can_choose(self.current) else None

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def can_choose(self, index: int) -> bool:
        """Tell whether a line leads anywhere."""
        line = self.lines[index]
        return bool(line.place or line.entity or line.alias)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a line."""
        line = self.lines[index]
        text = self._in_context(line, width - _WHEN) if line.left or line.right else Text(painted(line.text))
        if line.look:
            text.stylize(self.look(line.look))
        text.truncate(max(width - _WHEN, 1), overflow="ellipsis", pad=True)
        return [text.append(f"{painted(line.remark):>{_WHEN}}", self.look("dim"))]

    def _in_context(self, line: DossierLine, width: int) -> Text:
        side = max((width - min(len(line.text), width // 3)) // 2, 4)
        left = Text(painted(line.left)[-side:], self.look("dim"))
        left.pad_left(max(side - left.cell_len, 0))
        return left.append(painted(line.text), self.look("title")).append(
            painted(line.right), self.look("dim")
        )


class DossierPage(Page[Goal | None]):
    """An entity's dossier; answers with the place in an article that was chosen."""

    rows: DossierRows

    def __init__(self, main: MainScreen, name: str, kind: EntityType) -> None:
        super().__init__(main, DossierRows())
        self._entity, self._kind, self._sorting = name, kind, 0
        self._opened: OpenDossier | None = None

    def reload(self) -> None:
        """Read the dossier in a thread."""
        self.title_line.update(f"{SIGNS[self._kind]} {flagged(self._entity)}")
        self.read_with(self._read, self._got)

    def _read(self) -> OpenDossier:
        return open_dossier(self.main.workspace, self._entity, self._kind, ORDERS[self._sorting])

    def _got(self, opened: OpenDossier) -> None:
        again, self._opened = self._opened is not None, opened
        self.rows.lines = [*_lines(opened, ORDERS[self._sorting])]
        self.rows.rows_changed(self.rows.current if again else 0)

    def do_sort_contexts(self) -> None:
        """Sort the contexts by the next order: date, left neighbour, right neighbour."""
        self._sorting = (self._sorting + 1) % len(ORDERS)
        self.reload()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        chosen = self.rows.chosen
        if chosen and chosen.place:
            self.dismiss(chosen.place)
        elif chosen and chosen.entity:
            self.main.ask(self._open(*chosen.entity))

    async def _open(self, name: str, kind: EntityType) -> None:
        place = await self.app.push_screen_wait(DossierPage(self.main, name, kind))
        if place:
            self.dismiss(place)

    def do_not_same(self) -> None:
        """Say that the name under the cursor is not this entity's, in any article."""
        chosen = self.rows.chosen
        if not chosen or not chosen.alias or same_name(chosen.alias, self._entity):
            self.say(_("Choose one of its other names first"))
            return
        self.main.correcting.keep(Correction.of(Kind.APART, chosen.alias, self._kind, self._entity))
        self.rows.lines = [line for line in self.rows.lines if line is not chosen]
        self.rows.rows_changed(self.rows.current)

    def do_also(self) -> None:
        """Ask which other entity this one is."""
        self.main.ask(self._also())

    async def _also(self) -> None:
        if one := await self.main.correcting.ask_same(self._entity, self._kind):
            self.main.correcting.keep(one)
            self.dismiss(None)

    def do_export_dossier(self) -> None:
        """Write the dossier as Markdown."""
        self.main.ask(self._export())

    async def _export(self) -> None:
        path = await self.app.push_screen_wait(
            Prompt(_("Write the dossier as Markdown"), _("a file"), "~/liseuse-dossier.md")
        )
        if path and self._opened:
            text = markdown(self._opened)
            self.run_worker(lambda: self._write(path, text), thread=True)

    def _write(self, path: str, text: str) -> None:
        try:
            written = write_text(typed(path), text, self.main.workspace.places, beside=True)
            said = _("Dossier written to {path}", path=str(written))
        except OSError as error:
            said = _("Not exported: {reason}", reason=translated(error.strerror or str(error)))
        self.app.call_from_thread(self.say, said)


def _lines(opened: OpenDossier, order: str) -> Iterator[DossierLine]:
    dossier = opened.dossier
    yield DossierLine(
        _(
            "{type} · mentions: {mentions} · articles: {articles} · {first} – {last}",
            type=type_name(dossier.type),
            mentions=dossier.mentions,
            articles=dossier.articles,
            first=dossier.first or "?",
            last=dossier.last or "?",
        ),
        "dim",
    )
    yield from _head(_("Names"))
    for name, count in dossier.aliases:
        yield DossierLine(f"  {name}", remark=str(count), alias=name)
    if dossier.months:
        yield from _head(_("When"))
    for when, bar, count in bars(dossier.months):
        yield DossierLine(f"  {when:<8} {bar}", remark=str(count))
    if dossier.sources:
        yield from _head(_("Sources"))
        yield DossierLine("  " + ", ".join(f"{name} ({count})" for name, count in dossier.sources))
    yield from _company(opened)
    yield from _contexts(opened, order)


def _head(text: str) -> Iterator[DossierLine]:
    yield DossierLine("")
    yield DossierLine(text, "title")


def _company(opened: OpenDossier) -> Iterator[DossierLine]:
    if opened.neighbours:
        yield from _head(_("Named with"))
    for other in opened.neighbours[:12]:
        one = other.evidence[0]
        yield DossierLine(
            f"  {SIGNS[other.type]} {other.name}",
            remark=str(other.sentences),
            entity=(other.name, other.type),
        )
        yield DossierLine(
            f"    « {one.text} »", "dim", remark=one.date, place=Goal(one.article, one.span.start)
        )
    if opened.notes:
        yield from _head(_("Notes"))
    for note in opened.notes:
        yield DossierLine(f"  ▎{note.comment or note.quote}", place=goal_of(note))


def _contexts(opened: OpenDossier, order: str) -> Iterator[DossierLine]:
    orders = {"date": _("newest first"), "left": _("by what comes before"), "right": _("by what follows")}
    yield from _head(f"{_('In context')} · {orders[order]}")
    for one in opened.concordance:
        yield DossierLine(
            one.surface, left=one.left, right=one.right, remark=one.date, place=Goal(one.article, one.start)
        )
