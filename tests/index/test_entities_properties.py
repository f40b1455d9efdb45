"""Whatever the text and whatever a model says about it, mentions are well formed."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import EntityType, canonical
from index.entities import gazetteer
from index.entities.annotator import RuleAnnotator
from index.entities.norm import normalised, pieces
from index.entities.spans import Found

NAMES = gazetteer.load()
ODDITIES = (
    "le la l’ d’ général M. président Bamako Mali JNIM (AES) FAMa « » – Le Drian région de Kidal . ! \n \n\n"
    " Alliance des États du Sahel U.S. İstanbul ß Ñ GSIM É é 12 's Tom ☃ a\u0301 \u202f Boko Haram du"
)
WORDS = st.sampled_from(ODDITIES.split(" "))
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(WORDS, max_size=25).map(" ".join),
    st.lists(WORDS, max_size=25).map("".join),
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, EntityType]]]:
    text = canonical(draw(TEXTS))
    ends = st.integers(0, max(len(text), 1))
    spans = st.tuples(ends, ends, st.sampled_from(EntityType))
    return text, draw(st.lists(spans, max_size=6))


def model_that_says(spans: list[tuple[int, int, EntityType]]) -> RuleAnnotator:
    def recognise(texts: Iterable[str]) -> Iterator[list[Found]]:
        for text in texts:
            yield [Found(a, b, kind) for a, b, kind in spans if a < b <= len(text)]

    return RuleAnnotator("fr", "test", NAMES, recognise)


@given(marked())
def test_mentions_are_sorted_apart_trimmed_and_inside(
    case: tuple[str, list[tuple[int, int, EntityType]]],
) -> None:
    text, spans = case
    found = next(model_that_says(spans).annotate([text]))
    for mention in found:
        surface = text[mention.start : mention.end]
        assert 0 <= mention.start < mention.end <= len(text)
        assert surface == surface.strip()
        assert surface
        assert mention.entity
        assert mention.entity == normalize("NFC", mention.entity)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_normal_form_keeps_length_and_lines(text: str) -> None:
    normal = normalised(text)
    assert len(normal) == len(text)
    assert [i for i, c in enumerate(text) if c == "\n"] == [i for i, c in enumerate(normal) if c == "\n"]
    spans = list(pieces(normal))
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_a_model_the_rules_stand_alone(lang: str) -> None:
    [found] = RuleAnnotator(lang, "test", NAMES).annotate(["Bamako, JNIM."])
    assert [m.entity for m in found] == ["Bamako", "JNIM"]
