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
_TOGETHER: Final = (
    4  # texts given to a model at once: more is no faster, and an opened article waits for them
)


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
    last_first: bool = False,
) -> Iterator[Progress]:
    """Annotate what is pending, yielding after each batch is kept; what is already kept is not done again.

    `first` is asked before each text for the id of an article to do now, None if
    none is wanted; `stop` is asked there too, and what is done by then is kept.
    `versions` defaults to those of the installed models; `last_first` begins with what
    was added last, for a second process beside one that does not. Raises LibraryError.
    """
    versions = models.versions() if versions is None else versions
    run = _Run(library, versions, first, cache(annotator_for), last_first=last_first)
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
        *,
        last_first: bool,
    ) -> None:
        self._library = library
        self._last_first = last_first
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
                return annotated or self._annotated([wanted])
            texts = self._next(min(_TOGETHER, size - len(annotated)), size, look_up=not annotated)
            if not texts:
                break
            annotated += self._annotated(texts)
        return annotated

    def _wanted(self) -> Pending | None:
        """Return the article last asked for, if it still awaits its entities."""
        self._asked = self._first() or self._asked
        return self._library.mentions.pending_article(self._asked, self._versions) if self._asked else None

    def _next(self, count: int, size: int, *, look_up: bool) -> list[Pending]:
        """Return up to `count` pending texts of one language, that nobody has done in the meantime."""
        texts: list[Pending] = []
        while len(texts) < count:
            if look_up and not self._ahead and not texts:
                pending = self._library.mentions.pending
                self._ahead.extend(
                    pending(self._versions, size * _BATCHES_AHEAD, last_first=self._last_first)
                )
            if not self._ahead or (texts and self._ahead[0].lang != texts[0].lang):
                break
            text = self._ahead.popleft()
            if self._library.mentions.annotator_of(text.revision) != self._versions[text.lang]:
                texts.append(text)
        return texts

    def _annotated(self, texts: list[Pending]) -> list[_Annotated]:
        """Annotate texts of one language together; if that fails, each by itself."""
        finder = self._annotator_for(texts[0].lang)
        try:
            found = list(finder.annotate([text.text for text in texts]))
        except Exception:  # noqa: BLE001 - the border: a text that breaks a model must not stop the others
            if len(texts) == 1:
                return [_Annotated(texts[0], None)]
            return [one for text in texts for one in self._annotated([text])]
        return [_Annotated(text, tuple(mentions)) for text, mentions in zip(texts, found, strict=True)]

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
