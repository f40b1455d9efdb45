"""The few fixed words of an export, in the two languages."""

from dataclasses import dataclass
from typing import Final

from notes.export.document import Lang
from notes.state import State


@dataclass(frozen=True, slots=True)
class Words:
    """What an export says by itself; `cited` and `span` are templates."""

    untitled: str
    untagged: str
    whole: str
    span: str
    cited: str
    records: str
    tags: str
    unread: str
    states: dict[State, str]


WORDS: Final[dict[Lang, Words]] = {
    "en": Words(
        untitled="Untitled",
        untagged="Untagged",
        whole="whole article",
        span="characters {start}–{end}",
        cited="“{title}”",
        records="Exact records (for liseuse import and verify)",
        tags="Tags:",
        unread="**Written in this file, not read into the notebook:**",
        states={
            State.EXACT: "",
            State.MOVED: "passage moved",
            State.CHANGED: "PASSAGE CHANGED since",
            State.AMBIGUOUS: "passage AMBIGUOUS",
            State.ORPHAN: "passage NO LONGER FOUND",
        },
    ),
    "fr": Words(
        untitled="Sans titre",
        untagged="Sans étiquette",
        whole="article entier",
        span="caractères {start}–{end}",
        cited="« {title} »",
        records="Enregistrements exacts (pour liseuse import et verify)",
        tags="Étiquettes :",
        unread="**Écrit dans ce fichier, non relu dans le carnet :**",
        states={
            State.EXACT: "",
            State.MOVED: "passage déplacé",
            State.CHANGED: "PASSAGE MODIFIÉ depuis",
            State.AMBIGUOUS: "passage AMBIGU",
            State.ORPHAN: "passage INTROUVABLE",
        },
    ),
}
