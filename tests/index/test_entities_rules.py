"""The rules, with a model that finds what the test says it finds."""

from collections.abc import Iterable, Iterator

import pytest

from index.article import EntityType, Mention, fold
from index.entities import gazetteer
from index.entities.annotator import RuleAnnotator
from index.entities.clean import clean
from index.entities.gazetteer import Gazetteer, GazetteerError
from index.entities.names import gather
from index.entities.norm import normalised
from index.entities.pairs import pairs
from index.entities.spans import Found
from index.entities.words import words_of

PERSON, ORG, PLACE, EVENT, OTHER = EntityType

NOBODY = Gazetteer.of({})


def annotator(*marked: tuple[str, EntityType], lang: str = "fr", names: Gazetteer = NOBODY) -> RuleAnnotator:
    def recognise(texts: Iterable[str]) -> Iterator[list[Found]]:
        for text in texts:
            yield [
                Found(text.index(surface), text.index(surface) + len(surface), kind)
                for surface, kind in marked
                if surface in text
            ]

    return RuleAnnotator(lang, "test", names, recognise)


def named(
    text: str, *marked: tuple[str, EntityType], lang: str = "fr", names: Gazetteer = NOBODY
) -> list[str]:
    found = next(annotator(*marked, lang=lang, names=names).annotate([text]))
    return [f"{text[m.start : m.end]}/{m.type}" for m in found]


def entities(text: str, *marked: tuple[str, EntityType], names: Gazetteer = NOBODY) -> list[str]:
    return [m.entity for m in next(annotator(*marked, names=names).annotate([text]))]


@pytest.mark.parametrize(
    ("text", "surface", "kind", "left"),
    [
        ("Il a vu la France.", "la France", PLACE, "France"),
        ("L'Algérie a dit non.", "L'Algérie", PLACE, "Algérie"),
        ("vu par Le Drian hier", "Le Drian", PERSON, "Le Drian"),
        ("avec le général Oumar Diarra", "le général Oumar Diarra", PERSON, "Oumar Diarra"),
        ("dit Maj Gen Dmytro Marchenko", "Maj Gen Dmytro Marchenko", PERSON, "Dmytro Marchenko"),
        ("le groupe Ansar", "groupe Ansar", ORG, "Ansar"),
        ("la région du Liptako", "région du Liptako", PLACE, "Liptako"),
        ("sur le lac Tchad", "le lac Tchad", PLACE, "lac Tchad"),
        ("Bamako est calme", "Bamako est calme", PLACE, "Bamako"),
        ("vu à Bamako,", "Bamako,", PLACE, "Bamako"),
        ("Bamako\nUn défi", "Bamako\nUn défi", PLACE, "Bamako"),
        ("of Tom Cruise's film", "Tom Cruise's", PERSON, "Tom Cruise"),
        ("Front pour la paix", "Front pour la paix", ORG, "Front pour la paix"),
        ("Coupe : Event", "Coupe : Event", ORG, "Coupe"),
    ],
)
def test_clean_trims_to_the_name(text: str, surface: str, kind: EntityType, left: str) -> None:
    lang = "en" if "Maj" in text or "Cruise" in text else "fr"
    start = text.index(surface)
    [span] = clean(text, [Found(start, start + len(surface), kind)], words_of(lang))
    assert text[span.start : span.end] == left


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("L'attaque a eu lieu", "L'", PLACE),
        ("il s'agit", "s'", PLACE),
        ("un - deux", "-", ORG),
        ("Interrogé , le général", "Interrogé", PLACE),
        ("Pacsé, il cumulait", "Pacsé", PLACE),
        ("A cet effet", "A", PLACE),
        ("On pourrait interpréter l'attaque", "On pourrait interpréter l'attaque", OTHER),
        ("les forces armées", "forces armées", ORG),
        ("Les Maliens votent", "Maliens", PLACE),
        ("le Premier ministre français", "Premier ministre français", OTHER),
        ("à 19h00 GMT", "GMT", ORG),
        ("vu par les Bulgares", "Bulgares", PLACE),
        ("l'Ethiopien a gagné", "Ethiopien", PERSON),
        ("Attaque : une attaque de plus", "Attaque", PERSON),
        ("en 2015", "2015", PLACE),
        (
            "Un deux trois quatre cinq Six sept huit neuf Dix",
            "deux trois quatre cinq Six sept huit neuf Dix",
            OTHER,
        ),
    ],
)
def test_clean_drops_what_names_nothing(text: str, surface: str, kind: EntityType) -> None:
    start = text.index(surface)
    assert not list(clean(text, [Found(start, start + len(surface), kind)], words_of("fr")))


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("le président Roch Kaboré parle", [], ["Roch Kaboré/person"]),
        ("M. Iyad Ag Ghaly et Mme Ba", [], ["Iyad Ag Ghaly/person", "Ba/person"]),
        ("le colonel Assimi Goïta", [("colonel Assimi Goïta", PLACE)], ["Assimi Goïta/person"]),
        ("le président. Le pays", [], []),
        ("dans la région de Kidal", [], ["Kidal/place"]),
        ("le village de Moura", [("Moura", PERSON)], ["Moura/place"]),
        ("selon le MFDC", [("MFDC", PLACE)], ["MFDC/org"]),
        ("selon l'APS", [], ["APS/org"]),
        ("LE MALI ET LE NIGER UNIS", [], []),
        ("au chapitre XVI", [("XVI", ORG)], ["XVI/org"]),
        ("la TV dit", [], []),
        ("selon M.Houdré hier", [], ["Houdré/person"]),
        ("Mme Awa Gnessi/Séré dit", [], ["Awa Gnessi/Séré/person"]),
        ("à l'Université Nord Sud", [("Université Nord Sud", PLACE)], ["Université Nord Sud/org"]),
        ("l'IS. Un an après IS", [("IS", ORG)], ["IS/org", "IS/org"]),
        (
            "la Banque nationale du Tibesti",
            [("Banque nationale", ORG), ("Tibesti", PLACE)],
            ["Banque nationale du Tibesti/org"],
        ),
    ],
)
def test_cues_type_names(text: str, marked: list[tuple[str, EntityType]], expected: list[str]) -> None:
    assert named(text, *marked) == expected


