"""The two themes, ink on a dark ground and on a light one, each also for terminals of sixteen colours.

Contrast of text is AA (WCAG 2.2, 1.4.3: 4.5 to 1) or better in true colour, in 256 and in
16 colours. Those of sixteen are exactly the terminal's: near ones would all become grey.
"""

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="liseuse-dark",
    dark=True,
    primary="#8fb4d9",
    secondary="#b8a1d9",
    accent="#e0b060",
    warning="#e0b060",
    error="#e88080",
    success="#93c28a",
    foreground="#d8d4cb",
    background="#16181c",
    surface="#1b1e23",
    panel="#23272e",
    variables={
        "person": "#f0b072",
        "org": "#86b8ee",
        "place": "#98cf8c",
        "event": "#d9a0dc",
        "other": "#b5b9c2",
        "faint": "#9a9fa9",
        "hit": "#16181c",
        "hit-ground": "#e6c65c",
        "match-ground": "#f08c50",
        "note-ground": "#3b362c",
        "note-bar": "#e0b060",
        "selection": "#f2efe8",
        "selection-ground": "#34527a",
        "current-ground": "#2a3038",
        "border-blurred": "#23272e",
    },
)

LIGHT: Final = Theme(
    name="liseuse-light",
    dark=False,
    primary="#205c94",
    secondary="#6a4c93",
    accent="#6e4a00",
    warning="#6e4a00",
    error="#a32020",
    success="#2f6b2a",
    foreground="#24211c",
    background="#faf7f0",
    surface="#f4f0e6",
    panel="#e8e2d4",
    variables={
        "person": "#8f2f00",
        "org": "#0d4f94",
        "place": "#22631c",
        "event": "#7d2f85",
        "other": "#55504a",
        "faint": "#565147",
        "hit": "#24211c",
        "hit-ground": "#f5d35a",
        "match-ground": "#f2a26b",
        "note-ground": "#f3e4bd",
        "note-bar": "#a06a00",
        "selection": "#24211c",
        "selection-ground": "#b9d2f0",
        "current-ground": "#e6dfcf",
        "border-blurred": "#e8e2d4",
    },
)

_BLACK, _RED, _BLUE, _MAGENTA, _BROWN = "#000000", "#aa0000", "#0000aa", "#aa00aa", "#aa5500"
_GREY, _DARK_GREY, _WHITE = "#aaaaaa", "#555555", "#ffffff"
_BRIGHT_GREEN, _YELLOW, _PINK, _CYAN = "#55ff55", "#ffff55", "#ff55ff", "#55ffff"

DARK_16: Final = Theme(
    name="liseuse-dark-16",
    dark=True,
    primary=_CYAN,
    secondary=_PINK,
    accent=_WHITE,
    warning=_YELLOW,
    error=_YELLOW,
    success=_BRIGHT_GREEN,
    foreground=_GREY,
    background=_BLACK,
    surface=_BLACK,
    panel=_BLACK,
    variables={
        "person": _YELLOW,
        "org": _CYAN,
        "place": _BRIGHT_GREEN,
        "event": _PINK,
        "other": _WHITE,
        "faint": _GREY,
        "hit": _BLACK,
        "hit-ground": _YELLOW,
        "match-ground": _CYAN,
        "note-ground": _BLUE,
        "note-bar": _YELLOW,
        "selection": _BLACK,
        "selection-ground": _GREY,
        "current-ground": _BLUE,
        "border-blurred": _DARK_GREY,
    },
)

LIGHT_16: Final = Theme(
    name="liseuse-light-16",
    dark=False,
    primary=_BLUE,
    secondary=_MAGENTA,
    accent=_BLUE,
    warning=_RED,
    error=_RED,
    success=_BLUE,
    foreground=_BLACK,
    background=_WHITE,
    surface=_WHITE,
    panel=_WHITE,
    variables={
        "person": _RED,
        "org": _BLUE,
        "place": _BROWN,
        "event": _MAGENTA,
        "other": _DARK_GREY,
        "faint": _DARK_GREY,
        "hit": _WHITE,
        "hit-ground": _RED,
        "match-ground": _MAGENTA,
        "note-ground": _YELLOW,
        "note-bar": _BROWN,
        "selection": _BLACK,
        "selection-ground": _GREY,
        "current-ground": _YELLOW,
        "border-blurred": _GREY,
    },
)


def theme_of(ground: str, *, few: bool) -> Theme:
    """Return the theme on a `dark` or `light` ground; `few` for a terminal of sixteen colours."""
    if ground == "light":
        return LIGHT_16 if few else LIGHT
    return DARK_16 if few else DARK
