"""From what was found to the mentions that are shown: names gathered, corrections made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from index.article import EntityType, Mention
from index.entities.corrections import Correction, Kind, corrected, name_key
from index.entities.gazetteer import Gazetteer
from index.entities.log import CorrectionLog
from index.entities.naming import Sighting, names_of
from index.library import Library
from index.mentions import Sighted

_BATCH: Final = 64  # revisions kept in one transaction

Name = Callable[[str, EntityType], str]


def derived(
    found: Iterable[Sighted],
    name: Name,
    corrections: Iterable[Correction],
    articles: Sequence[str],
    text: Callable[[], str],
) -> list[Mention]:
    """Return the mentions of a text; `text` is asked for only where a correction needs it."""
    mentions = [
        Mention(m.start, m.end, m.type, name(m.entity, m.type)) for m in (one.mention for one in found)
    ]
    about = _Relevant(corrections, articles)
    return corrected(text(), articles, mentions, about.all) if about.touches(mentions) else mentions


class _Relevant:
    """The corrections that may be about one text."""

    def __init__(self, corrections: Iterable[Correction], articles: Sequence[str]) -> None:
        self.all = [one for one in corrections if not one.article or one.article in articles]
        self._own = any(one.article for one in self.all)
        self._names = {name_key(one.to if one.kind is Kind.APART else one.name) for one in self.all}

    def touches(self, mentions: Iterable[Mention]) -> bool:
        return self._own or any(name_key(m.entity) in self._names for m in mentions if self._names)


def settle_article(library: Library, log: CorrectionLog, article_id: str) -> bool:
    """Make one article's mentions anew from what was found in it; say whether they have changed.

    Raises LibraryError.
    """
    return _remake(library, library.get(article_id).revision, library.mentions.name_of, log.in_force())


def settle_all(
    library: Library,
    log: CorrectionLog,
    gazetteer: Callable[[], Gazetteer],
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[str, ...]]:
    """Gather names over the collection and make the corrections; yield the articles that change, by batches.

    Does nothing when nothing has been annotated or corrected since the last time.
    Raises LibraryError.
    """
    mark = f"{log.digest()}.{library.mentions.last_annotation()}"
    if library.mentions.settled() == mark:
        return
    names = _gathered(library, gazetteer())
    library.mentions.keep_names(names)
    corrections = log.in_force()
    revisions = [revision for revision, _ in library.mentions.all_found()]
    for start in range(0, len(revisions), _BATCH):
        if stop():
            return
        changed: list[str] = []
        with library.transaction():
            for revision in revisions[start : start + _BATCH]:
                if _remake(library, revision, lambda e, k: names.get((e, k), e), corrections):
                    changed.extend(library.mentions.articles_with(revision))
        if changed:
            yield tuple(changed)
    library.mentions.settle(mark)


def _gathered(library: Library, gazetteer: Gazetteer) -> dict[tuple[str, EntityType], str]:
    seen: Counter[tuple[str, str, EntityType]] = Counter()
    for _revision, found in library.mentions.all_found():
        seen.update({(" ".join(one.surface.split()), one.mention.entity, one.mention.type) for one in found})
    sightings = [Sighting(*key, times) for key, times in seen.items()]
    return names_of(sightings, lambda surface: gazetteer.name_of(surface.replace("’", "'")))


def _remake(library: Library, revision: str, name: Name, corrections: Sequence[Correction]) -> bool:
    mentions = library.mentions

    def text() -> str:
        return library.revision_text(revision) or ""

    made = derived(mentions.found(revision), name, corrections, mentions.articles_with(revision), text)
    if tuple(made) == mentions.of(revision):
        return False
    mentions.replace(revision, text(), made)
    return True