def test_a_lone_name_after_in_is_a_place_in_english() -> None:
    assert named("shots in Zoura today", ("Zoura", PERSON), lang="en") == ["Zoura/place"]


def test_an_english_place_may_come_before_what_it_is() -> None:
    assert named("in the Kherson region", lang="en") == ["Kherson/place"]


def test_a_body_that_begins_with_a_rank_stays_a_body() -> None:
    assert named("at General Motors", ("General Motors", ORG), lang="en") == ["General Motors/org"]


@pytest.mark.parametrize(
    ("text", "acronym", "long"),
    [
        ("l'Association des élèves du Burkina (AEB) a", "AEB", "Association des élèves du Burkina"),
        ("le mouvement des droits de l'homme et des peuples (MDHP)", "MDHP", None),
        ("le Jamaat Nusrat al-Islam wal-Muslimin (JNIM)", "JNIM", "Jamaat Nusrat al-Islam wal-Muslimin"),
        ("la BCN (Banque centrale du Niger) a", "BCN", "Banque centrale du Niger"),
        ("le MNLA, le Mouvement national de libération de l'Azawad,", "MNLA", None),
    ],
)
def test_pairs_are_spelled_by_initials(text: str, acronym: str, long: str | None) -> None:
    [pair] = pairs(text)
    assert text[pair.acronym.start : pair.acronym.end] == acronym
    assert long is None or text[pair.long.start : pair.long.end] == long
    assert pair.long.type is ORG


