"""The result list: a title, where and when, and the excerpt that matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.message import Message

from reader.i18n import _
from reader.query_words import offer_said
from reader.render import excerpt, flagged, painted
from reader.text.layout import Layout
from reader.widgets.article_header import written_date
from reader.widgets.row_list import RowList

if TYPE_CHECKING:
    from index.engine import Excerpt
    from reader.finder import HitRow
    from reader.rescue import Offer

_EXCERPT_LINES = 2


class Results(RowList):
    """Shows the hits of a search as far as they have been fetched, and asks for more near their end."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("results", "list", "anywhere")
    ROW_HEIGHT = 5

    @dataclass
    class Wanted(Message):
        """More hits are wanted, from `offset` on."""

        offset: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.hits: list[HitRow] = []
        self.total = 0
        self.offers: tuple[Offer, ...] = ()
        self._asked = 0
        self._gaps: dict[str, int] = {}
        """Where the hits before the list was shown again are, or were: before which hit."""

    def show(self, hits: Sequence[HitRow], total: int, *, same: bool = False) -> None:
        """Show the first hits of a search; of the `same` list, the current hit stays, else the next left."""
        before = self.hits if same else []
        rows = _rows_now(before, hits)
        were = self._gaps | {hit.id: row for row, hit in enumerate(before)} if before else {}
        self._gaps = {article: rows[row] for article, row in were.items()}
        self.hits, self.total, self._asked = list(hits), total, 0
        self.offers, self.ROW_HEIGHT = (), Results.ROW_HEIGHT
        self.rows_changed(rows[self.current] if before else 0)

    def extend(self, hits: Sequence[HitRow]) -> None:
        """Add the hits that follow those that are there."""
        self.hits.extend(hits)
        self.rows_changed(self.current)

    def say(self, *lines: str) -> None:
        """Say something in place of hits."""
        self.nothing = lines
        self.show([], 0)

    def offer(self, understood: str, offers: Sequence[Offer]) -> None:
        """Say that nothing answers, and offer queries that would find something; Enter takes one."""
        self.say(_("No article answers to:"), understood)
        self.offers, self.ROW_HEIGHT = tuple(offers), 2
        self.rows_changed(1)

    def mark(self, article: str, *, read: bool) -> None:
        """Show an article as read, or not."""
        self.hits = [replace(hit, read=read) if hit.id == article else hit for hit in self.hits]
        self.refresh()

    @property
    def chosen(self) -> HitRow | None:
        """The current hit."""
        return self.hits[self.current] if self.hits else None

    @property
    def offered(self) -> Offer | None:
        """The current offer, where there are no hits."""
        return self.offers[self.current - 1] if self.offers else None

    def beside(self, article: str, step: int) -> int:
        """Return the place of the hit before (-1) or after (1) an article, as if it were a hit still."""
        for place, hit in enumerate(self.hits):
            if hit.id == article:
                return place + step
        gap = self._gaps.get(article, self.current)
        return gap if step > 0 else gap - 1

    def count(self) -> int:
        """Return how many hits have been fetched; or the offers, under what is said above them."""
        return len(self.offers) + 1 if self.offers else len(self.hits)

    def can_choose(self, index: int) -> bool:
        """Tell whether a row is a hit or an offer."""
        return not self.offers or index > 0

    def row(self, index: int, width: int) -> list[Text]:
        """Return a hit's lines: title, place in time, two of excerpt; or those of an offer."""
        if self.offers:
            return self._offer(index, width)
        self.want_more(index)
        hit = self.hits[index]
        title = Text(flagged(hit.title), self.look("title"), overflow="ellipsis", no_wrap=True)
        title.truncate(width, overflow="ellipsis")
        about = Text(self._about(hit), self.look("dim"))
        about.truncate(width, overflow="ellipsis")
        return [title, about, *self._excerpt(hit, width)]

    def _offer(self, index: int, width: int) -> list[Text]:
        if not index:
            lines = [Text(painted(said), self.look("dim")) for said in self.nothing]
        else:
            offer = self.offers[index - 1]
            lines = [
                Text(painted(offer.query), self.look("title")),
                Text(f"{offer.count} · {offer_said(offer)}", self.look("dim")),
            ]
        for said in lines:
            said.truncate(width, overflow="ellipsis")
        return lines

    def _about(self, hit: HitRow) -> str:
        notes = _("notes: {count}", count=hit.notes) if hit.notes else ""
        read = _("read") if hit.read else ""
        versions = _("{count} versions", count=hit.versions) if hit.versions > 1 else ""
        return " · ".join(filter(None, (read, written_date(hit.date), painted(hit.source), versions, notes)))

    def _excerpt(self, hit: HitRow, width: int) -> list[Text]:
        """Return two lines: one of each of two excerpts, or the two first of the only one."""
        if len(hit.excerpts) > 1:
            return [self._around(shown, width) for shown in hit.excerpts]
        text, matches = hit.excerpts[0].text, hit.excerpts[0].matches
        if not matches and text.startswith(hit.title):
            text = text[len(hit.title) :].strip()  # it has been said, just above
        marked = excerpt(text, matches, match=self.look("match"))
        layout = Layout(text, width)
        lines = [layout.line(n) for n in range(min(len(layout), _EXCERPT_LINES))]
        return [marked[span.start : span.end] for span in lines]

    def _around(self, shown: Excerpt, width: int) -> Text:
        """Return one line of an excerpt, with its first matches in it."""
        at = shown.matches[0].start if shown.matches else 0
        start = shown.text.find(" ", max(at - width // 4, 0), at) + 1 if at > width // 4 else 0
        line = excerpt(shown.text, shown.matches, match=self.look("match"))[start:]
        line.truncate(width, overflow="ellipsis")
        return line

    def want_more(self, index: int) -> None:
        """Ask for the hits that follow, if a hit is near the end of those that are there."""
        if index >= len(self.hits) - 2 and len(self.hits) < self.total and self._asked < len(self.hits):
            self._asked = len(self.hits)
            self.post_message(self.Wanted(self._asked))


def _rows_now(before: Sequence[HitRow], hits: Sequence[HitRow]) -> list[int]:
    """Return the row of each hit of before, and of the end, among `hits`, else of the next that is left."""
    places = {hit.id: row for row, hit in enumerate(hits)}
    last = max((places[hit.id] for hit in before if hit.id in places), default=-1)
    rows = [last + 1]
    for hit in reversed(before):
        rows.append(places.get(hit.id, rows[-1]))
    return rows[::-1]
