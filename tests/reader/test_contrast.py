"""What is read is legible: contrast after WCAG 2.2, in true colour, 256 colours and 16."""

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.terminal_theme import TerminalTheme

from reader.themes import DARK, DARK_16, LIGHT, LIGHT_16

AA, GRAPHIC = 4.5, 3.0
ENTITIES = ("person", "org", "place", "event", "other")
READ = [(look, ground) for look in ("foreground", *ENTITIES) for ground in ("background", "note-ground")]
READ += [(look, "background") for look in ("accent", "faint", "error")]
READ += [
    (look, ground) for look in ("foreground", "accent", "faint") for ground in ("current-ground", "surface")
]
READ += [("foreground", "panel"), ("accent", "panel"), ("faint", "panel"), ("error", "panel")]
READ += [(look, "current-ground") for look in ENTITIES]
READ += [("hit", "hit-ground"), ("hit", "match-ground"), ("selection", "selection-ground")]
THEMES = [
    (DARK, ColorSystem.TRUECOLOR), (LIGHT, ColorSystem.TRUECOLOR),
    (DARK, ColorSystem.EIGHT_BIT), (LIGHT, ColorSystem.EIGHT_BIT),
    (DARK_16, ColorSystem.STANDARD), (LIGHT_16, ColorSystem.STANDARD),
]  # fmt: skip
VGA = TerminalTheme(
    (0, 0, 0), (170, 170, 170),
    [(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)],
    [(85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255),
     (255, 255, 255)],
)  # fmt: skip


def seen_as(theme, name: str, system: ColorSystem) -> ColorTriplet:
    written = {"foreground": theme.foreground, "background": theme.background, "surface": theme.surface,
               "panel": theme.panel, "accent": theme.accent, "error": theme.error, **theme.variables}  # fmt: skip
    return Color.parse(written[name]).downgrade(system).get_truecolor(VGA)


def luminance(color: ColorTriplet) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme, look: str, ground: str, system: ColorSystem) -> float:
    darker, lighter = sorted(luminance(seen_as(theme, name, system)) for name in (look, ground))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    black, white = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)
    assert (luminance(white) + 0.05) / (luminance(black) + 0.05) == pytest.approx(21)
    assert luminance(ColorTriplet(119, 119, 119)) == pytest.approx(0.1845, abs=1e-3)


@pytest.mark.parametrize(("theme", "system"), THEMES, ids=lambda p: getattr(p, "name", p))
def test_all_that_is_read_is_aa(theme, system) -> None:
    found = {(look, ground): contrast(theme, look, ground, system) for look, ground in READ}
    assert not {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < AA}


@pytest.mark.parametrize(("theme", "system"), THEMES, ids=lambda p: getattr(p, "name", p))
def test_bars_and_marks_stand_out_and_differ(theme, system) -> None:
    assert contrast(theme, "note-bar", "background", system) >= GRAPHIC
    marks = [
        seen_as(theme, name, system)
        for name in ("hit-ground", "match-ground", "note-ground", "selection-ground")
    ]
    assert len({*marks, seen_as(theme, "background", system)}) == len(marks) + 1
    kinds = [seen_as(theme, name, system) for name in ENTITIES]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("theme", [DARK_16, LIGHT_16], ids=lambda t: t.name)
def test_those_of_sixteen_colours_are_the_terminals_own(theme) -> None:
    named = [theme.foreground, theme.background, theme.accent, *theme.variables.values()]
    for color in named:
        exact = Color.parse(color).get_truecolor()
        assert Color.parse(color).downgrade(ColorSystem.STANDARD).get_truecolor(VGA) == exact
