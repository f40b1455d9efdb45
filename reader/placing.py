"""Notes and the texts they are on: placed again when a text has changed, checked, put elsewhere by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from index.article import Article, Span
from notes import Anchor, Note, Placement, State, Target, candidates, placements, put_at
from reader.i18n import _
from reader.text.selection import sentence_at

if TYPE_CHECKING:
    from index.library import Library
    from notes import Notebook


@dataclass(frozen=True, slots=True)
class Offer:
    """A note whose passage is in doubt, and the places in its article that it may be put at."""

    note: Note
    article: Article | None
    spans: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """Return what stands at a place."""
        return self.article.text[span.start : span.end] if self.article else ""


def placed(note: Note, article: Article) -> tuple[Note, Span | None]:
    """Return a note with its state in an article as it is now, and where it stands there."""
    anchor = note.anchor
    if anchor is None:
        return note, None
    if anchor.revision == article.revision:
        return note, Span(anchor.start, anchor.end)
    found = Target(article.text, article.revision).locate(anchor)
    return replace(note, state=found.state), Span(*found.span) if found.span else None


def followed(offset: int, before: Article, now: Article) -> int:
    """Return where what stood at an offset of an article stands in its text now; the offset, if nowhere."""
    sentence = sentence_at(before.text, offset)
    if sentence is None:
        return offset
    anchor = Anchor.of(before.text, sentence.start, sentence.end, before.revision)
    span = Target(now.text, now.revision).locate(anchor).span
    return min(span[0] + offset - sentence.start, span[1]) if span else offset


class Placer:
    """The notes of a notebook over the articles of a library."""

    def __init__(self, library: Library, notebook: Notebook) -> None:
        self._library = library
        self._notebook = notebook

    def placed(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Yield notes, those of an article together, with the state they have in it as it is now."""
        for article_id, group in groupby(notes, key=lambda note: note.article):
            several = list(group)
            if self._are_there(article_id, several):
                yield from several
                continue
            article = next(iter(self._library.articles([article_id])), None)
            yield from (placed(note, article)[0] if article else note for note in several)

    def _are_there(self, article_id: str, notes: Iterable[Note]) -> bool:
        """Tell whether no note is on another text than its article's."""
        now = self._library.revision_of(article_id)
        return all(note.anchor is None or note.anchor.revision == now for note in notes)

    def place_all(self) -> Counter[State]:
        """Place every note whose article has another text now, as one step; return how many became what."""
        found = [one for article_id in self._notebook.count_by_article() for one in self._moves(article_id)]
        self._notebook.place(found)
        return Counter(one.state for one in found)

    def _moves(self, article_id: str) -> Iterator[Placement]:
        notes = self._notebook.notes(article=article_id)
        if self._are_there(article_id, notes):
            return
        for article in self._library.articles([article_id]):
            been = self._notebook.placed_before(article.revision)
            yield from placements((n for n in notes if n.id not in been), article.text, article.revision)

    # What is no note yet

    def stands(self, anchor: Anchor, article: Article) -> Span | None:
        """Return where the very words of a passage stand in an article as it is now, if they do."""
        found = Target(article.text, article.revision).locate(anchor)
        return Span(*found.span) if found.state.holds and found.span else None

    @staticmethod
    def begun_at(anchor: Anchor, begun: Iterable[Anchor], article: Article) -> Anchor | None:
        """Return which of several passages is the one of an anchor in an article as it is now.

        That is the first whose very words stand there, else the first whose words have been changed there.
        """
        target, span, likely = Target(article.text, article.revision), Span(anchor.start, anchor.end), None
        for one in begun:
            found = target.locate(one)
            if found.state.holds and found.span == (anchor.start, anchor.end):
                return one
            if found.state is State.CHANGED and found.span and anchor.quote not in one.quote:
                likely = likely or (one if _are_alike(Span(*found.span), span) else None)
        return likely

    # One note

    def offer(self, note: Note) -> Offer:
        """Return where a note may be put; nowhere if its article is gone."""
        article = next(iter(self._library.articles([note.article])), None)
        if article is None or note.anchor is None:
            return Offer(note, article, ())
        if note.anchor.revision == article.revision:
            return Offer(note, article, (Span(note.anchor.start, note.anchor.end),))
        spans = candidates(Target(article.text, article.revision), note.anchor)
        return Offer(note, article, tuple(Span(*span) for span in spans))

    def put(self, offer: Offer, span: Span) -> None:
        """Put a note at a place; `undo` takes it back."""
        if offer.article:
            article = offer.article
            self._notebook.place([put_at(offer.note, article.text, article.revision, span.start, span.end)])


def _are_alike(one: Span, other: Span) -> bool:
    """Tell whether two spans share the greater part of the longer of them."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared > max(one.end - one.start, other.end - other.start)


def told(counts: Counter[State]) -> str:
    """Return what placing notes again came to, in words; empty if there is nothing to say."""
    words = {
        State.MOVED: _("moved: {count}", count=counts[State.MOVED]),
        State.CHANGED: _("passage changed: {count}", count=counts[State.CHANGED]),
        State.AMBIGUOUS: _("passage ambiguous: {count}", count=counts[State.AMBIGUOUS]),
        State.ORPHAN: _("passage not found: {count}", count=counts[State.ORPHAN]),
    }
    parts = [said for state, said in words.items() if counts[state]]
    return _("Notes: {parts}", parts=", ".join(parts)) if parts else ""
