"""What the background says to the screens: each is the end of some work done in a thread or a child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from index.engine import FacetCount, Reason
    from reader.finder import Answer
    from reader.searcher import Question
    from reader.workspace import Opened


@dataclass
class StoresOpened(Message):
    """The stores can be used; the collection has this many articles."""

    articles: int


@dataclass
class StoresFailed(Message):
    """A store cannot be used, and why."""

    reason: str


@dataclass
class Answered(Message):
    """A search has been answered."""

    question: Question
    answer: Answer


@dataclass
class Misunderstood(Message):
    """A query is wrong: what, at which character, and what may have been meant."""

    question: Question
    reason: str
    column: int
    suggestion: str


@dataclass
class Counted(Message):
    """The hits of a search have been counted by facet."""

    question: Question
    facets: dict[str, list[FacetCount]]


@dataclass
class Reasoned(Message):
    """Why a hit is one: the article's title and the reasons."""

    title: str
    reasons: list[Reason]


@dataclass
class ArticleOpened(Message):
    """An article has been read from the library, to be shown with the caret at an offset."""

    opened: Opened
    at: int
    whole: bool = True
    """Whether hits and known names are there already; of a long text they follow."""
    sought: str = ""
    """The query whose first hit the caret is on; none where it was put elsewhere."""


@dataclass
class NotesChanged(Message):
    """Notes were made, changed or removed; `said` is what to tell the user."""

    said: str


@dataclass
class EntitiesChanged(Message):
    """Entities were corrected; `said` is what to tell the user."""

    said: str


@dataclass
class ChildSaid(Message):
    """A child process reports: which one, and the JSON object it printed."""

    child: str
    report: dict[str, Any]


@dataclass
class ChildEnded(Message):
    """A child process has ended."""

    child: str
    code: int
