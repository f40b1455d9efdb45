"""The words the rules are made of, read from `data/words.toml`."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import regex

from index.article import fold
from index.entities.spans import CAPITALISED

DATA: Final = Path(__file__).with_name("data")

_PARTICLES: Final = "ag|ould|ben|bin|bint|al|el|de|du|d'|da|dos|van|von"
_NAME: Final = rf"{CAPITALISED}(?: (?:(?:{_PARTICLES})[ -]?)?{CAPITALISED}){{0,4}}"
_PLACE: Final = rf"{CAPITALISED}(?: {CAPITALISED}){{0,2}}"


_SETS: Final = (
    "articles",
    "titles",
    "place_leads",
    "place_kept",
    "org_heads",
    "body_words",
    "breakers",
    "starters",
    "demonyms",
)
_EMPTY: Final = ("articles", "titles", "breakers", "starters", "demonyms")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, as sets of lower-case strings, and the patterns made of them.

    The patterns have one group, `name`, but for `joint`, which is what joins two names.
    `empty` are the words that name nothing by themselves, without accents.
    """

    articles: frozenset[str]
    titles: frozenset[str]
    place_leads: frozenset[str]
    place_kept: frozenset[str]
    org_heads: frozenset[str]
    body_words: frozenset[str]
    breakers: frozenset[str]
    starters: frozenset[str]
    demonyms: frozenset[str]
    empty: frozenset[str]
    titled: "regex.Pattern[str]"
    placed: "regex.Pattern[str]"
    joint: "regex.Pattern[str]"


@cache
def words_of(lang: str) -> Words:
    """Return the words of `fr` or `en`. Raises KeyError for another language."""
    lists = _lists()[lang]
    patterns = {name: regex.compile(pattern) for name, pattern in _patterns(lists).items()}
    sets = {name: frozenset(lists[name]) for name in _SETS}
    sets["titles"] |= frozenset(lists["short_titles"])
    empty = frozenset(fold(word) for name in _EMPTY for word in sets[name])
    return Words(**sets, empty=empty, **patterns)


def _patterns(lists: dict[str, list[str]]) -> dict[str, str]:
    words = {name: _any_of(found) for name, found in lists.items()}
    title = rf"(?:(?i:{words['titles']})|(?i:{words['short_titles']})\.?)"
    headed = rf"\b(?i:{words['place_heads']}) (?:(?:{words['joints']}) ?)?+(?P<name>{_PLACE})"
    tailed = rf"|\b(?P<name>{_PLACE}) (?:{words['place_tails']})\b" if lists["place_tails"] else ""
    return {
        "titled": rf"\b{title}(?: {title}){{0,3}}+(?: |(?<=\bM\.))(?P<name>{_NAME})",
        "placed": headed + tailed,
        "joint": rf" (?:{words['joints']}) ?",
    }


@cache
def never_bodies() -> frozenset[str]:
    """Return the acronyms that name no body, in capitals."""
    return frozenset(_lists()["acronyms"]["never"])


@cache
def common_last_names() -> frozenset[str]:
    """Return the last names, folded, that too many people bear for one to stand for a person."""
    return frozenset(_lists()["people"]["common_last_names"])


@cache
def homographs() -> frozenset[str]:
    """Return the known names, folded, that are another word without their accents."""
    return frozenset(_lists()["homographs"]["accented"])


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
