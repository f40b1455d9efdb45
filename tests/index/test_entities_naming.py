"""Names that must be gathered, and names that must not, over a collection of texts."""

import pytest

from index.article import EntityType
from index.entities import gazetteer, naming
from index.entities.naming import Sighting, is_mistyped, names_of

PERSON, ORG, PLACE, EVENT, OTHER = EntityType
NAMES = gazetteer.load()

Seen = tuple[str, int]


def known(surface: str) -> str | None:
    return NAMES.name_of(surface.replace("’", "'"))


def one_name(kind: EntityType, *seen: str | Seen, explained: dict[str, str] | None = None) -> list[str]:
    """Return the name each of the surfaces goes by in a collection that has them all."""
    counted = [one if isinstance(one, tuple) else (one, 1) for one in seen]
    entities = {surface: known(surface) or surface for surface, _ in counted}
    sightings = [Sighting(s, entities[s], kind, times) for s, times in counted]
    sightings += [Sighting(short, long, kind, 2) for short, long in (explained or {}).items()]
    names = names_of(sightings, known)
    return [names.get((entities[s], kind), entities[s]) for s, _ in counted]


MUST: list[tuple[EntityType, tuple[str | Seen, str | Seen]]] = [
    # People: case, accents, hyphens
    (PERSON, ("Assimi Goïta", "Assimi Goita")),
    (PERSON, ("Édouard Philippe", "Edouard Philippe")),
    (PERSON, ("Soumaïla Cissé", "Soumaila Cissé")),
    (PERSON, ("Ismaël Wagué", "Ismael Wague")),
    (PERSON, ("Jean-Marie Bockel", "Jean Marie Bockel")),
    (PERSON, ("IBRAHIM TRAORÉ", "Ibrahim Traoré")),
    (PERSON, ("Félix Tshisekedi", "Felix Tshisekedi")),
    (PERSON, ("N’Djim Kaou", "N'Djim Kaou")),
    # People: the last name alone, of someone a list knows
    (PERSON, ("Goïta", "Assimi Goïta")),
    (PERSON, ("Goita", "Assimi Goïta")),
    (PERSON, ("Macron", "Emmanuel Macron")),
    (PERSON, ("Bazoum", "Mohamed Bazoum")),
    (PERSON, ("Tiani", "Abdourahamane Tiani")),
    (PERSON, ("Damiba", "Paul-Henri Sandaogo Damiba")),
    (PERSON, ("Lavrov", "Sergueï Lavrov")),
    (PERSON, ("Poutine", "Vladimir Poutine")),
    (PERSON, ("Biden", "Joe Biden")),
    (PERSON, ("Guterres", "António Guterres")),
    (PERSON, ("Koufa", "Amadou Koufa")),
    (PERSON, ("Belmokhtar", "Mokhtar Belmokhtar")),
    # People: the last name alone, of someone two texts name in full
    (PERSON, ("Zougmoré", ("Chrisogone Zougmoré", 2))),
    (PERSON, ("Barbry", ("Frédéric Barbry", 3))),
    (PERSON, ("Gomart", ("Thomas Gomart", 2))),
    (PERSON, ("Alhada", ("Alkache Alhada", 2))),
    (PERSON, ("Trinquand", ("Dominique Trinquand", 4))),
    # People whom a list knows by other names
    (PERSON, ("IBK", "Ibrahim Boubacar Keïta")),
    (PERSON, ("Idriss Déby", "Idriss Déby Itno")),
    (PERSON, ("Roch Kaboré", "Roch Marc Christian Kaboré")),
    (PERSON, ("Abdelmalek Droukdal", "Abdelmalek Droukdel")),
    (PERSON, ("Iyad Ag Ghaly", "Iyad Ag Ghali")),
    (PERSON, ("Choguel Maïga", "Choguel Kokalla Maïga")),
    (PERSON, ("Vladimir Putin", "Vladimir Poutine")),
    (PERSON, ("Hemedti", "Mohamed Hamdan Daglo")),
    # Last names with a letter wrong
    (PERSON, ("Felix Tshsekedi", ("Félix Tshisekedi", 3))),
    (PERSON, ("Chrisogone Zoungmoré", ("Chrisogone Zougmoré", 3))),
    (PERSON, ("Jens Stoltneberg", ("Jens Stoltenberg", 3))),
    (PERSON, ("Dominique Trinqaund", ("Dominique Trinquand", 3))),
    (PERSON, ("Sophie Pettronin", ("Sophie Petronin", 3))),
    # Bodies: alias data
    (ORG, ("GSIM", "JNIM")),
    (ORG, ("JNIM", "Groupe de soutien à l’islam et aux musulmans")),
    (ORG, ("Jamaat Nusrat al-Islam wal-Muslimin", "GSIM")),
    (ORG, ("AES", "Alliance des États du Sahel")),
    (ORG, ("alliance des Etats du Sahel", "AES")),
    (ORG, ("Confédération des États du Sahel", "AES")),
    (ORG, ("EI", "État islamique")),
    (ORG, ("Daech", "Etat islamique")),
    (ORG, ("EIGS", "État islamique au Grand Sahara")),
    (ORG, ("ONU", "Nations unies")),
    (ORG, ("UN", "ONU")),
    (ORG, ("Cédéao", "CEDEAO")),
    (ORG, ("ECOWAS", "Cédéao")),
    (ORG, ("AQMI", "Aqmi")),
    (ORG, ("Otan", "NATO")),
    (ORG, ("UE", "Union européenne")),
    (ORG, ("HRW", "Human Rights Watch")),
    (ORG, ("FAMA", "FAMa")),
    (ORG, ("G5-Sahel", "G5 Sahel")),
    # Places: alias data, case, accents, hyphens
    (PLACE, ("États-Unis", "Etats-Unis")),
    (PLACE, ("US", "États-Unis")),
    (PLACE, ("USA", "United States")),
    (PLACE, ("Burkina", "Burkina Faso")),
    (PLACE, ("RDC", "République démocratique du Congo")),
    (PLACE, ("Timbuktu", "Tombouctou")),
    (PLACE, ("Ndjamena", "N’Djamena")),
    (PLACE, ("Côte d’Ivoire", "Ivory Coast")),
    (PLACE, ("Saint-Cristol", "Saint Cristol")),
    (PLACE, ("Kyiv", "Kiev")),
]

