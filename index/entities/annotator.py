"""The annotator: texts in, mentions out."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from index.article import Mention
from index.entities import gazetteer as known
from index.entities import models, rules
from index.entities.norm import normalised, pieces
from index.entities.spans import Found

Recogniser = Callable[[Iterable[str]], Iterator[list[Found]]]
"""A model: for each piece of text the spans it finds, with offsets into the piece."""


class Annotator(Protocol):
    """Finds the mentions of texts of one language."""

    @property
    def version(self) -> str:
        """What its findings depend on: kept with them."""

    def annotate(self, texts: Iterable[str]) -> Iterator[list[Mention]]:
        """Yield for each text its mentions, sorted, without overlaps."""


class RuleAnnotator:
    """A model with rules around it; without a model, the rules and the gazetteer alone."""

    def __init__(
        self, lang: str, version: str, names: known.Gazetteer, recognise: Recogniser | None = None
    ) -> None:
        self.version = version
        self._lang = lang
        self._names = names
        self._recognise = recognise

    def with_names(self, names: known.Gazetteer) -> "RuleAnnotator":
        """Return the same annotator with another gazetteer."""
        return RuleAnnotator(self._lang, self.version, names, self._recognise)

    def annotate(self, texts: Iterable[str]) -> Iterator[list[Mention]]:
        """Yield for each text its mentions, sorted, without overlaps; one text is held at a time."""
        for text in texts:
            normal = normalised(text)
            yield rules.mentions(text, normal, self._found(normal), self._lang, self._names)

    def _found(self, normal: str) -> Iterator[Found]:
        if self._recognise is None:
            return
        spans = list(pieces(normal))
        found = self._recognise(normal[span.start : span.end] for span in spans)
        for span, inside in zip(spans, found, strict=True):
            for one in inside:
                yield Found(span.start + one.start, span.start + one.end, one.type)


def build(lang: str, extra: Path | None = None) -> Annotator:
    """Return the best annotator of a language, loading its model: seconds, and hundreds of megabytes.

    `extra` is the analyst's gazetteer. Raises GazetteerError, ModelError, and
    KeyError for a language that has no rules.
    """
    version = models.versions(extra)[lang]
    names = known.load(extra)
    model = models.installed(lang)
    return RuleAnnotator(lang, version, names, _loaded(model.name) if model else None)


def _loaded(model: str) -> Recogniser:
    try:
        from index.entities import pipeline  # noqa: PLC0415 - spaCy's weight, only where a model runs

        return pipeline.recogniser(model)
    except (ImportError, OSError, ValueError, MemoryError) as error:
        message = f"the model {model} cannot be loaded: {error}"
        raise models.ModelError(message) from error
