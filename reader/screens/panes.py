"""Which panes are shown: three on a wide terminal, two on a usual one, one on a narrow one."""

from __future__ import annotations

from typing import Final

RESULTS, ARTICLE, SIDE = "results", "article", "side"
ORDER: Final = (RESULTS, ARTICLE, SIDE)

_WIDE: Final = 120
_USUAL: Final = 80


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
