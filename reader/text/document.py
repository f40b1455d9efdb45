"""One text being read: its layers, the caret, the selection; knows nothing of lines or screens."""

from collections.abc import Iterable, Mapping
from typing import Final

from index.article import Article, Mention, Span, fold
from reader.text.layers import Layer, Mark
from reader.text.motion import Motion, paragraph_spans, settled
from reader.text.selection import Selection, TextObject, covering, grown, sentence_at, shrunk, taken

_ORDER: Final = ("structure", "entities", "notes", "suspects", "hits", "matches")
_HEADING_LENGTH: Final = 120
HIDDEN_AT_FIRST: Final = frozenset({"other"})
"""The layers, and looks within one, that are not shown until asked for."""


class Document:
    """An article, what is marked in it, and where its reader is.

    Layers, in the order they are painted: `structure` (headings), `entities`,
    `notes`, `suspects` (words that mix alphabets), `hits` (of the search), `matches`
    (of the find in the article).
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.selection = Selection()
        self.layers: dict[str, Layer] = {name: Layer() for name in _ORDER}
        self.layers["structure"] = Layer(_structure(article))
        self.hidden: frozenset[str] = HIDDEN_AT_FIRST
        self._grown: list[tuple[Selection, Selection]] = []
        """Selections that were grown to, each with the one that it grew from."""

    def set_layer(self, name: str, marks: Iterable[Mark]) -> None:
        """Replace a layer's marks."""
        self.layers[name] = Layer(marks)

    def shown_layers(self) -> list[Layer]:
        """Return the layers to paint, undermost first."""
        return [layer for name, layer in self.layers.items() if name not in self.hidden]

    def shows(self, layer: str, look: str) -> bool:
        """Tell whether marks of a look in a layer are shown."""
        return layer not in self.hidden and look not in self.hidden

    def toggle(self, name: str) -> bool:
        """Show or hide a layer, or a look in one, and tell whether it is shown now."""
        self.hidden ^= {name}
        return name not in self.hidden

    def move(self, motion: Motion) -> None:
        """Move the caret, extending a selection that is begun."""
        caret = self.selection.caret
        self.selection = self.selection.moved(settled(self.text, caret, motion(self.text, caret)))

    def go(self, offset: int) -> None:
        """Put the caret at an offset."""
        self.move(lambda _text, _caret: offset)

    def select(self, span: Span | None) -> None:
        """Select a span, the caret on its last character."""
        if span and span.end > span.start:
            self.selection = covering(self.text, span)

    def take(self, text_object: TextObject) -> None:
        """Select the text object at the caret; when whole ones are selected already, the next one too."""
        self.select(taken(self.text, self.selected, self.selection.caret, text_object))

    def grow(self) -> None:
        """Select the next larger text object around the selection."""
        before = self.selection
        self.select(grown(self.text, self.selected or self._caret_span()))
        if before.anchor is not None and self.selection != before:
            self._grown.append((self.selection, before))

    def shrink(self) -> None:
        """Select what was selected before it grew, else the next smaller text object around the caret."""
        while self._grown:
            larger, smaller = self._grown.pop()
            if larger == self.selection:
                self.selection = smaller
                return
        if self.selected:
            self.select(shrunk(self.text, self.selected, self.selection.caret))

    @property
    def selected(self) -> Span | None:
        """What is selected, or None."""
        return self.selection.span(self.text)

    def passage(self) -> Span | None:
        """Return what a note would be made on: the selection, else the sentence under the caret."""
        span = self.selected or sentence_at(self.text, self.selection.caret)
        return _trimmed(self.text, span) if span else None

    def jump(self, layer: str, *, forward: bool) -> bool:
        """Put the caret on the next or previous mark of a layer and tell whether there was one."""
        marks, at = self.layers[layer], self.selection.caret
        if layer == "structure":  # the title is no section to go to
            marks = Layer(mark for mark in marks.marks if mark.look == "heading")
        while mark := marks.after(at) if forward else marks.before(at):
            if self.shows(layer, mark.look):
                self.go(mark.start)
                return True
            at = mark.start
        return False

    def entity_at_caret(self) -> Mark | None:
        """Return the innermost entity under the caret that is not hidden."""
        return self.under_caret().get("entities")

    def under_caret(self) -> Mapping[str, Mark]:
        """Return the innermost mark under the caret in each layer that shows one there."""
        caret = self.selection.caret
        found = {
            name: [mark for mark in layer.at(caret) if self.shows(name, mark.look)]
            for name, layer in self.layers.items()
        }
        return {name: min(marks, key=lambda m: m.end - m.start) for name, marks in found.items() if marks}

    def find(self, wanted: str) -> int:
        """Mark what equals `wanted` but for case and accents and return how many there are."""
        self.set_layer("matches", (Mark(s.start, s.end, "match") for s in occurrences(self.text, wanted)))
        return len(self.layers["matches"])

    def _caret_span(self) -> Span:
        return Span(self.selection.caret, self.selection.caret)


def entity_marks(mentions: Iterable[Mention]) -> list[Mark]:
    """Return the marks of mentions: the look is the type, what they stand for the entity's name."""
    return [Mark(m.start, m.end, m.type.value, m.entity) for m in mentions]


def occurrences(text: str, wanted: str) -> list[Span]:
    """Return where `text` equals `wanted` but for case and accents, without overlap."""
    folded, offsets = _folded(text)
    needle, _ = _folded(wanted.strip())
    found, at = [], folded.find(needle) if needle else -1
    while at >= 0:
        last = at + len(needle) - 1
        found.append(Span(offsets[at], offsets[last] + 1))
        at = folded.find(needle, last + 1)
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the offset it came from."""
    characters, offsets = [], []
    for offset, character in enumerate(text):
        for piece in fold(character):
            characters.append(piece)
            offsets.append(offset)
    return "".join(characters), offsets


def _structure(article: Article) -> Iterable[Mark]:
    for number, span in enumerate(paragraph_spans(article.text)):
        block = article.text[span.start : span.end]
        if number == 0 and block == article.title:
            yield Mark(span.start, span.end, "title")
        elif is_heading(block) and span.end < len(article.text):
            yield Mark(span.start, span.end, "heading")


def is_heading(block: str) -> bool:
    """Tell whether a paragraph reads as a heading: one short line that does not end as a sentence does."""
    return len(block) <= _HEADING_LENGTH and "\n" not in block and block[-1:].isalnum() and block[:2] != "- "


def _trimmed(text: str, span: Span) -> Span:
    """Return a span without white space at its ends, where a quote has none."""
    quote = text[span.start : span.end]
    start = span.start + len(quote) - len(quote.lstrip())
    return Span(start, start + len(quote.strip())) if quote.strip() else span
