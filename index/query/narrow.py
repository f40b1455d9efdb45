"""Narrowing a query by a clause, as a facet does; and widening it again is the caller's to remember."""

from collections import Counter
from collections.abc import Callable, Mapping

from index.language import names_in, words
from index.query.errors import QueryError
from index.query.parse import live, parse
from index.query.tree import Everything, Node, Prefix, Typing, Word, all_of, any_of, mapped
from index.query.understood import understood


def narrowed(query: str, clause: str) -> str:
    """Return a query for what both a query, as it is while typed, and a clause find. Raises QueryError.

    The query stays as it was typed where it then means the same: before the clause, or
    behind it if its last word or date may go on.
    """
    meant, more, typed = live(query), parse(clause), query.strip()
    both = _all(meant, more)
    if _means(parse, said := f"{typed} {clause}", both):
        return said
    if _means(live, said := f"{clause} {typed}", _all(more, meant)):
        return said
    return understood(mapped(both, _ended))


def _all(*parts: Node) -> Node:
    return all_of(part for part in parts if part != Everything()) or Everything()


def _means(read: Callable[[str], Node], said: str, node: Node) -> bool:
    try:
        return read(said) == node
    except QueryError:  # what may be left open at the end may not be in the middle
        return False


def _ended(leaf: Node) -> Node:
    """Return what finds the same where a word does not go on."""
    if not isinstance(leaf, Typing):
        return leaf
    word, prefix = Word(leaf.text), Prefix(leaf.text)
    return any_of([word, prefix]) or word if _means(parse, f"{leaf.text}*", prefix) else word


def clause_of(field: str, value: str) -> str:
    """Return the clause for one value of a facet."""
    if field == "month":
        return f"date:{value}"
    if field == "lang" or (field == "tag" and value.replace("/", "").isalnum()):
        return f"{field}:{value}"
    bare = "".join(" " if char in '"“”„«»' else char for char in value)
    return f'{field}:"{bare}"'


def found_by_source(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many articles the clause of each source finds, from how many each source has.

    A clause finds words of a name: `source:"AFP"` also what is from “Orange avec AFP”. None finds
    a source of signs alone.
    """
    found: Counter[str] = Counter()
    for source, count in counts.items():
        spelled = {source, "".join(words(source))}  # as the index has it
        for name in {name for spelling in spelled for name in names_in(spelling, counts)}:
            found[name] += count
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
