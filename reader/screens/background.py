"""What goes on behind the screen: entities being found, folders being added."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from reader.adding import Adding, changed, refused
from reader.child import Child, see_end
from reader.i18n import _
from reader.messages import ChildEnded, ChildSaid
from reader.paths import typed
from reader.widgets.keyed import Obeys

if TYPE_CHECKING:
    from reader.screens.main import MainScreen

ANNOTATOR, ADDER = "annotator", "adder"
_SECONDS_APART: Final = 0.5
"""Of two paintings of how far the work is."""
_MODULES = {ANNOTATOR: "index.entities.worker", ADDER: "index.adder"}


class Background(Obeys):
    """Starts the children, shows their progress on one quiet line, and passes on what they find."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._children: dict[str, Child] = {}
        self._versions: dict[str, str] | None = None
        self._missing: list[str] = []
        self._progress = ""
        self._adding = Adding()
        self._told = 0.0
        self._asked = False
        self._owed = False
        self._failed = False
        self._synced = False
        self._unasked = False

    def start(self) -> None:
        """Start looking for entities, unless that is going on or has failed."""
        if ANNOTATOR not in self._children and not self._failed:
            places = self.screen.workspace.places
            self._start(ANNOTATOR, str(places.gazetteer), str(places.corrections))
            # Known names are shown before the annotator has got to an article.
            self.screen.run_worker(self._know_names, thread=True)

    def _know_names(self) -> None:
        self.screen.workspace.finder.clauses.canonical("")

    def sync(self) -> None:
        """Look again at what was added, once; say what has changed since."""
        if not self._synced and ADDER not in self._children:
            self._synced = self._asked = self._unasked = True
            self._settle("--sync")

    def _settle(self, *paths: str) -> None:
        """Start adding paths, if any, and bringing the index up to date."""
        self._start(ADDER, str(self.screen.workspace.places.index), *paths)

    def _start(self, name: str, *args: str) -> None:
        self._children[name] = Child(
            _MODULES[name],
            [str(self.screen.workspace.places.library), *args],
            lambda report: self._post(ChildSaid(name, report)),
            lambda code: self._post(ChildEnded(name, code)),
        )

    def _post(self, message: ChildSaid | ChildEnded) -> None:
        self.screen.post_message(message)

    def stop(self) -> None:
        """End the children."""
        for child in self._children.values():
            child.stop()

    def see_end(self) -> None:
        """End the children and see that they do."""
        see_end(self._children.values())

    def annotate_first(self, article_id: str) -> None:
        """Let the article that is being opened jump the queue."""
        if ANNOTATOR in self._children:
            self._children[ANNOTATOR].say({"first": article_id})

    def corrected(self) -> None:
        """Have the corrections just made laid over the whole collection."""
        if ANNOTATOR in self._children:
            self._children[ANNOTATOR].say({"wake": True})
        else:
            self.start()

    def why_no_entities(self, lang: str) -> str:
        """Return why an article has no entities yet."""
        if self._versions is None or lang in self._versions:
            return _("being found…")
        return _("not sought in this language")

    # Adding

    def do_add_folder(self) -> None:
        """Ask for a path and add it."""
        self.screen.ask(self._ask_folder())

    async def _ask_folder(self) -> None:
        from reader.screens.prompt import Prompt  # noqa: PLC0415 - when first asked for

        path = await self.screen.app.push_screen_wait(
            Prompt(_("Add a folder or a file"), _("path, for example ~/articles"))
        )
        if path:
            self.add([path])

    def add(self, paths: list[str]) -> None:
        """Add files and folders in a child."""
        if ADDER in self._children:
            self.screen.say(_("Something is being added already; wait for it to end"))
            return
        self._asked = True
        self._settle(*(str(typed(path)) for path in paths))

    # Reports

    def said(self, message: ChildSaid) -> None:
        """Take a report into account."""
        handler = getattr(self, f"_{message.child}_{message.report.get('event')}", None)
        if handler:
            handler(message.report)
            self._show_progress()

    def _show_progress(self) -> None:
        """Say how far the work is: its end at once, else no more than twice a second, as over a slow line."""
        now = monotonic()
        if not self._progress or now >= self._told + _SECONDS_APART:
            self._told = now
            self.screen.status.right = self._progress

    def _annotator_ready(self, report: dict[str, Any]) -> None:
        self._versions, self._missing = report["versions"], report["missing"]
        if self._missing:
            self.screen.say(" ".join(self._missing))

    def _annotator_annotated(self, report: dict[str, Any]) -> None:
        done, total = report["done"], report["total"]
        self._progress = _("entities {done}/{total}", done=done, total=total)
        shown = self.screen.reading.article
        if shown and shown.id in report["articles"]:
            self.screen.reading.reload()
        self._owed = True

    def _annotator_renamed(self, report: dict[str, Any]) -> None:
        shown = self.screen.reading.article
        if shown and shown.id in report["articles"]:
            self.screen.reading.reload()
        self._owed = True
        for page in self.screen.pages():
            page.reload()

    def _annotator_idle(self, _report: dict[str, Any]) -> None:
        self._progress = ""
        if self._owed and ADDER not in self._children:
            self._owed = False
            self._settle()  # what was found can be searched for: person:, org:, place:

    def _annotator_error(self, report: dict[str, Any]) -> None:
        self.screen.alarm(report["message"])

    def _adder_event(self, report: dict[str, Any]) -> None:
        self._progress = self._adding.progress(report)

    _adder_indexed = _adder_compared = _adder_event

    def _adder_done(self, report: dict[str, Any]) -> None:
        self._progress, self._adding = "", Adding()
        changes = changed(report)
        if self._asked and (changes or not self._unasked):  # a look at the beginning: if it finds something
            self.screen.say(", ".join(changes + refused(report)) or _("nothing new"))
        self._asked = self._unasked = False

    def _adder_error(self, report: dict[str, Any]) -> None:
        self.screen.alarm(report["message"])

    def ended(self, message: ChildEnded) -> None:
        """Tidy up after a child; what was added is searched and annotated."""
        self._children.pop(message.child, None)
        self._progress = ""
        if message.child == ADDER:
            if message.code < 0:  # killed: what it had done is kept, what is left is found at the next look
                self.screen.say(_("Adding has stopped; restart Liseuse to resume it"))
            self.screen.opening.changed()
            self.screen.placing.place_all()
            if ANNOTATOR in self._children:
                self._children[ANNOTATOR].say({"wake": True})
            else:
                self.start()
        elif message.code:
            self._failed = True
            self.screen.say(_("The search for entities has stopped; restart Liseuse to resume it"))
