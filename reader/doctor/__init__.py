"""`liseuse doctor`: looks at every store, says in plain words how it is, mends what it may.

What can be made again (index, library, rights) is made again when asked. Notes are told about, never
touched: what to do about a damaged notebook is the analyst's decision.
"""

from collections.abc import Callable, Iterator
from typing import Final

from reader.doctor.finding import Finding, Level
from reader.doctor.library import library
from reader.doctor.notebook import notebook
from reader.doctor.search_index import search_index
from reader.doctor.settings import settings
from reader.doctor.surroundings import surroundings, versions
from reader.paths import Places

__all__ = ["Finding", "Level", "examined", "versions"]

_LOOKS: Final[tuple[Callable[[Places], Iterator[Finding]], ...]] = (
    notebook,
    library,
    search_index,
    settings,
    surroundings,
)


def examined(places: Places, *, repair: bool = False) -> Iterator[Finding]:
    """Yield what is found, store by store; with `repair`, what is mended in place of what was wrong."""
    for look in _LOOKS:
        for finding in look(places):
            if repair and finding.mend:
                yield Finding(finding.store, Level.NOTICE, finding.said)
                yield from finding.mend()
            else:
                yield finding
