"""The thin bar beside the text: where in the whole of it the hits, the notes and the entity looked at are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.text.layers import Layer, Mark

if TYPE_CHECKING:
    from reader.text.document import Document
    from reader.widgets.article_view import ArticleView

_SIGNS: Final = (
    ("matches", "━", "match"),
    ("hits", "━", "hit"),
    ("notes", "▐", "bar"),
    ("focus", "●", "focus"),
)
"""For each layer, its sign and look, the one that hides the others first."""


class Overview:
    """Knows for each row of the pane what stands in its share of the text; made when first asked for."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str]] | None = None
        self._focus = Mark(0, 0, "")

    def forget(self) -> None:
        """Look again: the layers or the lines are others."""
        self._rows = None

    def look_at(self, document: Document) -> bool:
        """Follow the entity under the caret; tell whether it is another than before."""
        entity = document.entity_at_caret()
        if not entity or (entity.look, entity.what) == (self._focus.look, self._focus.what):
            return False
        self._focus = entity
        self._rows = None
        return True

    def at(self, row: int, view: ArticleView) -> tuple[str, str]:
        """Return the sign and the look of a row of the viewport; no sign where there is nothing."""
        if self._rows is None:
            self._rows = self._made(view)
        return self._rows[row] if row < len(self._rows) else ("", "")

    def _made(self, view: ArticleView) -> list[tuple[str, str]]:
        document, height = view.document, view.scrollable_content_region.height
        if document is None or not height:
            return []
        layers = dict(document.layers)
        layers["focus"] = self._mentions(document)
        edges = [view.lines.line(row * len(view.lines) // height).start for row in range(height)]
        edges.append(len(document.text))
        return [self._sign(document, layers, edges[row], edges[row + 1]) for row in range(height)]

    def _mentions(self, document: Document) -> Layer:
        alike = (self._focus.look, self._focus.what)
        seen = self._focus.what and document.shows("entities", self._focus.look)
        marks = document.layers["entities"].marks if seen else ()
        return Layer(mark for mark in marks if (mark.look, mark.what) == alike)

    @staticmethod
    def _sign(document: Document, layers: dict[str, Layer], start: int, end: int) -> tuple[str, str]:
        for name, sign, look in _SIGNS:
            shown = name not in document.hidden and look not in document.hidden
            if start < end and shown and layers[name].any_begins(start, end):
                return sign, look
        return "", ""
