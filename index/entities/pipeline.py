"""spaCy's part: a model that finds names. The only module that imports spaCy."""

from collections.abc import Iterable, Iterator
from typing import Final

import spacy
from spacy.tokens import Doc

from index.article import EntityType
from index.entities.annotator import Recogniser
from index.entities.spans import Found

# `ner` has a tok2vec of its own in these models: everything else is dead weight.
_NOT_NEEDED: Final = (
    "tok2vec",
    "morphologizer",
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "senter",
)
_BATCH: Final = 8  # pieces; larger batches are no faster and hold more memory
_TYPES: Final = {
    "PER": EntityType.PERSON,
    "PERSON": EntityType.PERSON,
    "LOC": EntityType.PLACE,
    "GPE": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "ORG": EntityType.ORG,
    "EVENT": EntityType.EVENT,
    "MISC": EntityType.OTHER,
    "PRODUCT": EntityType.OTHER,
    "WORK_OF_ART": EntityType.OTHER,
    "LAW": EntityType.OTHER,
}


def recogniser(model: str) -> Recogniser:
    """Load a model, by a name from `models.MODELS`, and return it as a function."""
    nlp = spacy.load(model, exclude=_NOT_NEEDED)

    def recognise(texts: Iterable[str]) -> Iterator[list[Found]]:
        return map(_found, nlp.pipe(texts, batch_size=_BATCH))

    return recognise


def _found(doc: Doc) -> list[Found]:
    return [
        Found(span.start_char, span.end_char, _TYPES[span.label_])
        for span in doc.ents
        if span.label_ in _TYPES
    ]
