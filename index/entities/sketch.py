"""What can be said of a text at once, before a model has read it: the names that are known beforehand."""

from typing import Final

from index.article import Mention
from index.entities.gazetteer import Gazetteer
from index.entities.norm import normalised

_LONGEST: Final = 200_000  # characters: a longer text waits for the annotator


def sketched(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return the known names in a text, in order; none in one that is very long."""
    if len(text) > _LONGEST:
        return ()
    return tuple(
        Mention(one.start, one.end, one.type, one.name) for one in gazetteer.matches(normalised(text))
    )
