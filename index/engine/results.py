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
    """An article that answers a query; its score is comparable within one search only.

    The excerpts are one or two, the best first.
    """

    id: str
    score: float
    excerpts: tuple[Excerpt, ...]

    @property
    def excerpt(self) -> Excerpt:
        """The best excerpt."""
        return self.excerpts[0]


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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one clause of a query is answered by an article.

    `stems` and `form` are what the clause became by analysis; a clause that is not stemmed has
    a form only. `in_title` and `in_text` are the words that answer it, as they stand there,
    with how often.
    """

    clause: str
    stems: tuple[str, ...]
    form: str
    in_title: dict[str, int]
    in_text: dict[str, int]
    score: float
