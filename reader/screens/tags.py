"""The list of all tags: renamed, merged, taken off everywhere, coloured, described."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on

from index.article import fold
from notes.tags import COLORS
from reader.i18n import _
from reader.render import painted
from reader.screens.choice import Choice
from reader.screens.page import Page
from reader.screens.prompt import Prompt
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notes import TagCount
    from reader.screens.main import MainScreen

_COUNT = 7  # cells


class TagRows(RowList):
    """Tags with their colour, their description and how many notes bear each."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("tags", "list", "page")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tag--{color}" for color in COLORS if color}

    def __init__(self) -> None:
        super().__init__(id="rows")
        self.shown: Sequence[TagCount] = ()

    @property
    def chosen(self) -> TagCount | None:
        """The current tag."""
        return self.shown[self.current] if self.shown else None

    def count(self) -> int:
        """Return how many tags there are."""
        return len(self.shown)

    def row(self, index: int, width: int) -> list[Text]:
        """Return a tag's line: colour, name, description, notes."""
        tag = self.shown[index]
        look = self.get_component_rich_style(f"tag--{tag.color}", partial=True) if tag.color else ""
        text = Text("● " if tag.color else "  ", look).append(
            f"#{painted(tag.name)}", look or self.look("title")
        )
        text.append(f"  {painted(' '.join(tag.description.split()))}", self.look("dim"))
        text.truncate(max(width - _COUNT, 1), overflow="ellipsis", pad=True)
        return [text.append(f"{tag.count:>{_COUNT}}", self.look("dim"))]


class TagsPage(Page["str | None"]):
    """All tags; answers with the one whose notes are to be shown."""

    rows: TagRows

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main, TagRows())
        self._all: Sequence[TagCount] = ()
        self._filter, self._by_name = "", False

    def reload(self) -> None:
        """Read the tags in a thread."""
        self.read_with(lambda: self.main.workspace.notebook.tags(), self._show)  # noqa: PLW0108 - opened in the thread

    def _show(self, found: Sequence[TagCount] | None = None) -> None:
        self._all = self._all if found is None else found
        chosen = self.rows.chosen.name if self.rows.chosen else ""
        shown = [tag for tag in self._all if fold(self._filter) in fold(f"{tag.name} {tag.description}")]
        if self._by_name:
            shown.sort(key=lambda tag: fold(tag.name))
        self.rows.shown = shown
        self.say_where_empty(
            _("No tag here") if self._all else _("No tags yet: in an article, t tags a passage")
        )
        self.rows.rows_changed(
            next((n for n, tag in enumerate(shown) if tag.name == chosen), self.rows.current)
        )
        order = _("by name") if self._by_name else _("most used first")
        parts = [_("Tags"), str(len(shown)), f"/{self._filter}" if self._filter else "", order]
        self.title_line.update(painted(" · ".join(filter(None, parts))))

    def do_sort_tags(self) -> None:
        """Sort by name, or by use."""
        self._by_name = not self._by_name
        self._show()

    def do_narrow(self) -> None:
        """Ask for words the tags shown must have."""
        self.main.ask(self._narrow())

    async def _narrow(self) -> None:
        title, hint = _("Narrow the list"), _("words of names or descriptions")
        words = await self.app.push_screen_wait(Prompt(title, hint, self._filter))
        if words is not None:
            self._filter = words
            self._show()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        if tag := self.rows.chosen:
            self.dismiss(tag.name)

    # Changing

    def do_rename_tag(self) -> None:
        """Ask for another name of the tag, and of its children."""
        if tag := self.rows.chosen:
            self.main.ask(self._rename(tag.name))

    async def _rename(self, tag: str) -> None:
        title, hint = _("Rename #{tag}", tag=tag), _("its new name; its children go with it")
        new = await self.app.push_screen_wait(Prompt(title, hint, tag))
        if new and new != tag:
            self._write(lambda: self._moved(tag, new, self.main.workspace.notebook.rename_tag(tag, new)))

    def do_merge_tag(self) -> None:
        """Ask for the tag to put in its place."""
        if tag := self.rows.chosen:
            self.main.ask(self._merge(tag.name))

    async def _merge(self, tag: str) -> None:
        others = [(f"#{one.name}", str(one.count)) for one in self._all if one.name != tag]
        title = _("Merge #{tag} into…", tag=tag)
        if into := await self.app.push_screen_wait(Choice(title, "", others)):
            merge = self.main.workspace.notebook.merge_tags
            self._write(lambda: self._moved(tag, into[1:], merge(tag, into[1:])))

    def do_remove_tag(self) -> None:
        """Take the tag off everywhere; it can be undone."""
        if tag := self.rows.chosen:
            delete = self.main.workspace.notebook.delete_tag
            self._write(lambda: self._moved(tag.name, "", delete(tag.name)))

    def do_color_tag(self) -> None:
        """Give the tag the next colour."""
        if tag := self.rows.chosen:
            color = COLORS[(COLORS.index(tag.color) + 1) % len(COLORS)]
            self._describe(tag.name, color=color)

    def do_describe_tag(self) -> None:
        """Ask what the tag stands for."""
        if tag := self.rows.chosen:
            self.main.ask(self._ask_description(tag))

    async def _ask_description(self, tag: TagCount) -> None:
        title = _("What #{tag} stands for", tag=tag.name)
        said = await self.app.push_screen_wait(Prompt(title, _("a sentence or two"), tag.description))
        if said is not None:
            self._describe(tag.name, description=said)

    def _describe(self, tag: str, **about: str) -> None:
        def write() -> str:
            self.main.workspace.notebook.describe_tag(tag, **about)
            return ""

        self._write(write)

    def _write(self, write: Callable[[], str]) -> None:
        if self.main.keeping.may_write():
            self.main.annotating.write(write)

    def _moved(self, tag: str, new: str, count: int) -> str:
        """Have the tags given last follow, and say how many notes have changed."""
        self.main.tagging.renamed(tag, new)
        return _("Notes changed: {count} · u takes it back", count=count)