MUST_NOT: list[tuple[EntityType, tuple[str | Seen, str | Seen]]] = [
    # Two full names that share a last name
    (PERSON, ("Ibrahim Traoré", "Moussa Traoré")),
    (PERSON, ("Idriss Déby", "Mahamat Idriss Déby")),
    (PERSON, ("Salif Keïta", "Ibrahim Boubacar Keïta")),
    (PERSON, ("Modibo Keïta", "Ibrahim Boubacar Keïta")),
    (PERSON, ("Mahmoud Dicko", "Bréma Ely Dicko")),
    (PERSON, ("Blaise Compaoré", "Simon Compaoré")),
    (PERSON, ("Ibrahim Coulibaly", ("Ibrahima Coulibaly", 9))),
    (PERSON, ("Abdoulaye Diop", "Abdoulaye Maïga")),
    (PERSON, ("Choguel Kokalla Maïga", "Abdoulaye Maïga")),
    (PERSON, ("Jean Dupont", ("Jeanne Dupont", 9))),
    (PERSON, ("Aminata Diallo", ("Aminatou Diallo", 9))),
    (PERSON, ("Soumaïla Cissé", "Boubou Cissé")),
    (PERSON, ("George Bush", ("George Walker Bush", 9))),
    (PERSON, ("Omar Bongo", "Ali Bongo")),
    (PERSON, ("Hillary Clinton", ("Bill Clinton", 9))),
    (PERSON, ("Mohamed Ali", ("Mohamed Ali Bathily", 9))),
    # Full names alike
    (PERSON, ("Jean Dupond", ("Jean Dupont", 9))),
    (PERSON, ("Jean Martin", ("Jean Martini", 9))),
    (PERSON, ("Moussa Koné", ("Moussa Konté", 9))),
    (PERSON, ("Moussa Diarra", ("Moussa Diawara", 9))),
    (PERSON, ("Paul Bernard", ("Paul Bernardo", 9))),
    (PERSON, ("Anne Lemaire", ("Anne Lemaine", 2))),
    (PERSON, ("Ali Sawadogo", ("Ali Zawadogo", 9))),
    (PERSON, ("Marie Lambert", ("Marie Lombert", 2))),
    (PERSON, ("Paul Kagame", "Paul Biya")),
    (PERSON, ("Aly Traoré", ("Ali Traore", 9))),
    # A bare last name that too many bear, or one text only explains
    (PERSON, ("Diallo", ("Awa Diallo", 9))),
    (PERSON, ("Traoré", ("Awa Traoré", 9))),
    (PERSON, ("Coulibaly", ("Mamadou Coulibaly", 9))),
    (PERSON, ("Martin", ("Jean Martin", 9))),
    (PERSON, ("Mohamed", ("Ali Mohamed", 9))),
    (PERSON, ("Lefèvre", "Anne Lefèvre")),
    (PERSON, ("Barbry", "Jean Barbry")),
    # A first name alone, part of a last name
    (PERSON, ("Thierry", ("Thierry Roland", 9))),
    (PERSON, ("Emmanuel", "Emmanuel Macron")),
    (PERSON, ("Ghaly", ("Ag Ghalys", 9))),
    # Bodies
    (ORG, ("État islamique", "État islamique au Sahel")),
    (ORG, ("État islamique", "État islamique en Afrique de l’Ouest")),
    (ORG, ("Al-Qaïda", "Al-Qaïda au Maghreb islamique")),
    (ORG, ("ISWAP", "EIGS")),
    (ORG, ("JNIM", "AQMI")),
    (ORG, ("Ansar Dine", "Ansarul Islam")),
    (ORG, ("Boko Haram", "ISWAP")),
    (ORG, ("CEDEAO", "CEEAC")),
    (ORG, ("Union africaine", "Union européenne")),
    (ORG, ("Wagner", "Africa Corps")),
    (ORG, ("Barkhane", "Takuba")),
    (ORG, ("MINUSMA", "MINUSCA")),
    (ORG, ("MNLA", "FLA")),
    (ORG, ("BBC", "BBC Afrique")),
    (ORG, ("ONU", "Conseil de sécurité")),
    (ORG, ("FAN", "FAMa")),
    (ORG, ("Comité national pour le salut du peuple", "Conseil national pour la sauvegarde de la patrie")),
    (ORG, ("M5", ("M23", 9))),
    (ORG, ("Alliance", ("Alliance des États du Sahel", 9))),
    (ORG, ("Alliance Sahel", "Alliance des États du Sahel")),
    (ORG, ("FPI", ("FPIR", 9))),
    # Places that are spelled alike
    (PLACE, ("Niger", "Nigeria")),
    (PLACE, ("Guinée", "Guinée-Bissau")),
    (PLACE, ("Guinée", "Guinée équatoriale")),
    (PLACE, ("Congo", "République démocratique du Congo")),
    (PLACE, ("Soudan", "Soudan du Sud")),
    (PLACE, ("Afrique de l’Ouest", "Afrique de l’Est")),
    (PLACE, ("Mali", "Malawi")),
    (PLACE, ("Inata", "Inatès")),
    (PLACE, ("Kati", "Kita")),
    (PLACE, ("Yimiougou", ("Yimiouro", 9))),
    (PLACE, ("Centre-Nord", "Centre-Est")),
    (PLACE, ("Dori", ("Doris", 9))),
    (PLACE, ("Sahel", "Bande sahélo-saharienne")),
    (PLACE, ("Corée du Nord", "Corée du Sud")),
]


