"""Which panes are shown, which has the focus, and what can be pressed there.

Three panes on a wide terminal, two on a usual one, one on a narrow one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.widgets.keyed import Obeys, keys_now

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.screens.main import MainScreen

RESULTS, ARTICLE, SIDE = "results", "article", "side"
ORDER: Final = (RESULTS, ARTICLE, SIDE)

_WIDE: Final = 120
_USUAL: Final = 80
_STEP: Final = 4
_LEAST: Final = 16
"""Cells of a pane, at least."""


def arrange(width: int, wanted: str, beside: str) -> tuple[str, ...]:
    """Return the panes to show at a width in cells, in order from the left.

    `wanted` has the focus, or had it last; `beside` is which of the others was last
    wanted next to the article.
    """
    if width >= _WIDE:
        return ORDER
    if width >= _USUAL:
        return (RESULTS, ARTICLE) if beside == RESULTS else (ARTICLE, SIDE)
    return (wanted,)


class Panes(Obeys):
    """Moves the focus and shows what goes with it."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._beside = RESULTS
        self._alone = False
        self._widths: dict[str, int] = {}

    def focused(self) -> None:
        """Show the pane that now has the focus, and its keys."""
        focused = self.screen.focused
        if focused and focused.id in (RESULTS, SIDE):
            self._beside = focused.id
        self.arrange()
        self.show_keys()

    def arrange(self) -> None:
        """Show as many panes as there is room for."""
        focused, welcome = self.screen.focused, self.screen.welcome.display
        wanted = focused.id or RESULTS if focused and focused.id in ORDER else self._beside
        width = self._width
        shown = (wanted,) if self._alone else arrange(width, wanted, self._beside)
        sides = [name for name in shown if name != ARTICLE and len(shown) > 1]
        panes = (self.screen.results, self.screen.article_pane, self.screen.side)
        for name, pane in zip(ORDER, panes, strict=True):
            pane.display = name in shown and not welcome
            if name != ARTICLE:
                self._fit(pane, name, width // (len(sides) + 1) if name in sides else width)

    @property
    def _width(self) -> int:
        return self.screen.size.width or self.screen.app.size.width

    def _fit(self, pane: Widget, name: str, most: int) -> None:
        """Give a side pane the width that was settled, `most` at most; all there is when it is alone."""
        styles, alone = pane.styles, most == self._width
        if alone or name in self._widths:
            width = most if alone else min(self._widths[name], most)
            styles.width = styles.min_width = styles.max_width = width
        else:
            for rule in ("width", "min_width", "max_width"):
                styles.clear_rule(rule)

    # Sizes

    def do_wider(self) -> None:
        """Make the pane that has the focus wider."""
        self._resize(_STEP)

    def do_narrower(self) -> None:
        """Make the pane that has the focus narrower."""
        self._resize(-_STEP)

    def _resize(self, step: int) -> None:
        """Resize the pane with the focus; the article takes from the others and gives to them."""
        focused = self.screen.focused
        for pane in (self.screen.results, self.screen.side):
            of_article = focused is self.screen.article_pane
            if pane.display and (of_article or focused is pane):
                width = pane.outer_size.width + (-step if of_article else step)
                self._widths[pane.id or ""] = min(max(width, _LEAST), self._width - _LEAST)
        self.arrange()

    def do_alone(self) -> None:
        """Show the pane with the focus alone, or the others beside it again."""
        self._alone = not self._alone
        self.arrange()

    def show_keys(self) -> None:
        """Show in the footer what can be pressed now."""
        self.screen.footer.show(keys_now(self.screen.focused))

    def go(self, pane: Widget) -> None:
        """Show a pane, which may be hidden, and give it the focus."""
        pane.display = True
        pane.focus()

    def do_search(self) -> None:
        """Go to the query."""
        self.go(self.screen.query_bar)

    def do_focus_results(self) -> None:
        """Go to the results."""
        self.go(self.screen.results)

    def do_focus_article(self) -> None:
        """Go to the article."""
        self.go(self.screen.article_pane)

    def do_focus_side(self) -> None:
        """Go to the side pane."""
        self.go(self.screen.side)

    def do_next_pane(self) -> None:
        """Go to the next pane."""
        self._cycle(1)

    def do_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        screen = self.screen
        stops = [screen.query_bar, screen.results, screen.article_pane, screen.side]
        here = next((i for i, stop in enumerate(stops) if stop.has_focus), 0)
        self.go(stops[(here + step) % len(stops)])

    def do_back(self) -> None:
        """Go one step back: from the article to the results, from there to the query."""
        screen = self.screen
        self.go(screen.results if screen.focused in (screen.article_pane, screen.side) else screen.query_bar)