@pytest.mark.parametrize(
    "text",
    ["l'armée malienne (FAMA)", "le calme (RAS)", "MFDC, le mouvement casamançais", "(ABC)", "X (ABC)"],
)
def test_no_pair_without_the_initials(text: str) -> None:
    assert not list(pairs(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bamako et BAMAKO", ["Bamako/place Bamako", "BAMAKO/place Bamako"]),
        ("au Burkina-Faso", ["Burkina-Faso/place Burkina Faso"]),
        ("l’alliance des Etats du Sahel", ["alliance des Etats du Sahel/org Alliance des États du Sahel"]),
        ("Cote d'Ivoire", ["Cote d'Ivoire/place Côte d’Ivoire"]),
        ("les forces armées maliennes", ["forces armées maliennes/org FAMa"]),
        ("le GSIM", ["GSIM/org JNIM"]),
        ("le gsim, l'aes", []),
        ("un ua", []),
        ("Le monde entier", []),
        ("lu dans Le Monde", ["Le Monde/org Le Monde"]),
        ("UN COUP AU NORD DU PAYS", []),
        ("Guinée-Bissau", ["Guinée-Bissau/place Guinée-Bissau"]),
        ("Niger-Mali", ["Niger/place Niger", "Mali/place Mali"]),
        ("le mali", []),
        ("un hélicoptère Tigre", []),
        ("au Tigré, LE TIGRÉ", ["Tigré/place Tigré", "TIGRÉ/place Tigré"]),
        ("les Nations unies", ["Nations unies/org ONU"]),
    ],
)
def test_the_gazetteer_knows_names_in_their_guises(text: str, expected: list[str]) -> None:
    found = gazetteer.load().matches(normalised(text))
    assert [f"{text[f.start : f.end]}/{f.type} {f.name}" for f in found] == expected


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("la Banque du Mali", [("Banque du Mali", ORG)], ["Banque du Mali/org"]),
        ("avec Chad Smith", [("Chad Smith", PERSON)], ["Chad Smith/person"]),
        ("à Bamako", [("Bamako", PERSON)], ["Bamako/place"]),
        ("la frontière Niger-Mali", [("Niger-Mali", PLACE)], ["Niger/place", "Mali/place"]),
        ("de l'OTAN Ivo Pasta", [("OTAN Ivo Pasta", ORG)], ["OTAN/org", "Ivo Pasta/person"]),
        ("Une attaque à Gao ?", [("Une attaque à Gao", OTHER)], ["Gao/place"]),
    ],
)
def test_known_names_win_but_over_longer_ones(
    text: str, marked: list[tuple[str, EntityType]], expected: list[str]
) -> None:
    assert named(text, *marked, names=gazetteer.load()) == expected


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        (
            "vu à Zoura. Il quitte Zoura.",
            [("Zoura", PLACE)],
            ["Zoura/place", "Zoura/place"],
        ),
        (
            "vu par Awa Tamboura. Selon Tamboura, rien.",
            [("Awa Tamboura", PERSON)],
            ["Awa Tamboura/person", "Tamboura/person"],
        ),
        ("vu par Zou. Un Zou de plus", [("Zou", ORG)], ["Zou/org"]),
    ],
)
def test_what_is_a_name_once_is_one_everywhere(
    text: str, marked: list[tuple[str, EntityType]], expected: list[str]
) -> None:
    assert named(text, *marked) == expected


def test_shipped_names_have_no_alias_in_common() -> None:
    owners: dict[tuple[str, bool], set[str]] = {}
    for table in gazetteer.shipped():
        for names in table.values():
            for name, others in names.items():
                for surface in (name, *others):
                    key = " ".join(fold(surface).replace("-", " ").replace("'", " ").split())
                    owners.setdefault((key, surface.isupper()), set()).add(name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la Croix-Rouge", ["Croix-Rouge"]),
        ("dans La Croix", ["La Croix"]),
        ("à N'djamena", ["N’Djamena"]),
        ("l'Afrique du nord", ["Afrique du Nord"]),
        ("le point", []),
    ],
)
def test_names_that_begin_with_an_article_keep_its_capital(text: str, expected: list[str]) -> None:
    assert [found.name for found in gazetteer.load().matches(text)] == expected


def test_the_analysts_gazetteer_wins() -> None:
    mine = Gazetteer.of({"org": {"JNIM": []}}, {"person": {"Jean Nim": ["JNIM"]}})
    assert [(f.type, f.name) for f in mine.matches("le JNIM")] == [(PERSON, "Jean Nim")]


@pytest.mark.parametrize(
    "table", [{"group": {"A": []}}, {"org": ["A"]}, {"org": {"A": "B"}}, {"org": {"A": [1]}}]
)
def test_a_wrong_gazetteer_says_where(table: dict[str, object]) -> None:
    with pytest.raises(GazetteerError, match=r"type|other names"):
        Gazetteer.of(table)


def test_names_are_gathered() -> None:
    text = (
        "Awa Diallo et AWA DIALLO. Mme Diallo parle. L'Union des Voix (UDV), puis l'UDV. Goïta, Goita, Goïta."
    )
    marked = [("Awa Diallo", PERSON), ("AWA DIALLO", PERSON), ("Goïta", PERSON), ("Goita", PERSON)]
    assert entities(text, *marked) == [
        *["Awa Diallo"] * 3,
        *["Union des Voix"] * 3,
        *["Goïta"] * 2,
    ]


def test_a_last_name_two_people_share_is_neither() -> None:
    text = "Awa Diallo a vu Ali Diallo. Mme Diallo parle."
    assert entities(text, ("Awa Diallo", PERSON), ("Ali Diallo", PERSON))[-1] == "Diallo"


def test_pairs_use_the_known_name() -> None:
    names = Gazetteer.of({"org": {"Le Front": ["FPA"]}})
    text = "le Front pour la paix en Afrique (FPA)"
    assert entities(text, names=names) == ["Le Front", "Le Front"]


def test_gathering_keeps_the_text_as_it_is() -> None:
    text = "Boko\u202fHaram"
    assert gather(text, [Found(0, len(text), ORG)], []) == [Mention(0, len(text), ORG, "Boko Haram")]
