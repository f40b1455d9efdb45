"""What a new user sees: how to begin, instead of empty frames."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from reader.i18n import _
from reader.widgets.keyed import Keyed, perform


class Welcome(Keyed, Widget, can_focus=True):
    """Says what Liseuse is for and how to add the first folder."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("welcome", "anywhere")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"welcome--title", "welcome--key", "welcome--dim"}

    def render(self) -> Text:
        """Return the text."""
        title, key, dim = (
            self.get_component_rich_style(f"welcome--{name}", partial=True)
            for name in ("title", "key", "dim")
        )
        return Text.assemble(
            (_("Your collection is empty."), title),
            "\n\n",
            _("Liseuse reads a folder: texts, web pages, feeds, PDF, EPUB, mail, tables, archives."),
            "\n\n",
            ("  ↵  ", key),
            _("add a folder, or a file"),
            "\n",
            ("  ?  ", key),
            _("every key"),
            "\n",
            ("  Q  ", key),
            _("quit; `liseuse demo` then opens a sample collection"),
            "\n\n",
            (_("Your files are only read, never changed; nothing is sent anywhere."), dim),
        )

    def on_click(self) -> None:
        """Begin, by mouse."""
        perform(self, "add_folder")
