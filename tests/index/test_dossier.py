from pathlib import Path

import pytest

from index.article import Article, EntityType, Mention, revision_of
from index.dossier import sorted_by
from index.library import Library
from index.sentences import sentence_around

PERSON, ORG, PLACE = EntityType.PERSON, EntityType.ORG, EntityType.PLACE
TEXTS = {
    "2024-09-19": "Awa Diallo est à Bamako. Le JNIM se tait.\n\nM. Diallo parle à Gao avec le JNIM.",
    "2024-11-02": "À Bamako, Diallo est seule.",
    "": "Diallo encore.",
}
NAMES = {"Awa Diallo": PERSON, "Diallo": PERSON, "Bamako": PLACE, "Gao": PLACE, "JNIM": ORG}


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.sqlite") as opened:
        for date, text in TEXTS.items():
            revision = revision_of(text)
            opened.put(
                Article(
                    revision[:12], revision, "T", text, date=date, lang="fr", source="AFP" if date else ""
                )
            )
            mentions, at = [], 0
            while at < len(text):
                name = next((n for n in NAMES if text.startswith(n, at)), None)
                if name:
                    entity = "Awa Diallo" if "Diallo" in name else name
                    mentions.append(Mention(at, at + len(name), NAMES[name], entity))
                at += len(name or " ")
            opened.mentions.put(revision, text, "test", mentions)
        yield opened


def test_a_dossier_counts_names_dates_and_sources(library: Library) -> None:
    dossier = library.dossiers.of("Awa Diallo", PERSON)
    assert (dossier.articles, dossier.mentions) == (3, 4)
    assert dossier.aliases == (("Diallo", 3), ("Awa Diallo", 1))
    assert (dossier.first, dossier.last) == ("2024-09-19", "2024-11-02")
    assert dossier.sources == (("AFP", 3),)
    assert dossier.months == (("2024-09", 2), ("2024-11", 1))


def test_an_entity_is_found_by_any_of_its_names(library: Library) -> None:
    assert library.dossiers.find("DIALLO") == [("Awa Diallo", PERSON)]
    assert library.dossiers.find("Zou") == []
    assert library.dossiers.of("Zou", ORG).mentions == 0


def test_the_concordance_shows_each_mention_in_its_context(library: Library) -> None:
    lines = library.dossiers.concordance("Awa Diallo", PERSON)
    assert [line.date for line in lines] == ["2024-11-02", "2024-09-19", "2024-09-19", ""]
    assert [line.surface for line in lines] == ["Diallo", "Awa Diallo", "Diallo", "Diallo"]
    assert (lines[0].left, lines[0].right) == ("À Bamako, ", " est seule.")
    assert lines[2].left == "Awa Diallo est à Bamako. Le JNIM se tait.  M. "
    for line in lines:
        text = library.get(line.article).text
        assert text[line.start : line.end] == line.surface


def test_the_concordance_is_sorted_by_neighbours(library: Library) -> None:
    lines = library.dossiers.concordance("Awa Diallo", PERSON)
    assert [line.right[:9] for line in sorted_by(lines, "right")] == [
        " encore.",
        " est à Ba",
        " est seul",
        " parle à ",
    ]
    assert [line.left[-3:] for line in sorted_by(lines, "left")] == ["", "", "o, ", "M. "]


def test_neighbours_are_named_in_the_same_sentence(library: Library) -> None:
    found = {one.name: one for one in library.dossiers.neighbours("Awa Diallo", PERSON)}
    assert {name: one.sentences for name, one in found.items()} == {"Bamako": 2, "Gao": 1, "JNIM": 1}
    assert [e.text for e in found["Bamako"].evidence] == [
        "À Bamako, Diallo est seule.",
        "Awa Diallo est à Bamako.",
    ]
    [evidence] = found["JNIM"].evidence
    assert evidence.text == "M. Diallo parle à Gao avec le JNIM."
    text = library.get(evidence.article).text
    assert text[evidence.span.start : evidence.span.end] == evidence.text


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("Un. Deux trois. Quatre", "trois", "Deux trois."),
        ("Un. Deux trois. Quatre", "Quatre", "Quatre"),
        ("Titre\n\nM. Diallo vit. Oui", "vit", "M. Diallo vit."),
        ("Il dit « Non ! » Puis part", "Puis", "Puis part"),
        ("à 3.5 km du J. Nim. Fin", "km", "à 3.5 km du J. Nim."),
    ],
)
def test_the_sentence_around_a_word(text: str, at: str, sentence: str) -> None:
    span = sentence_around(text, text.index(at))
    assert text[span.start : span.end] == sentence
