"""Finding words in the article that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from reader.screens.main import MainScreen
    from reader.text.document import Document


class Finding(Obeys):
    """Asks for words, marks them and goes to the first after the caret."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def do_find(self) -> None:
        """Ask for words and mark them in the article."""
        if document := self.screen.reading.document:
            self.screen.ask(self._find(document))

    async def _find(self, document: Document) -> None:
        from reader.screens.prompt import Prompt  # noqa: PLC0415 - when first asked for

        wanted = await self.screen.app.push_screen_wait(Prompt(_("Find in the article"), _("words")))
        if wanted:
            self._mark(document, wanted)

    def _mark(self, document: Document, wanted: str) -> None:
        before = document.selection.caret
        count = document.find(wanted)
        self.screen.article_pane.repaint()
        self.screen.say(
            _("Matches: {count} · n next, N previous", count=count) if count else _("Not in this article")
        )
        if count:
            document.selection = document.selection.dropped()
        if document.jump("matches", forward=True) or document.jump("matches", forward=False):
            self.screen.visiting.jumped(before, document.selection.caret)
            self.screen.article_pane.caret_moved(margin=4)
