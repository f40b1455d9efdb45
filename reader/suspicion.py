"""What the reader is told of a text that is not what it looks like."""

from collections.abc import Iterator

from index.spoofing import Suspicion
from reader.i18n import _


def warnings(text: str, found: Suspicion) -> Iterator[str]:
    """Yield a sentence for each way in which a text deceives."""
    if found.hidden:
        yield _("Hidden characters: {count}", count=found.hidden)
    if found.mixed:
        yield _("Mixed alphabets: {words}", words=", ".join(found.words(text)))
