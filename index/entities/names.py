"""Under which one name the mentions of a text are gathered."""

from collections import Counter
from collections.abc import Iterable, Mapping

from index.article import EntityType, Mention, fold
from index.entities.pairs import Pair
from index.entities.spans import Found


def gather(text: str, found: list[Found], pairs: Iterable[Pair]) -> list[Mention]:
    """Return the mentions of an article's text, each with the name of whom or what it names.

    That is the known name; else an acronym's long form in this text; for a bare last
    name, the one full name of this text that ends with it; else the surface most
    frequent among those equal without case, accents and hyphens.
    """
    surfaces = [" ".join(text[span.start : span.end].split()) for span in found]
    spelled = _usual(surfaces)
    known = {_key(surface): span.name for surface, span in zip(surfaces, found, strict=True) if span.name}
    known |= {_key(span.name): span.name for span in found if span.name}
    known |= _explained(text, pairs, known)
    full = _full_names(surfaces, found, known)
    return [
        Mention(span.start, span.end, span.type, _name(surface, span, known, full, spelled))
        for surface, span in zip(surfaces, found, strict=True)
    ]


def _name(
    surface: str, span: Found, known: Mapping[str, str], full: Mapping[str, str], spelled: Mapping[str, str]
) -> str:
    key = _key(surface)
    if span.type is EntityType.PERSON and key in full:
        key = full[key]
    return span.name or known.get(key) or spelled.get(key, surface)


def _key(surface: str) -> str:
    return " ".join(fold(surface).replace("-", " ").split())


def _usual(surfaces: Iterable[str]) -> dict[str, str]:
    """Return each key's most frequent surface, the first of equals."""
    usual: dict[str, str] = {}
    for surface, _ in Counter(surfaces).most_common():
        usual.setdefault(_key(surface), surface)
    return usual


def _explained(text: str, pairs: Iterable[Pair], known: Mapping[str, str]) -> dict[str, str]:
    """Return the one name of each acronym and long form that the text pairs."""
    names: dict[str, str] = {}
    for pair in pairs:
        both = [" ".join(text[span.start : span.end].split()) for span in (pair.acronym, pair.long)]
        acronym, long = map(_key, both)
        name = known.get(acronym) or known.get(long) or names.get(acronym) or both[1]
        names |= {acronym: name, long: name}
    return names


def _full_names(surfaces: Iterable[str], found: Iterable[Found], known: Mapping[str, str]) -> dict[str, str]:
    """Return for each last name the key of the one person's full name that ends with it."""
    people = [
        name
        for surface, span in zip(surfaces, found, strict=True)
        if span.type is EntityType.PERSON
        for name in (surface, span.name)
    ]
    by_last: dict[str, set[str]] = {}
    for key in map(_key, people):
        first, _, last = key.rpartition(" ")
        if first:
            by_last.setdefault(last, set()).add(key)
    return {
        last: min(keys) for last, keys in by_last.items() if len({known.get(key, key) for key in keys}) == 1
    }
