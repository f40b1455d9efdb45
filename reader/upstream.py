"""What is mended here of Textual until it is mended there."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.color import Color
    from textual.style import Style
    from textual.widget import Widget


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


def forget(app: "App[None]", gone: "Widget") -> None:
    """Let go of a widget that watched the application and is gone.

    Textual does so when what was watched changes next; a TextArea watches the theme, which may
    never change, and every comment written would be kept with its history.
    """
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [(who, told) for who, told in watchers if who is not gone]
