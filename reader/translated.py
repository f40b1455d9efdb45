"""What others say in English alone, in the user's language: the stores, argparse, the system.

The stores know nothing of languages, and what they said of a file may have been said in another process,
or have been kept in the library for years: so it is known again by its words, whatever stands in its gaps.
A test holds what the stores say complete in `locale/fr-others.json`.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from reader import i18n

_GAP: Final = re.compile(r"\{\w+\}")
_LONGEST: Final = 4000
"""Characters beyond which a message is not looked into; ours have a path or two and a sentence."""
_QUOTED: Final = re.compile(r"(['\"])(.+)\1", re.DOTALL)


def translated(message: str) -> str:
    """Return a message of the stores or of the system in the language spoken; as it is if it is not known."""
    if i18n.language() != "fr" or len(message) > _LONGEST:
        return message
    known = {**_french()["stores"], **_french()["system"]}
    if message in known:
        return known[message]
    for pattern, french in _patterns():
        if found := pattern.fullmatch(message):
            return french.format(**{name: _value(value) for name, value in found.groupdict().items()})
    return message


def of_argparse(message: str) -> str:
    """Return a message of argparse, a format of the old kind, in the language spoken."""
    return _french()["argparse"].get(message, message) if i18n.language() == "fr" else message


def _value(said: str) -> str:
    quoted = _QUOTED.fullmatch(said)
    return f"« {quoted[2]} »" if quoted else translated(said)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what knows each message with gaps again; first those that say the most themselves."""
    gapped = [(english, french) for english, french in _french()["stores"].items() if _GAP.search(english)]
    gapped.sort(key=lambda pair: -len(_GAP.sub("", pair[0])))
    return tuple((_pattern(english), french) for english, french in gapped)


def _pattern(english: str) -> re.Pattern[str]:
    words, gaps = _GAP.split(english), _GAP.findall(english)
    groups = [f"(?P<{gap[1:-1]}>.+?)" for gap in gaps]
    said = [part for pair in zip(map(re.escape, words), [*groups, ""], strict=True) for part in pair]
    return re.compile("".join(said), re.DOTALL)


@cache
def _french() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        Path(__file__).with_name("locale").joinpath("fr-others.json").read_text(encoding="utf-8")
    )
    return found
