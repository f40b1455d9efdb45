"""The last net before the terminal, and the tidy end of a program that is told to stop.

Textual paints whatever a string holds, escape sequences included. Articles are
cleaned as they come in; this catches what another way in may have missed.
"""

import re
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from index.sanitise import visible

if TYPE_CHECKING:
    from rich.console import Console
    from textual.strip import Strip

_SUSPECT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def install_net() -> None:
    """Make every strip that Textual renders from now on pass the sanitiser."""
    from textual.strip import Strip  # noqa: PLC0415 - this module must load without Textual

    if getattr(Strip.render, "is_net", False):
        return
    render = Strip.render

    def guarded(strip: "Strip", console: "Console") -> str:
        segments = list(strip)
        if any(_SUSPECT.search(segment.text) for segment in segments if not segment.control):
            strip = Strip(
                [
                    Segment(visible(text).replace("\n", " "), style, control)
                    for text, style, control in segments
                ],
                strip.cell_length,
            )
        return render(strip, console)

    guarded.is_net = True  # type: ignore[attr-defined]
    Strip.render = guarded  # type: ignore[method-assign, assignment]
