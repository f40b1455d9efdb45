"""From text and layers of marks to what a line of the terminal shows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from index.article import Span
from index.sanitise import visible
from index.spoofing import suspicion
from reader.text.layers import Layer, Mark

SOFT_HYPHEN = "\u00ad"
CARET = "caret"
"""The look of a mark that is painted as the reverse of what is under it."""


def painted(text: str) -> str:
    """Return `text` as it may be painted: nothing deceptive, no soft hyphens, one line."""
    return visible(text).replace(SOFT_HYPHEN, "").replace("\n", " ")


def flagged(name: str) -> str:
    """Return a name or a title as `painted`, with a sign before it if it is not what it looks like."""
    return ("⚠ " if suspicion(name) else "") + painted(name)


def printed(text: str) -> str:
    """Return a text of several lines as it may be printed."""
    return "\n".join(map(painted, text.split("\n")))


def line_segments(
    text: str, line: Span, layers: Sequence[Layer], looks: Mapping[str, Style], base: Style
) -> list[Segment]:
    """Return the segments of one line, later layers painted over earlier ones.

    A mark whose look is not in `looks` is not painted.
    """
    marks = [mark for layer in layers for mark in layer.within(line.start, line.end) if mark.look in looks]
    edges = sorted({line.start, line.end, *_inner_edges(marks, line)})
    return [
        Segment(painted(text[start:end]), _style(marks, start, looks, base)) for start, end in pairwise(edges)
    ]


def _inner_edges(marks: Sequence[Mark], line: Span) -> set[int]:
    return {edge for mark in marks for edge in (mark.start, mark.end) if line.start < edge < line.end}


def _style(marks: Sequence[Mark], at: int, looks: Mapping[str, Style], base: Style) -> Style:
    here = [mark.look for mark in marks if mark.start <= at < mark.end]
    style = Style.combine([base, *(looks[look] for look in here if look != CARET)])
    # The caret is what its surroundings are not: it must be seen within what is reversed, too.
    caret = Style(reverse=False, underline=True) if style.reverse else Style(reverse=True)
    return style + caret if CARET in here else style


def excerpt(text: str, matches: Sequence[Span], base: Style | str = "", match: Style | str = "bold") -> Text:
    """Return an excerpt with its matches marked, as Rich text: never markup."""
    marked = Text(end="")
    at = 0
    for span in matches:
        marked.append(painted(text[at : span.start]), base)
        marked.append(painted(text[span.start : span.end]), match)
        at = span.end
    marked.append(painted(text[at:]), base)
    return marked
