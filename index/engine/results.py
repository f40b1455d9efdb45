"""What a search answers with: plain values, no Whoosh."""

from dataclasses import dataclass, field

from index.article import Span


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article on one line, and where in it the query's words stand."""

    text: str
    matches: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query; its score is comparable within one search only."""

    id: str
    score: float
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a field and how many of the hits have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and the facets if they were asked for."""

    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
