"""Why an article answers a query: clause by clause, what was looked for, what was found, what it counts."""

from collections import Counter
from collections.abc import Iterator

from whoosh.query import Require, Term

from index.engine.collect import gather
from index.engine.columns import Column
from index.engine.compile import TEXT, Compiler, Resolve, Scope, scope_of, significant
from index.engine.marks import marker_of
from index.engine.results import Reason
from index.engine.stems import is_idle, wanted_stems
from index.engine.untyped import Whoosh
from index.language import folded, words
from index.query.tree import And, Field, Node, Not, Or, Typing, Word
from index.query.understood import understood


def reasons(
    searcher: Whoosh, node: Node, article: str, text: tuple[str, str], resolve: Resolve | None
) -> list[Reason]:
    """Return the reasons, in the order of the clauses; `text` is the article's title and its text."""
    compiler = Compiler(searcher.reader(), resolve, lambda: False)
    number = next(iter(searcher.reader().postings("id", article.encode()).all_ids()), None)
    if number is None:
        return []
    lang = Column(searcher.reader(), "lang")[number]
    return [
        Reason(
            understood(clause),
            *_analysed(leaf, scope),
            _found(leaf, text[0], lang),
            _found(leaf, text[1], lang) if scope is TEXT else {},
            _score(searcher, compiler.query(leaf, scope), article),
        )
        for clause, leaf, scope in _clauses(node)
    ]


def _clauses(node: Node, scope: Scope = TEXT) -> Iterator[tuple[Node, Node, Scope]]:
    """Yield the clauses that may be answered, each with what is looked for in it, and where."""
    match node:
        case And(parts) | Or(parts):
            for part in significant(parts):
                yield from _clauses(part, scope)
        case Not():
            return
        case Field("title", part):
            yield node, part, scope_of("title")
        case Field(_, part) if scope is TEXT:
            yield node, node, scope
        case _:
            yield node, node, scope


def _analysed(leaf: Node, scope: Scope) -> tuple[tuple[str, ...], str]:
    """Return the stems and the form that a clause became."""
    match leaf:
        case Word(text) | Typing(text) if scope.stemmed and len(words(text)) == 1 and not is_idle(text):
            return tuple(sorted(wanted_stems(words(text)[0]))), folded(text)
        case Field():
            return (), ""
    return (), " ".join(folded(word) for word in words(getattr(leaf, "text", "")))


def _found(leaf: Node, text: str, lang: str) -> dict[str, int]:
    """Return the words of a text that answer a clause, as they stand there, with how often."""
    marks = {(mark.start, mark.end) for mark in marker_of(leaf).marks(text, lang)}
    return dict(Counter(" ".join(text[start:end].split()) for start, end in sorted(marks)).most_common())


def _score(searcher: Whoosh, query: Whoosh, article: str) -> float:
    """Return what a clause adds to an article's score: Whoosh's own, of that clause alone."""
    found = gather(searcher, Require(query, Term("id", article)), "relevance", lambda: False)
    return next(iter(found.scores), 0.0)
