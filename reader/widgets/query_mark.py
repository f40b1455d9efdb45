"""The line under a wrong query: where it is wrong, and why."""

from __future__ import annotations

from rich.cells import cell_len
from textual.widgets import Static

from reader.render import painted

_SIGN = "▲"


class QueryMark(Static):
    """Shown only while the query is wrong."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self.display = False

    def point(self, cell: int, reason: str, meant: str) -> None:
        """Point at a screen column, in cells; say why, where there is room, and what may have been meant."""
        said, width = painted(reason), self.app.size.width
        cell = max(min(cell, width - 1), 0)
        if cell + 2 + cell_len(said) <= width:
            lines = [" " * cell + f"{_SIGN} {said}"]
        elif cell_len(said) < cell:
            lines = [" " * (cell - cell_len(said) - 1) + f"{said} {_SIGN}"]
        else:
            lines = [" " * cell + _SIGN, f" {said}"]
        self.update("\n".join([*lines, *([f" ^Y  {painted(meant)}"] if meant else [])]))
        self.display = True

    def hide(self) -> None:
        """Point at nothing."""
        self.display = False
