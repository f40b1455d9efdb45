"""The annotator: texts in, mentions out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from index.article import Mention
from index.entities import gazetteer as known
from index.entities import models, rules
from index.entities.norm import normalised, pieces
from index.entities.spans import Found

_HELD: Final = 20_000  # characters of the texts given to a model together

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
        """Yield for each text its mentions, sorted, without overlaps; a few texts are held at a time."""
        for batch in _batches(texts):
            normal = [normalised(text) for text in batch]
            for text, plain, found in zip(batch, normal, self._found(normal), strict=True):
                yield rules.mentions(text, plain, found, self._lang, self._names)

    def _found(self, normal: Sequence[str]) -> Iterator[list[Found]]:
        """Yield what the model finds in each text; it is given them together, which is faster."""
        spans = [list(pieces(text)) if self._recognise else [] for text in normal]
        cut = (text[span.start : span.end] for text, own in zip(normal, spans, strict=True) for span in own)
        inside = self._recognise(cut) if self._recognise else iter(())
        for own in spans:
            yield [
                Found(span.start + one.start, span.start + one.end, one.type)
                for span in own
                for one in next(inside)
            ]


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in lists of a few, a long one by itself."""
    batch: list[str] = []
    for text in texts:
        if batch and sum(map(len, batch)) + len(text) > _HELD:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


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
