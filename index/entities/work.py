"""The annotation of a library: what is pending, in which order, kept batch by batch."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from index.article import Mention
from index.entities import annotator, models
from index.entities.annotator import Annotator
from index.library import Library
from index.mentions import Pending

# Looking up what is pending reads the whole library: it is done for many batches at once.
_BATCHES_AHEAD: Final = 16


@dataclass(frozen=True, slots=True)
class Progress:
    """One batch kept: how many articles have their entities, of how many, and whose are new.

    `failed` are those whose text the annotator could not bear: they are kept without
    mentions, and not tried again by the same version.
    """

    done: int
    total: int
    articles: tuple[str, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Annotated:
    text: Pending
    mentions: tuple[Mention, ...] | None


def annotate_pending(
    library: Library,
    *,
    first: Callable[[], str | None] = lambda: None,
    stop: Callable[[], bool] = lambda: False,
    annotator_for: Callable[[str], Annotator] = annotator.build,
    versions: dict[str, str] | None = None,
    batch: int = 8,
) -> Iterator[Progress]:
    """Annotate what is pending, yielding after each batch is kept; what is already kept is not done again.

    `first` is asked before each text for the id of an article to do now, None if
    none is wanted; `stop` is asked there too, and what is done by then is kept.
    `versions` defaults to those of the installed models. Raises LibraryError.
    """
    run = _Run(library, models.versions() if versions is None else versions, first, cache(annotator_for))
    while not stop():
        annotated = run.batch(batch, stop)
        if not annotated:
            return
        run.keep(annotated)
        yield run.progress(annotated)


class _Run:
    """One pass over a library, and the article asked for next."""

    def __init__(
        self,
        library: Library,
        versions: dict[str, str],
        first: Callable[[], str | None],
        annotator_for: Callable[[str], Annotator],
    ) -> None:
        self._library = library
        self._versions = versions
        self._first = first
        self._annotator_for = annotator_for
        self._asked: str | None = None
        self._ahead: deque[Pending] = deque()

    def batch(self, size: int, stop: Callable[[], bool]) -> list[_Annotated]:
        """Annotate up to `size` pending texts, or the wanted one alone; it ends early when one is wanted."""
        annotated: list[_Annotated] = []
        while len(annotated) < size and not stop():
            if wanted := self._wanted():
                return annotated or [self._annotated(wanted)]
            text = self._next(size, look_up=not annotated)
            if text is None:
                break
            annotated.append(self._annotated(text))
        return annotated

    def _wanted(self) -> Pending | None:
        """Return the article last asked for, if it still awaits its entities."""
        self._asked = self._first() or self._asked
        return self._library.mentions.pending_article(self._asked, self._versions) if self._asked else None

    def _next(self, size: int, *, look_up: bool) -> Pending | None:
        """Return a pending text that nobody has done since it was looked up, or None."""
        while True:
            if look_up and not self._ahead:
                self._ahead.extend(self._library.mentions.pending(self._versions, size * _BATCHES_AHEAD))
            if not self._ahead:
                return None
            text = self._ahead.popleft()
            if self._library.mentions.annotator_of(text.revision) != self._versions[text.lang]:
                return text

    def _annotated(self, text: Pending) -> _Annotated:
        finder = self._annotator_for(text.lang)
        try:
            return _Annotated(text, tuple(next(iter(finder.annotate([text.text])))))
        except Exception:  # noqa: BLE001 - the border: a text that breaks a model must not stop the others
            return _Annotated(text, None)

    def keep(self, annotated: list[_Annotated]) -> None:
        """Keep a batch: all of it, or none."""
        with self._library.transaction():
            for one in annotated:
                text, version = one.text, self._versions[one.text.lang]
                self._library.mentions.put(text.revision, text.text, version, one.mentions or ())

    def progress(self, annotated: list[_Annotated]) -> Progress:
        """Return what a kept batch has changed."""
        done, total = self._library.mentions.progress(self._versions)
        return Progress(
            done,
            total,
            tuple(one.text.article for one in annotated if one.mentions is not None),
            tuple(one.text.article for one in annotated if one.mentions is None),
        )
