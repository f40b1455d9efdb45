"""The words of the program in the user's language: English in the code, French from `locale/fr.toml`.

A tool for analysts speaks their language, and needs neither plural rules nor a
compiled catalogue to do it. A test holds every `_("…")` to the catalogue.
"""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("fr", "en")

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
    text = _catalogue()["messages"].get(english, english) if _current == "fr" else english
    return text.format(**values) if values else text


def _from_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    source = files("reader").joinpath("locale", "fr.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)
