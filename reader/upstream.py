"""What is mended here of Textual until it is mended there."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual._compositor import Compositor
    from textual.app import App
    from textual.color import Color
    from textual.geometry import Region
    from textual.strip import Strip
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


def install_frugal_frames() -> None:
    """Ask for a frame only what is seen in it.

    For each change Textual asks every widget of the screen for all its lines, and cuts them, those
    that are elsewhere and those behind others too: twice the work where a list is scrolled.
    """
    from textual._compositor import Compositor  # noqa: PLC0415 - as above

    Compositor._get_renders = _renders  # type: ignore[assignment] # noqa: SLF001 - nothing public does it


def _renders(
    compositor: "Compositor", crop: "Region | None" = None
) -> "Iterator[tuple[Region, Region, list[Strip]]]":
    """Yield for each widget that is seen in a region: where its lines are, twice, and the lines."""
    from textual.geometry import Region  # noqa: PLC0415 - as above

    changed = crop or compositor.size.region
    bare = [changed]
    for widget, (region, clip) in compositor.visible_widgets.items():  # what is in front comes first
        shown = region.intersection(clip)
        if not any(shown.overlaps(left) for left in bare) or _has_gone(widget):
            continue
        bare = [piece for left in bare for piece in _outside(left, shown)]
        top, bottom = max(shown.y, changed.y), min(shown.bottom, changed.bottom)
        lines = Region(shown.x, top, shown.width, bottom - top)  # whole: Textual cuts from where they begin
        yield lines, lines, widget.render_lines(lines.translate(-region.offset))


def _has_gone(widget: "Widget") -> bool:
    """Tell whether a widget was taken away since the screen was laid out: it paints nothing any more."""
    from textual.app import App  # noqa: PLC0415 - as above

    return not isinstance(widget.ancestors_with_self[-1], App)


def _outside(region: "Region", hole: "Region") -> "Iterator[Region]":
    """Yield what a region is without another: what is above, below, left and right of it."""
    inner = region.intersection(hole)
    if not inner:
        yield region
        return
    for x, y, right, bottom in (
        (region.x, region.y, region.right, inner.y),
        (region.x, inner.bottom, region.right, region.bottom),
        (region.x, inner.y, inner.x, inner.bottom),
        (inner.right, inner.y, region.right, inner.bottom),
    ):
        if x < right and y < bottom:
            yield region.from_corners(x, y, right, bottom)


def install_patient_timers() -> None:
    """Let no timer wait less than a millisecond.

    One that is to wait less than nothing is Textual's endless loop, in which the program stands still:
    a message is one whose time is up in the moment in which it is shown on another screen.
    """
    from textual.timer import Timer  # noqa: PLC0415 - as above

    if getattr(Timer._run, "is_patient", False):  # noqa: SLF001 - nothing public does it
        return
    run = Timer._run  # noqa: SLF001

    async def patient(timer: Timer) -> None:
        timer._interval = max(timer._interval, 0.001)  # noqa: SLF001
        await run(timer)

    patient.is_patient = True  # type: ignore[attr-defined]
    Timer._run = patient  # type: ignore[method-assign, assignment] # noqa: SLF001


def forget(app: "App[None]", gone: "Widget") -> None:
    """Let go of a widget that watched the application and is gone.

    Textual does so when what was watched changes next; a TextArea watches the theme, which may
    never change, and every comment written would be kept with its history.
    """
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [(who, told) for who, told in watchers if who is not gone]