def test_there_are_enough() -> None:
    assert len(MUST) >= 60
    assert len(MUST_NOT) >= 60


@pytest.mark.parametrize(("kind", "pair"), MUST)
def test_variants_of_one_name_are_gathered(kind: EntityType, pair: tuple[str | Seen, str | Seen]) -> None:
    one, other = one_name(kind, *pair)
    assert one == other


@pytest.mark.parametrize(("kind", "pair"), MUST_NOT)
def test_two_names_stay_two(kind: EntityType, pair: tuple[str | Seen, str | Seen]) -> None:
    one, other = one_name(kind, *pair)
    assert one != other


def test_a_last_name_that_two_people_bear_is_neither() -> None:
    bare, first, second = one_name(PERSON, "Zougmoré", ("Chrisogone Zougmoré", 5), ("Awa Zougmoré", 5))
    assert bare == "Zougmoré"
    assert first != second


def test_what_is_also_a_first_name_is_nobodys_last_name() -> None:
    assert one_name(PERSON, "Renaud", ("Line Renaud", 5), "Renaud Muselier")[0] == "Renaud"


def test_an_acronym_that_a_text_explains_is_explained_for_all() -> None:
    assert (
        one_name(ORG, "FSDX", "Front du salut", explained={"FSDX": "Front du salut"})
        == ["Front du salut"] * 2
    )


def test_an_acronym_that_one_text_explains_is_not_explained_for_all() -> None:
    sightings = [Sighting("CSU", "Centre urbain", ORG), Sighting("CSU", "CSU", ORG, 3)]
    assert names_of(sightings, lambda _surface: None) == {}


def test_an_acronym_that_texts_explain_in_two_ways_stays_itself() -> None:
    sightings = [
        Sighting("PPX", "Parti populaire", ORG, 2),
        Sighting("PPX", "Parti du progrès", ORG, 2),
        Sighting("PPX", "PPX", ORG),
    ]
    assert names_of(sightings, lambda _surface: None) == {}


def test_the_most_frequent_spelling_is_the_name() -> None:
    assert one_name(PERSON, ("Awa Sanou", 5), ("AWA SANOU", 1)) == ["Awa Sanou"] * 2


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("abcdef", "abcdef", False),
        ("abdcef", "abcdef", True),
        ("abdef", "abcdef", False),
        ("abdefg", "abcdefg", True),
        ("abccdef", "abcdef", True),
        ("abxdef", "abcdef", True),
        ("abxyef", "abcdef", False),
        ("xbcdef", "abcdef", False),
        ("abcdex", "abcdef", False),
    ],
)
def test_one_letter_inside_may_be_wrong(typed: str, meant: str, *, expected: bool) -> None:
    assert is_mistyped(typed, meant) is expected


@pytest.mark.parametrize("sign", ["-", "\u0301", "— —"])
def test_a_name_of_signs_alone_has_a_name(sign: str) -> None:
    assert one_name(PERSON, sign, "Awa Diallo") == [sign, "Awa Diallo"]


def test_thousands_of_people_of_one_first_name_are_not_compared_each_with_each(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(naming, "is_mistyped", lambda *pair: asked.append(pair))
    one_name(PERSON, *(f"Awa D{number:05}o" for number in range(2_000)), ("Awa Diallo", 50))
    assert len(asked) <= 2_001
