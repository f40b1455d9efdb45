"""What the full-screen pages have in common: a title, a list, what was said, the keys."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.widgets import Static
from textual.worker import get_current_worker

from index.errors import LibraryError
from notes import NotebookError
from reader.heap import give_back
from reader.i18n import _
from reader.render import painted
from reader.screens.answering import Answer, Answering
from reader.translated import translated
from reader.typeahead import have_done
from reader.widgets.footer import Footer
from reader.widgets.keyed import KeysChanged, Obeys, keys_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from reader.screens.main import MainScreen
    from reader.widgets.row_list import RowList

Found = TypeVar("Found")


class Page(Obeys, Answering[Answer]):
    """A screen over the main one: one list, left by `q` or Esc."""

    _reading: ClassVar[Lock]

    def __init_subclass__(cls) -> None:
        """Have each kind of page wait for its own readings alone."""
        super().__init_subclass__()
        cls._reading = Lock()

    def __init__(self, main: MainScreen, rows: RowList) -> None:
        super().__init__()
        self.main, self.rows = main, rows
        self._unread = _("Reading…")
        """Why nothing has been read, as far as nothing has."""
        self.title_line = Static(markup=False, id="page-title")
        self.said = Static(markup=False, id="page-said")
        self.footer = Footer(id="footer")

    def compose(self) -> ComposeResult:
        """Lay out the title, the list, what was said and the keys."""
        yield self.title_line
        yield self.rows
        yield self.said
        yield self.footer

    def on_mount(self) -> None:
        """Read what is to be shown."""
        self.rows.focus()
        self.reload()

    def reload(self) -> None:
        """Read what is shown again: it may have changed."""
        raise NotImplementedError

    def read_with(self, read: Callable[[], Found], show: Callable[[Found], None]) -> None:
        """Read in a thread, one page of a kind at a time, and show it; of what waits, a page's last.

        What the stores refuse to read (LibraryError, NotebookError) is said in place of the rows.
        """
        self.say_where_empty()
        have_done(self, lambda: self._read_alone(read, show), is_exclusive=True)

    def _read_alone(self, read: Callable[[], Found], show: Callable[[Found], None]) -> None:
        worker = get_current_worker()
        while not worker.is_cancelled:  # another reading has been asked for, or the page is gone
            if self._reading.acquire(timeout=0.05):
                try:
                    found = read()
                except (LibraryError, NotebookError) as error:
                    self.app.call_from_thread(self._refused, str(error))
                else:
                    self.app.call_from_thread(self._answered, show, found)
                finally:
                    give_back()
                    self._reading.release()
                return

    def _answered(self, show: Callable[[Found], None], found: Found) -> None:
        self._unread = ""
        show(found)

    def _refused(self, why: str) -> None:
        self.main.alarm(why)
        self._unread = translated(why)
        self.say_where_empty()
        self.rows.refresh()
        if self.rows.count():
            self.say(self._unread)

    def say_where_empty(self, *said: str) -> None:
        """Settle what stands where there are no rows; as long as nothing could be read, that is why."""
        self.rows.nothing = (self._unread,) if self._unread else said or self.rows.nothing

    def say(self, text: str) -> None:
        """Say something under the list."""
        self.said.update(painted(text))

    def do_hush(self) -> None:
        """Forget what was said."""
        self.say("")

    def on_descendant_focus(self) -> None:
        """Show the keys, and take what was typed while this was on its way."""
        self.show_keys()
        super().on_descendant_focus()

    @on(KeysChanged)
    def show_keys(self) -> None:
        """Show in the footer what can be pressed now."""
        self.footer.show(keys_now(self.focused))

    def do_leave_page(self) -> None:
        """Go back to where this was opened."""
        self.dismiss(None)

    def do_undo(self) -> None:
        """Undo the last change to the notes or the entities."""
        self.main.undoing.do_undo()

    def do_redo(self) -> None:
        """Do again what was undone."""
        self.main.undoing.do_redo()
