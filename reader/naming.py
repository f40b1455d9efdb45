"""The contract's words in the user's language: types of entities, states of notes, stores.

JSON, the query language and `--plain` keep the contract's own.
"""

from index.article import EntityType
from notes import State
from reader.i18n import _


def type_name(kind: EntityType) -> str:
    """Return what one entity of a type is called."""
    return {
        EntityType.PERSON: _("person"),
        EntityType.ORG: _("org"),
        EntityType.PLACE: _("place"),
        EntityType.EVENT: _("event"),
        EntityType.OTHER: _("other"),
    }[kind]


def typed_type(said: str) -> str:
    """Return the contract's word for a type given in the user's language; else what was given."""
    return next((kind.value for kind in EntityType if type_name(kind) == said.lower()), said)


def state_name(state: State) -> str:
    """Return how a note stands in its article."""
    return {
        State.EXACT: _("exact"),
        State.MOVED: _("moved"),
        State.CHANGED: _("changed"),
        State.AMBIGUOUS: _("ambiguous"),
        State.ORPHAN: _("not found"),
    }[state]


def store_name(store: str) -> str:
    """Return what a part that the doctor looks at is called."""
    return {
        "notes": _("notes"),
        "backups": _("backups"),
        "library": _("library"),
        "index": _("index"),
        "settings": _("settings"),
        "gazetteer": _("gazetteer"),
        "corrections": _("corrections"),
        "memory": _("memory"),
        "disk": _("disk"),
        "rights": _("rights"),
        "locks": _("locks"),
        "models": _("models"),
    }[store]
