"""The last net before the terminal: what another way in may have missed.

Textual paints whatever a string holds, escape sequences included. What is shown of articles and notes
has been made visible before; text fields show what was typed or pasted into them as it is.
"""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from index.sanitise import REPLACEMENT, deceptive, visible

if TYPE_CHECKING:
    from rich.console import Console
    from textual.strip import Strip

_SOFT_HYPHEN = "\u00ad"


def install_net() -> None:
    """Make every strip that Textual renders from now on pass the sanitiser."""
    from textual.strip import Strip  # noqa: PLC0415 - this module must load without Textual

    if getattr(Strip.render, "is_net", False):
        return
    render = Strip.render

    def guarded(strip: "Strip", console: "Console") -> str:
        seen = strip._render_cache is not None  # noqa: SLF001 - what has been through comes again when scrolled
        if not seen and any(map(_is_suspect, strip)):
            strip = Strip(map(_caught, strip), strip.cell_length)
        return render(strip, console)

    guarded.is_net = True  # type: ignore[attr-defined]
    Strip.render = guarded  # type: ignore[method-assign, assignment]


def _is_suspect(segment: Segment) -> bool:
    text = segment.text
    if segment.control or (text.isascii() and text.isprintable()):
        return False
    return _SOFT_HYPHEN in text or "\n" in text or deceptive(text) > 0


def _caught(segment: Segment) -> Segment:
    """Return a segment with what must not be painted as marks, as wide as Textual believes it to be."""
    if not _is_suspect(segment):
        return segment
    shown = zip(segment.text, visible(segment.text), strict=True)
    return Segment("".join(_mark(was, now) for was, now in shown), segment.style, segment.control)


def _mark(was: str, now: str) -> str:
    if was == now and was not in (_SOFT_HYPHEN, "\n"):
        return was
    return " " if was == "\n" else REPLACEMENT * cell_len(was)
