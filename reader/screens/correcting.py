"""Correcting entities: what a name is, where it ends, whose it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from index.article import EntityType
from index.entities.corrections import Correction, Kind, same_name
from index.errors import LibraryError
from reader.corrector import described
from reader.i18n import _
from reader.messages import EntitiesChanged
from reader.screens.choice import Choice
from reader.text.motion import word_span
from reader.typeahead import have_done
from reader.widgets.keyed import Obeys
from reader.widgets.side import SIGNS, type_name

if TYPE_CHECKING:
    from reader.screens.main import MainScreen
    from reader.text.layers import Mark


class Correcting(Obeys):
    """Says of the mention under the caret, in this article, what the analyst knows better."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def keep(self, *corrections: Correction) -> None:
        """Keep corrections in a thread and show them."""
        screen, article = self.screen, self.screen.reading.article

        def work() -> None:
            try:
                screen.workspace.corrector.keep(*corrections, shown=article.id if article else "")
            except LibraryError as error:
                screen.app.call_from_thread(screen.alarm, str(error))
            else:
                screen.post_message(EntitiesChanged(described(corrections[-1])))

        have_done(screen, work, "corrections")

    def changed(self, message: EntitiesChanged) -> None:
        """Show what corrections have changed, here and, as the worker gets there, everywhere."""
        self.screen.say(_("{said} · u undoes", said=message.said))
        self.screen.reading.reload()
        self.screen.background.corrected()

    # What is meant

    def _mention(self) -> tuple[Mark, str] | None:
        """Return the mention under the caret with its surface; say so if there is none."""
        document = self.screen.reading.document
        mark = document.under_caret().get("entities") if document else None
        if document and mark:
            return mark, document.text[mark.start : mark.end]
        self.screen.say(_("Put the caret on an entity first: ]e goes to the next"))
        return None

    def _say(self, kind: Kind, name: str, mark: Mark, to: str = "") -> None:
        article = self.screen.reading.article
        if article:
            self.keep(Correction.of(kind, name, EntityType(mark.look), to, article.id))

    # Commands

    def do_wrong(self) -> None:
        """Say that the name under the caret is none."""
        if meant := self._mention():
            self._say(Kind.WRONG, meant[1], meant[0])

    def do_other_type(self) -> None:
        """Ask of which type the name under the caret is."""
        if meant := self._mention():
            self.screen.ask(self._retype(*meant))

    async def _retype(self, mark: Mark, surface: str) -> None:
        if to := await self.ask_type(surface, mark.look):
            self._say(Kind.TYPE, surface, mark, to)

    async def ask_type(self, quote: str, now: str = "") -> str | None:
        """Ask for a type other than what it is now."""
        kinds = {f"{SIGNS[kind]} {type_name(kind)}": kind.value for kind in EntityType if kind != now}
        chosen = await self.screen.app.push_screen_wait(
            Choice(_("Which type?"), quote, [(name, "") for name in kinds])
        )
        return kinds.get(chosen or "")

    def do_other_span(self) -> None:
        """Make the selection the name, in place of the mentions it overlaps."""
        document = self.screen.reading.document
        selected = document.selected if document else None
        if not document or not selected:
            self.screen.say(_("Select the right span first: v, then move"))
            return
        inside = document.layers["entities"].within(selected.start, selected.end)
        if not inside:
            self.screen.say(_("No entity there: m makes the selection one"))
            return
        document.selection = document.selection.dropped()
        surface = document.text[inside[0].start : inside[0].end]
        self._say(Kind.SPAN, surface, inside[0], document.text[selected.start : selected.end])

    def do_also(self) -> None:
        """Ask which other entity the one under the caret is."""
        if meant := self._mention():
            self.screen.ask(self._also(meant[0].what, EntityType(meant[0].look)))

    async def _also(self, name: str, kind: EntityType) -> None:
        if one := await self.ask_same(name, kind):
            self.keep(one)

    async def ask_same(self, name: str, kind: EntityType, offered: str = "") -> Correction | None:
        """Ask which entity this one also is, offering one; return the correction, for all articles."""
        mentions = self.screen.workspace.collection.library.mentions
        known = await asyncio.to_thread(mentions.entities, "", kind)
        others = sorted((e for e in known if e.name != name), key=lambda e: e.name != offered)
        to = await self.screen.app.push_screen_wait(
            Choice(_("This is also…"), name, [(e.name, str(e.mentions)) for e in others], _("new name"))
        )
        return Correction.of(Kind.SAME, name, kind, to) if to else None

    def do_not_same(self) -> None:
        """Say that what is under the caret is not the entity it is taken for."""
        if not (meant := self._mention()):
            return
        mark, surface = meant
        if same_name(mark.what, surface):
            self.screen.say(_("{name} stands for nobody else here", name=surface))
            return
        self._say(Kind.APART, surface, mark, mark.what)

    def do_add_entity(self) -> None:
        """Make the selection, else the word under the caret, an entity."""
        document = self.screen.reading.document
        if document:
            span = document.selected or word_span(document.text, document.selection.caret)
            name = document.text[span.start : span.end].strip()
            if name:
                document.selection = document.selection.dropped()
                self.screen.ask(self._add(name))

    async def _add(self, name: str) -> None:
        article = self.screen.reading.article
        if article and (to := await self.ask_type(name)):
            self.keep(Correction.of(Kind.ADD, name, EntityType.OTHER, to, article.id))

    def do_dossier(self) -> None:
        """Open the dossier of the entity under the caret."""
        if meant := self._mention():
            self.open_dossier(meant[0].what, EntityType(meant[0].look))

    def open_dossier(self, name: str, kind: EntityType) -> None:
        """Open an entity's dossier, and then what is chosen in it."""
        self.screen.ask(self._dossier(name, kind))

    async def _dossier(self, name: str, kind: EntityType) -> None:
        from reader.screens.dossier import DossierPage  # noqa: PLC0415 - when first asked for

        if place := await self.screen.app.push_screen_wait(DossierPage(self.screen, name, kind)):
            self.screen.reading.go_to_place(place)

    def do_entities(self) -> None:
        """Open the list of all entities."""
        self.screen.ask(self._entities())

    async def _entities(self) -> None:
        from reader.screens.entities import EntitiesPage  # noqa: PLC0415 - when first asked for

        if place := await self.screen.app.push_screen_wait(EntitiesPage(self.screen)):
            self.screen.reading.go_to_place(place)
