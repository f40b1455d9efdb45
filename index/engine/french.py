"""The stem of a French word without its accents.

Snowball's stemmer tells many endings by their accents (`attaquée`, `première`), and of a plural
verb it leaves the ending alone for fear of nouns (`attaquent`, `président`). A query need not
have accents and a reader means all forms. So what the accents told is undone before Snowball
is asked, nouns in -ent are named, and what it makes too short is put right after it. How well
that does is measured by `make eval-stems`.
"""

import re
from typing import Final

from whoosh.lang.snowball.french import FrenchStemmer

from index.language.stopwords import word_set

_SNOWBALL: Final = FrenchStemmer()

_SHORT: Final = 4
"""Letters below which a stem says too little: Mali and mal, base and bas."""
_LONG: Final = 5
_MIN: Final = 3

_UNDONE: Final = [
    (re.compile(ending + r"\Z"), plain)
    for ending, plain in (
        (r"(?<=..[bcdefghlmnpqrtuv])s", ""),  # blessés, venus, publics; not pris, corps keeps its p
        (r"(?<=..)ee+", "e"),  # attaquée, créée
        (r"(?<!front)iere", "ier"),  # not the border of a front
        (r"^nouveaux?", "nouvel"),
    )
]

_PLURAL: Final = re.compile(r"(?<=...)(?<!ai)(?<!em)(?<!amm)(?<!emm)ent\Z")
_PAST: Final = re.compile(r"(?<=..)(?<!consid)(?<!lib)(?<!op)(?<!esp)(?<!pref)(?<!diff)(?<!cup)erent\Z")
_NOUNS: Final = word_set(
    """
    absent absolument accent accident adherent adjacent adolescent affluent agent aliment antecedent
    apparent argent argument assentiment assortiment batiment blanchiment ciment clement client
    coefficient coherent competent compliment concurrent condiment confident confluent conscient
    consequent content continent contingent continument convalescent convergent couvent decent delinquent
    deliquent detriment different dirigent dissident divergent document dument eloquent emergent eminent
    equivalent evident excedent excellent expedient ferment fervent filament firmament florent fragment
    frequent gentiment imminent impatient impertinent impotent imprudent impudent incandescent incident
    incoherent incompetent inconscient inconvenient indecent indefiniment indifferent indulgent indument
    infiniment influent ingredient inherent innocent instrument insurgent intelligent intermittent
    joliment laurent ligament mecontent medicament moment monument negligent nutriment occident
    omnipotent omnipresent onguent opulent orient parent patient permanent persistent pertinent poliment
    polyvalent precedent present president pressentiment pretendument proeminent prudent quasiment
    quotient recent recipient recurrent referent regent regiment resident resolument ressentiment
    reticent rudiment sacrament sarment sediment segment sentiment sergent serment serpent souvent
    strident talent temperament testament torrent transparent trident turbulent uniment urgent vehement
    vincent violent virulent vraiment
    """
)
"""Nouns, adjectives, adverbs and names in -ent; any other word in it is a verb, of several."""

_THIRD: Final = re.compile(r"(?:(?<=[nr]d|tt)[ru]|(?<=en)u)\Z")
"""What follows the stem of a verb of the third group: rendre, rendu, mettre, obtenu."""
_VERBAL: Final = re.compile(r"(?:e|er|ant|ait|aient|ais|era|eront|erait|eraient)\Z")


def stem_in_french(word: str) -> str:
    """Return the stem of a folded word."""
    plain = _undone(word)
    found = _snowball(plain)
    if len(found) < _SHORT:
        return _lengthened(found, plain) or _shorn(_shorn(plain, "s", "x"), "ie", "ue", "er")
    twice = len(found) > _SHORT and found[-1] == found[-2]  # appell, appel; not mett
    return found[:-1] if twice or (len(found) > _LONG and found[-1] == "i") else found


def _undone(word: str) -> str:
    """Return a word whose ending Snowball knows."""
    for ending, plain in _UNDONE:
        word = ending.sub(plain, word)
    if word in _NOUNS:
        return word
    return _PLURAL.sub("e", _PAST.sub("e", word))


def _snowball(word: str) -> str:
    found: str = _SNOWBALL.stem(word)
    if found.endswith("iqu"):  # revendiquer meets revendiqué, which folded is an adjective in -ique
        found = _SNOWBALL.stem(found + "e")
    if found.endswith("iqu"):  # publique, public
        found = found.removesuffix("qu") + "c"
    return _THIRD.sub("", found) if len(found) > _SHORT else found


def _lengthened(found: str, word: str) -> str:
    """Return what tells a verb's stem of three letters: mene for menant, donn for donnait; empty for none."""
    if len(found) != _MIN or not word.startswith(found) or found[-1] in "aeiou":
        return ""
    rest = word[_MIN:]
    if rest.startswith(found[-1]) and _VERBAL.fullmatch(rest[1:]):
        return found + found[-1]
    return found + "e" if _VERBAL.fullmatch(rest) else ""


def _shorn(word: str, *endings: str) -> str:
    """Return a word without the last letter of an ending it has, unless that leaves too little."""
    return word[:-1] if len(word) > _MIN and word.endswith(endings) else word
