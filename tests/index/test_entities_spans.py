"""The pieces a model is given, and the spans that are kept of what it finds."""

from index.article import EntityType
from index.entities.norm import PIECE, normalised, pieces
from index.entities.spans import Cover, Found, overlay, settle

PERSON, ORG, PLACE, EVENT, OTHER = EntityType


def test_spans_settle_and_overlay() -> None:
    long, short, other = Found(0, 9, ORG), Found(2, 4, PLACE), Found(10, 12, PERSON)
    assert settle([other, short, long]) == [long, other]
    assert overlay([long, other], [short]) == [short, other]
    assert Cover([short, long]).at(8) == long
    assert Cover([short]).at(4) is None


def test_normal_text_has_the_same_length() -> None:
    text = "« L’un » – l’autre\u00a0! Oui" + " ★" * 60 + "z" * 500
    normal = normalised(text)
    assert len(normal) == len(text)
    assert normal.startswith("\" L'un \" - l'autre ! Oui  ")
    assert not normal[30:].strip()


def test_pieces_are_short_and_cover_the_prose() -> None:
    text = "Un mot. " * 6_000 + "\n\n" + "12 " * 30 + "\n\n" + "Fin."
    spans = list(pieces(text))
    assert max(s.end - s.start for s in spans) <= PIECE
    assert "".join(text[s.start : s.end] for s in spans) == "Un mot. " * 6_000 + "Fin."
