"""The words of the program in the user's language: English in the code, French from `locale/fr.json`.

A tool for analysts speaks their language, and needs no compiled catalogue to do it.
A test holds every `_("…")` and `ngettext("…", "…", …)` to the catalogue.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("fr", "en")

_CLOSING: Final = re.compile(r" (?=[:;!?%»](?:\W|$))")
_OPENING: Final = re.compile(r"« ")

_current = "en"


def choose(lang: str | None = None) -> str:
    """Speak `lang`, else the language of the locale, and return it."""
    global _current  # noqa: PLW0603 - one program speaks one language
    _current = lang if lang in LANGUAGES else _from_locale()
    return _current


def language() -> str:
    """Return the language spoken, `fr` or `en`."""
    return _current


def _(english: str, /, **values: object) -> str:
    """Return a message in the language spoken, its `{names}` filled with `values`."""
    text = _catalogue().get(english, english) if _current == "fr" else english
    if not values:
        return text
    return text.format(
        **{name: figure(value) if isinstance(value, float) else value for name, value in values.items()}
    )


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the message for so many things: in French none and one are singular, in English one alone.

    `{count}` is the count as it is written.
    """
    single = count in {0, 1} if _current == "fr" else count == 1
    return _(one if single else many, **{"count": figure(count), **values})


def figure(number: float, digits: int | None = None) -> str:
    """Return a number as it is written: thousands apart, a comma before its fraction in French."""
    said = f"{number:,}" if digits is None else f"{number:,.{digits}f}"
    whole, dot, fraction = said.partition(".")
    point = "," if _current == "fr" else "."
    return whole.replace(",", "\u202f") + (point + fraction if dot else "")


def _from_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


@cache
def _catalogue() -> dict[str, str]:
    # JSON: the interface waits for it, and TOML takes ten times as long.
    source = Path(__file__).with_name("locale").joinpath("fr.json").read_text(encoding="utf-8")
    return {english: typeset(french) for english, french in json.loads(source).items()}


def typeset(french: str) -> str:
    """Return a French text with the spaces that its punctuation wants, which no line may end in."""
    return _OPENING.sub("«\u00a0", _CLOSING.sub("\u00a0", french))
