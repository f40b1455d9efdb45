"""What is said of where the notebook lies."""

from notes.surroundings import Place
from reader.i18n import _


def warning_of(place: Place) -> str:
    """Return what a user should know of a place; empty where all is well."""
    return {
        Place.LOCAL: "",
        Place.NETWORK: _(
            "The notebook is on a network drive, which may lose what is saved: keep it on this machine"
        ),
        Place.SYNCED: _(
            "The notebook is in a synchronised folder, which may tear it: keep it elsewhere, export there"
        ),
    }[place]
