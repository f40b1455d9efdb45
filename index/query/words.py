"""From one piece of a query, a run of characters without spaces, to the words it asks for."""

import re
import unicodedata
from typing import Final

from index.language import words
from index.language.words import without_elision
from index.query.errors import QueryError
from index.query.lexer import AND, NOT, OR
from index.query.tree import Everything, Fuzzy, Node, Prefix, Typing, Wildcard, Word, all_of

MIN_PREFIX: Final = 2
MIN_FUZZY: Final = 3
MAX_EDITS: Final = 2

_FUZZY: Final = re.compile(r"(.*)~([0-9]*)", re.DOTALL)
_PATTERN_PART: Final = re.compile(r"(?:[^\W_]|[*?'])+")
_TRAILING: Final = re.compile(r"[^\w*?~]+\Z")
_APOSTROPHES: Final = re.compile("['’ʼ′‘´＇]")
_STARS: Final = re.compile(r"\*+")
_COLON: Final = re.compile(r"(?<![0-9]):|:(?![0-9])")


def word_node(chunk: str, column: int, *, typing: bool = False) -> Node | None:
    """Return what a run of characters asks for; None if it holds no letter or figure. Raises QueryError.

    `typing` says that its last word may go on.
    """
    chunk = unicodedata.normalize("NFC", chunk)
    bare = _TRAILING.sub("", chunk)
    if fuzzy := _FUZZY.fullmatch(bare):
        return _fuzzy(fuzzy[1], fuzzy[2], column)
    if "*" in bare or "?" in bare:
        return _patterns(bare, column)
    return _plain_words(chunk, typing=typing)


def _plain_words(chunk: str, *, typing: bool) -> Node | None:
    if words(chunk + "a") == ["a"]:
        return None  # an elided article that has lost its noun: the l’ of « l’ attaque »
    parts = [plain for text in _COLON.split(chunk) if (plain := _plain(text))]
    nodes: list[Node] = [Word(text) for text in parts]
    if typing and nodes:
        *before, last = parts[-1].split("-")
        nodes[-1:] = [*(Word(text) for text in before), Typing(last)]
    return all_of(nodes)


def _plain(text: str) -> str:
    """Return the words of a run of characters, joined by hyphens: the form that is read the same again."""
    before = None
    while text != before:  # what is left of a strange word may have to be read again: d'd'Alger
        before, text = text, "-".join(_without_dots(word) for word in words(text))
    return "-".join(word.lower() if word in AND | OR | NOT else word for word in text.split("-"))


def _without_dots(word: str) -> str:
    bare = word.replace(".", "")
    return bare if bare.isalpha() else word


def _fuzzy(text: str, digits: str, column: int) -> Node | None:
    *before, last = _plain(_unstarred(text)).split("-")
    if not last:
        return None
    edits = int(digits[:3] or 1)
    if not 1 <= edits <= MAX_EDITS:
        raise QueryError("~{edits} is too far: 1 or 2 letters may differ", column, edits=digits)
    if len(last) < MIN_FUZZY:
        raise QueryError("{word} is too short for ~: give 3 letters or more", column, word=last)
    return all_of([*(Word(word) for word in before), Fuzzy(last, edits)])


def _unstarred(text: str) -> str:
    return text.replace("*", " ").replace("?", " ")


def _patterns(chunk: str, column: int) -> Node | None:
    """Return what a run with `*` or `?` in it asks for: the parts that have none are words."""
    parts = [_bare(found) for found in _PATTERN_PART.findall(_APOSTROPHES.sub("'", chunk))]
    nodes = [_pattern(part, column) if "*" in part or "?" in part else _word(part) for part in parts]
    return all_of(node for node in nodes if node)


def _bare(text: str) -> str:
    before = None
    while text != before:
        before, text = text, without_elision(text.strip("'"))
    return text


def _word(text: str) -> Node | None:
    plain = _plain(text)
    return Word(plain) if plain else None


def _pattern(text: str, column: int) -> Node | None:
    text = _STARS.sub("*", text)
    letters = sum(char.isalnum() for char in text)
    if not letters:
        return Everything() if "*" in text else None
    if text[0] in "*?":
        raise QueryError("{pattern} must begin with a letter", column, pattern=text)
    if letters < MIN_PREFIX:
        raise QueryError("{pattern} would find too much: give 2 letters or more", column, pattern=text)
    stem = text.rstrip("*")
    if "*" in stem or "?" in stem:
        return Wildcard(text)
    return Prefix(stem.rstrip("'"))
