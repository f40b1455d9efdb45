"""The list of all entities, and the queue of those worth a look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on

from index.article import EntityType, fold
from index.entities.corrections import Correction, Kind
from index.review import Doubt, Question, questions
from reader.i18n import _
from reader.render import flagged, painted
from reader.screens.goal import Goal
from reader.screens.page import Page
from reader.screens.prompt import Prompt
from reader.widgets.row_list import RowList
from reader.widgets.side import SIGNS, type_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.mentions import EntityCount
    from reader.screens.main import MainScreen

_ORDERS = ("mentions", "articles", "name")
_COUNT = 7  # cells


class EntityRows(RowList):
    """Entities with their counts and other names, or questions about them."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("entities", "list", "page")

    def __init__(self) -> None:
        super().__init__(id="rows")
        self.shown: list[tuple[EntityCount, str]] = []

    @property
    def chosen(self) -> EntityCount | None:
        """The current entity."""
        return self.shown[self.current][0] if self.shown else None

    def count(self) -> int:
        """Return how many entities there are."""
        return len(self.shown)

    def row(self, index: int, width: int) -> list[Text]:
        """Return an entity's line: type, name, other names or the question, mentions, articles."""
        entity, remark = self.shown[index]
        text = Text(f"{SIGNS[entity.type]} ").append(flagged(entity.name), self.look("title"))
        text.append(f"  {painted(remark)}", self.look("dim"))
        text.truncate(max(width - 2 * _COUNT, 1), overflow="ellipsis", pad=True)
        return [text.append(f"{entity.mentions:>{_COUNT}}{entity.articles:>{_COUNT}}", self.look("dim"))]


