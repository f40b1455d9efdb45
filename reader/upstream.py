"""What is mended here of Textual until it is mended there."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.color import Color
    from textual.style import Style


def install_frugal_styles() -> None:
    """Let go of what widgets painted when they are gone.

    The cache of `StylesCache.get_inner_outer` has the whole instance among its keys, with every
    line that its widget painted: 17 MiB after forty looks at the help (Textual issue 6665).
    """
    from textual._styles_cache import StylesCache  # noqa: PLC0415 - modules of ours load without Textual

    colors = getattr(StylesCache.get_inner_outer, "__wrapped__", None)
    if colors is None:  # mended there, or done already
        return

    @lru_cache(1024)
    def by_colors(base_background: "Color", background: "Color") -> "tuple[Style, Style]":
        both: tuple[Style, Style] = colors(StylesCache, base_background, background)
        return both

    StylesCache.get_inner_outer = lambda _, *grounds: by_colors(*grounds)  # type: ignore[method-assign, assignment]
