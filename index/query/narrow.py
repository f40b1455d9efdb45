"""Narrowing a query by a clause, as a facet does; and widening it again is the caller's to remember."""

from index.query.parse import live, parse
from index.query.tree import all_of
from index.query.understood import understood


def narrowed(query: str, clause: str) -> str:
    """Return a query for what both a query, as it is while typed, and a clause find. Raises QueryError.

    The query stays as it was typed if it then means the same.
    """
    meant = live(query)
    both = all_of([meant, parse(clause)])
    assert both
    said = f"{query.strip()} {clause}"
    return said if parse(said) == both else understood(both)


def clause_of(field: str, value: str) -> str:
    """Return the clause for one value of a facet."""
    if field == "month":
        return f"date:{value}"
    if field == "lang" or (field == "tag" and value.replace("/", "").isalnum()):
        return f"{field}:{value}"
    bare = "".join(" " if char in '"“”„«»' else char for char in value)
    return f'{field}:"{bare}"'
