"""The names that are known beforehand: the files in `data/gazetteer`, and the analyst's own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Self

import regex

from index.article import EntityType, fold
from index.entities.cues import shouted
from index.entities.spans import Found
from index.entities.words import DATA, homographs
from index.regular import MAX_GAZETTEER, content, text_of
from index.toml import tables

_TOKEN: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_GAP: Final = regex.compile(r"[ \n]|['.-] ?")
_ARTICLES: Final = frozenset({"Le", "La", "Les", "L", "The"})
_SHOWN: Final = 80  # characters of a wrong name, in what is said of it
_SHORT: Final = 4  # letters up to which an acronym could be a word of a headline in capitals

Key = tuple[str, ...]


class GazetteerError(ValueError):
    """A gazetteer file cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class _Alias:
    surface: str
    tokens: tuple[str, ...]
    name: str
    type: EntityType

    @property
    def capital(self) -> int | None:
        """Which token must have its capital in the text: the last that has one here, or None."""
        return max((n for n, token in enumerate(self.tokens) if not token.islower()), default=None)

    @property
    def begins_with_article(self) -> bool:
        return len(self.tokens) > 1 and self.tokens[0] in _ARTICLES

    @property
    def is_acronym(self) -> bool:
        return self.surface.isupper()


class Gazetteer:
    """Known names, to be found in texts. Of two entries with one alias the later wins."""

    def __init__(self) -> None:
        self._aliases: dict[Key, list[_Alias]] = {}
        self._lengths: dict[str, list[int]] = {}

    @classmethod
    def of(cls, *tables: Mapping[str, object]) -> Self:
        """Return the names of parsed files, `type -> canonical name -> aliases`. Raises GazetteerError."""
        gazetteer = cls()
        for table in tables:
            for alias in _aliases(table):
                gazetteer._add(alias)
        return gazetteer

    def _add(self, alias: _Alias) -> None:
        key = tuple(map(_folded, alias.tokens))
        rest = [old for old in self._aliases.get(key, []) if old.is_acronym != alias.is_acronym]
        self._aliases[key] = [alias, *rest]
        lengths = self._lengths.setdefault(key[0], [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def matches(self, text: str) -> Iterator[Found]:
        """Yield the known names of a normalised text, in order, the longest at each place."""
        tokens = [match.span() for match in _TOKEN.finditer(text)]
        folded = [_folded(text[start:end]) for start, end in tokens]
        done = 0
        for at in [at for at, token in enumerate(folded) if token in self._lengths]:
            if at >= done:
                length, found = self._longest(text, tokens, folded, at)
                done = at + length
                if found:
                    yield found

    def _longest(
        self, text: str, tokens: list[tuple[int, int]], folded: list[str], at: int
    ) -> tuple[int, Found | None]:
        for length in self._lengths.get(folded[at], ()):
            bounds = tokens[at : at + length]
            for alias in self._aliases.get(tuple(folded[at : at + length]), ()):
                if _holds(text, bounds, alias):
                    return length, Found(bounds[0][0], bounds[-1][1], alias.type, alias.name)
        return 0, None

    def name_of(self, surface: str) -> str | None:
        """Return the canonical name of exactly this surface, or None."""
        found = next(self.matches(surface), None)
        return found.name if found and (found.start, found.end) == (0, len(surface)) else None

    def names_like(self, typed: str) -> set[str]:
        """Return the canonical names that have this alias, however it is typed."""
        key = tuple(_folded(token) for token in _TOKEN.findall(typed))
        return {alias.name for alias in self._aliases.get(key, ())}


def load(extra: Path | None = None) -> Gazetteer:
    """Return the shipped gazetteer with the analyst's file, if any, over it. Raises GazetteerError."""
    own = data_of(extra) if extra else b""
    return Gazetteer.of(*shipped(), *([_parsed(extra, own)] if extra and own else []))


def load_leniently(extra: Path | None = None) -> Gazetteer:
    """Return the gazetteer, without the analyst's file where that has a mistake."""
    try:
        return load(extra)
    except GazetteerError:
        return load()


def data_of(path: Path) -> bytes:
    """Return what the analyst's file holds, nothing where there is none. Raises GazetteerError."""
    try:
        return content(path, MAX_GAZETTEER)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        message = f"{path.name}: {error.strerror or error}"
        raise GazetteerError(message) from error


def _parsed(path: Path, data: bytes) -> dict[str, object]:
    try:
        return tables(text_of(data))
    except ValueError as error:
        message = f"{path.name}: {error}"
        raise GazetteerError(message) from error


@cache
def shipped() -> tuple[dict[str, object], ...]:
    """Return the tables that come with the program, in the order in which they count."""
    # The world first: of two entries with one alias the later, the field's own, wins.
    paths = (DATA / "gazetteer" / f"{name}.toml" for name in ("world", "sahel"))
    return tuple(_parsed(path, path.read_bytes()) for path in paths)


@lru_cache(maxsize=1 << 16)
def _folded(token: str) -> str:
    return fold(token)


def _aliases(table: Mapping[str, object]) -> Iterator[_Alias]:
    for kind, names in table.items():
        if kind not in set(EntityType) or not isinstance(names, dict):
            message = f"[{kind[:_SHOWN]}] is not a type: use {', '.join(EntityType)}"
            raise GazetteerError(message)
        for name, others in names.items():
            for surface in (name, *_texts(name, others)):
                if tokens := tuple(_TOKEN.findall(surface)):
                    yield _Alias(surface, tokens, name, EntityType(kind))


def _texts(name: str, others: object) -> Iterable[str]:
    if not isinstance(others, list) or not all(isinstance(other, str) for other in others):
        message = f"{name[:_SHOWN]}: its other names must be a list of texts"
        raise GazetteerError(message)
    return others


def _holds(text: str, bounds: list[tuple[int, int]], alias: _Alias) -> bool:
    """Say whether the text at `bounds`, equal when folded, has the capitals and the gaps of a name."""
    start, end = bounds[0][0], bounds[-1][1]
    if alias.is_acronym and len(alias.tokens) == 1:
        return text[start:end] == alias.surface and not (end - start <= _SHORT and shouted(text, start))
    if fold(alias.surface) in homographs() and text[start:end].casefold() != alias.surface.casefold():
        return False
    if alias.capital is not None and text[bounds[alias.capital][0]].islower():
        return False
    if alias.begins_with_article and (text[start].islower() or text[end : end + 1] == "-"):
        return False  # `la Croix-Rouge` is not La Croix
    gaps = pairwise(bounds)
    return all(a == b or _GAP.fullmatch(text, a, b) for (_, a), (b, _) in gaps)
