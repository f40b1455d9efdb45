"""Which of many languages an article is in, and when that cannot be said.

Stop words tell what is plainly French or English at a third of the cost; the model is
loaded, in half a second, for the first text they leave open.
"""

from functools import cache
from typing import Any, Final

from index.language.detection import detect, surely

_SAMPLE: Final = 1_500
"""Characters looked at: more change no answer, and the margins below are a character of as much."""
_SHORTEST: Final = 20
_OURS: Final = frozenset({"fr", "en"})
_SURE_OF_OURS: Final = 0.03
# Measured: languages the model knows are ahead of the next by 0.25 and more, the ones
# it does not know (Bambara, Mooré, Wolof) are taken for others by 0.19 at most.
_SURE: Final = 0.22
_NEAR: Final = 0.1


def identify(text: str) -> str:
    """Return the ISO 639 code of the language a text is in, `other` where it is not clear.

    `fr` and `en` are known by their stop words too; another language is named only
    where the model is sure of it (log-likelihood a character ahead of the next language).
    """
    sample = text[:_SAMPLE]
    if known := surely(sample):
        return known
    if sum(map(str.isalpha, sample)) < _SHORTEST:
        return _heard(sample)
    (best, most), (second, next_most), *_ = _model().rank(sample)
    margin = (most - next_most) / len(sample)
    heard = detect(text)
    if heard in _OURS and heard in (best, second) and (heard == best or margin < _NEAR):
        return heard
    return str(best) if margin >= (_SURE_OF_OURS if best in _OURS else _SURE) else "other"


def forget() -> None:
    """Give back the 80 MB that the model takes, until a text needs it again: half a second then."""
    _model.cache_clear()


def _heard(text: str) -> str:
    heard = detect(text)
    return heard if heard in _OURS else "other"


@cache
def _model() -> Any:  # noqa: ANN401 - py3langid has no types
    from py3langid import langid  # noqa: PLC0415 - see above

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