class EntitiesPage(Page[Goal | None]):
    """All entities, filtered and sorted; answers with a place to go to, if one was chosen in a dossier."""

    rows: EntityRows

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main, EntityRows())
        self._all: Sequence[EntityCount] = ()
        self._right: frozenset[tuple[str, EntityType]] = frozenset()
        self._filter, self._sorting, self._kind, self._review = "", 0, -1, False

    def reload(self) -> None:
        """Read the entities in a thread."""
        self.read_with(self._read, self._got)

    def _read(self) -> tuple[Sequence[EntityCount], frozenset[tuple[str, EntityType]]]:
        workspace = self.main.workspace
        found = workspace.collection.library.mentions.entities()
        right = [one for one in workspace.corrector.log.in_force() if one.kind is Kind.RIGHT]
        return found, frozenset((one.name, one.type) for one in right)

    def _got(self, found: tuple[Sequence[EntityCount], frozenset[tuple[str, EntityType]]]) -> None:
        self._all, self._right = found
        self._show(keep=True)

    def _show(self, *, keep: bool = False) -> None:
        kind = tuple(EntityType)[self._kind] if self._kind >= 0 else None
        asked = questions(self._all, self._right) if self._review else []
        rows = (
            [(one.entity, _question(one)) for one in asked]
            if self._review
            else [(one, ", ".join(one.aliases)) for one in self._sorted()]
        )
        wanted = fold(self._filter)
        rows = [
            (entity, remark)
            for entity, remark in rows
            if kind in (None, entity.type) and wanted in fold(f"{entity.name} {remark}")
        ]
        self.say_where_empty(_("Nothing to review") if self._review else _("No entity here"))
        self.rows.shown = rows
        self.rows.rows_changed(self.rows.current if keep else 0)
        self._show_title(kind)

    def _sorted(self) -> Sequence[EntityCount]:
        if _ORDERS[self._sorting] == "name":
            return sorted(self._all, key=lambda one: fold(one.name))
        first = _ORDERS[self._sorting]
        return sorted(self._all, key=lambda one: (-getattr(one, first), -one.mentions, one.name))

    def _show_title(self, kind: EntityType | None) -> None:
        orders = {"mentions": _("by mentions"), "articles": _("by articles"), "name": _("by name")}
        parts = [
            _("To review") if self._review else _("Entities"),
            str(len(self.rows.shown)),
            type_name(kind) if kind else "",
            f"/{self._filter}" if self._filter else "",
            "" if self._review else orders[_ORDERS[self._sorting]],
        ]
        self.title_line.update(painted(" · ".join(filter(None, parts))))

    # Looking

    def do_sort_entities(self) -> None:
        """Sort by the next order: mentions, articles, name."""
        self._sorting = (self._sorting + 1) % len(_ORDERS)
        self._show()

    def do_next_type(self) -> None:
        """Show one type after another, then all."""
        self._kind = self._kind + 1 if self._kind + 1 < len(EntityType) else -1
        self._show()

    def do_review(self) -> None:
        """Show what is worth a look, or everything again."""
        self._review = not self._review
        self._show()

    def do_narrow(self) -> None:
        """Ask for words that the entities shown must have."""
        self.main.ask(self._narrow())

    async def _narrow(self) -> None:
        words = await self.app.push_screen_wait(
            Prompt(_("Narrow the list"), _("part of a name"), self._filter)
        )
        if words is not None:
            self._filter = words
            self._show()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        if self.rows.chosen:
            self.main.ask(self._open(self.rows.chosen))

    async def _open(self, entity: EntityCount) -> None:
        from reader.screens.dossier import DossierPage  # noqa: PLC0415 - when first asked for

        place = await self.app.push_screen_wait(DossierPage(self.main, entity.name, entity.type))
        if place:
            self.dismiss(place)

    # Correcting, everywhere

    def _keep(self, one: Correction) -> None:
        """Keep a correction; what it does is shown at once, and made true by the worker."""
        self.main.correcting.keep(one)
        self._all = expected(self._all, one)
        if one.kind is Kind.RIGHT:
            self._right |= {(one.name, one.type)}
        self._show(keep=True)

    def do_wrong(self) -> None:
        """Say that the current name is none."""
        if entity := self.rows.chosen:
            self._keep(Correction.of(Kind.WRONG, entity.name, entity.type))

    def do_right(self) -> None:
        """Say that the current entity is right, so that it is not asked about again."""
        if entity := self.rows.chosen:
            self._keep(Correction.of(Kind.RIGHT, entity.name, entity.type))

    def do_other_type(self) -> None:
        """Ask of which type the current entity is."""
        if entity := self.rows.chosen:
            self.main.ask(self._retype(entity))

    async def _retype(self, entity: EntityCount) -> None:
        if to := await self.main.correcting.ask_type(entity.name, entity.type):
            self._keep(Correction.of(Kind.TYPE, entity.name, entity.type, to))

    def do_also(self) -> None:
        """Ask which other entity the current one is."""
        if self.rows.chosen:
            self.main.ask(self._also(self.rows.chosen))

    async def _also(self, entity: EntityCount) -> None:
        asked = next((one.other for one in questions(self._all) if one.entity == entity), "")
        if one := await self.main.correcting.ask_same(entity.name, entity.type, asked):
            self._keep(one)


def _question(one: Question) -> str:
    return {
        Doubt.TYPES: _("also of type {other}: c changes it", other=one.other),
        Doubt.WHO: _("perhaps {other}: i joins them", other=one.other),
        Doubt.ALIKE: _("perhaps {other}: i joins them", other=one.other),
    }[one.doubt]


def expected(entities: Sequence[EntityCount], one: Correction) -> list[EntityCount]:
    """Return the entities as a correction for all articles will have them."""
    meant = next((e for e in entities if (e.name, e.type) == (one.name, one.type)), None)
    if not meant or one.kind is Kind.RIGHT:
        return list(entities)
    rest = [entity for entity in entities if entity is not meant]
    if one.kind is Kind.TYPE:
        return _joined(rest, replace(meant, type=EntityType(one.to)))
    if one.kind is Kind.SAME:
        aliases = tuple(dict.fromkeys((meant.name, *meant.aliases)))
        return _joined(rest, replace(meant, name=one.to, aliases=aliases))
    return rest


def _joined(entities: list[EntityCount], new: EntityCount) -> list[EntityCount]:
    """Return the entities with one more, its counts added to those of its equal if there is one."""
    equal = next((e for e in entities if (e.name, e.type) == (new.name, new.type)), None)
    if not equal:
        return [*entities, new]
    both = replace(
        equal,
        aliases=tuple(dict.fromkeys((*equal.aliases, *new.aliases))),
        articles=max(equal.articles, new.articles),
        mentions=equal.mentions + new.mentions,
    )
    return [both if entity is equal else entity for entity in entities]
