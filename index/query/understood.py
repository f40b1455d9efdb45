"""From a tree back to text: what was understood, in the query language itself."""

from index.query.tree import (
    And,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Node,
    Not,
    NoteField,
    Or,
    Phrase,
    Prefix,
    Proximity,
    State,
    Typing,
    Wildcard,
    Word,
)


def understood(node: Node) -> str:
    """Return a query that is parsed to the same tree.

    A word still being typed is written as what it finds (`bamak*`).
    """
    match node:
        case And(parts):
            return " AND ".join(_closed(part, Or) for part in parts)
        case Or(parts):
            return " OR ".join(understood(part) for part in parts)
        case Not(part):
            return "-" + _closed(part, And, Or)
        case Field(name, part):
            return f"{name}:{_closed(part, And, Or, Not)}"
        case _:
            return _leaf(node)


def _closed(node: Node, *kinds: type[Node]) -> str:
    """Print a tree with parentheses around it if it is of one of `kinds`."""
    return f"({understood(node)})" if isinstance(node, kinds) else understood(node)


def _leaf(node: Node) -> str:  # noqa: PLR0911 - one line for each kind
    match node:
        case Prefix(text) | Typing(text):
            return text + "*"
        case Phrase(text):
            return f'"{text}"'
        case Proximity(text, distance):
            return f'"{text}"~{distance}'
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case NoteField(name, text, quoted):
            return f'{name}:"{text}"' if quoted else f"{name}:{text}"
        case State(name, value):
            return f"{name}:{value}"
        case DateRange(start, end):
            return f"date:{start}" if start == end else f"date:{start}..{end}"
        case Everything():
            return "*"
        case Word(text) | Wildcard(text):
            return text
    raise AssertionError(node)
