"""Where in a text a query's words stand: the one answer for the reader's highlights and for excerpts."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.article import Span
from index.engine.compile import significant
from index.engine.shapes import regex_of, within
from index.engine.stems import is_idle, stem, wanted_stems
from index.language import Token, folded, tokens, words
from index.query.tree import And, Fuzzy, Leaf, Node, Or, Phrase, Prefix, Proximity, Typing, Wildcard, Word

Test = Callable[[str, str], bool]
"""Says of a word's folded form and its stem whether it is meant."""

Judgements = dict[str, tuple[str, tuple[int, ...]]]
"""Of words: the folded form and the clauses it answers."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place where a clause of the query is answered, and which clause."""

    start: int
    end: int
    clause: int


@dataclass(slots=True)
class Marker:
    """What to look for in texts: words that pass a test, sequences of words, groups of near words."""

    tests: list[tuple[int, Test]] = field(default_factory=list)
    phrases: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    groups: list[tuple[int, frozenset[str], int]] = field(default_factory=list)
    _judged: dict[str, Judgements] = field(default_factory=dict)
    """By language, since one marker is used on a page of articles."""

    @property
    def clauses(self) -> int:
        """How many clauses can be answered in a text."""
        return len(self.tests) + len(self.phrases) + len(self.groups)

    def marks(self, text: str, lang: str) -> Iterator[Mark]:
        """Yield the marks of a text, nearly in order: several words at once when the last of them stands."""
        if not self.clauses:  # everything, or what is said of the article alone: its words are not read
            return
        known = self._judged.setdefault(lang, {})
        recent: deque[tuple[str, Token]] = deque(maxlen=self._reach())
        for token in tokens(text):
            if token.word not in known:
                known[token.word] = self._judge(token.word, lang)
            plain, clauses = known[token.word]
            for clause in clauses:
                yield Mark(token.start, token.end, clause)
            if self.phrases or self.groups:
                recent.append((plain, token))
                yield from self._sequences(plain, recent)

    def _reach(self) -> int:
        return max((len(words) for _, words in self.phrases), default=1) + max(
            (distance * len(words) for _, words, distance in self.groups), default=0
        )

    def _judge(self, word: str, lang: str) -> tuple[str, tuple[int, ...]]:
        plain, root = folded(word), stem(word, lang)
        return plain, tuple(clause for clause, test in self.tests if test(plain, root))

    def _sequences(self, plain: str, recent: deque[tuple[str, Token]]) -> Iterator[Mark]:
        for clause, phrase in self.phrases:
            if plain == phrase[-1] and len(recent) >= len(phrase):
                tail = [recent[place] for place in range(-len(phrase), 0)]
                if all(said == meant for (said, _), meant in zip(tail, phrase, strict=True)):
                    yield Mark(tail[0][1].start, tail[-1][1].end, clause)
        for clause, group, distance in self.groups:
            if plain in group:
                yield from _near(clause, group, distance, recent)


def _near(
    clause: int, group: frozenset[str], distance: int, recent: deque[tuple[str, Token]]
) -> Iterator[Mark]:
    """Yield the words of a group if the last word of `recent` completes it."""
    found: dict[str, Token] = {}
    gap = 0
    for said, token in reversed(recent):
        if gap > distance:
            return
        if said in group and said not in found:
            found[said] = token
            gap = 0
        if len(found) == len(group):
            yield from (Mark(token.start, token.end, clause) for token in found.values())
            return
        gap += 1


def marker_of(node: Node) -> Marker:
    """Return what to look for in the texts that a query finds."""
    marker = Marker()
    for clause, leaf in enumerate(_leaves(node)):
        _register(marker, clause, leaf)
    return marker


def matches_in(node: Node, text: str, lang: str) -> list[Span]:
    """Return where the words of a query stand in a whole text, in order and without overlaps.

    A phrase is one span; a word's span is without the article elided before it.
    """
    merged: list[Span] = []
    for mark in sorted(marker_of(node).marks(text, lang)):
        if merged and mark.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(mark.end, merged[-1].end))
        else:
            merged.append(Span(mark.start, mark.end))
    return merged


def _leaves(node: Node) -> Iterator[Leaf]:
    """Yield the clauses that are looked for in an article's text, as the search looks for them."""
    match node:
        case And(parts) | Or(parts):
            for part in significant(parts):
                yield from _leaves(part)
        case Word() | Typing() | Phrase() | Proximity() | Prefix() | Wildcard() | Fuzzy():
            yield node


def _register(marker: Marker, clause: int, leaf: Leaf) -> None:
    found = tuple(folded(word) for word in words(leaf.text))
    if isinstance(leaf, Proximity):
        marker.groups.append((clause, frozenset(found), leaf.distance))
    elif isinstance(leaf, Word | Typing | Phrase) and len(found) > 1:
        marker.phrases.append((clause, found))
    else:
        marker.tests.append((clause, _test(leaf, found[0] if found else "")))


def _test(leaf: Leaf, plain: str) -> Test:
    match leaf:
        case Prefix():
            return lambda word, _: word.startswith(plain)
        case Wildcard(text):
            shape = regex_of(text)
            return lambda word, _: shape.fullmatch(word) is not None
        case Fuzzy(_, edits):
            return lambda word, _: within(word, plain, edits)
        case Typing():
            stems = wanted_stems(plain)
            return lambda word, root: word.startswith(plain) or root in stems
        case Word(text) if not is_idle(text):
            stems = wanted_stems(plain)
            return lambda word, root: root in stems or word == plain
    return lambda word, _: word == plain
