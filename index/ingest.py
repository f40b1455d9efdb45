"""From files to articles in the library: walk, open safely, parse, normalise, store; tells what happened.

The steps are generators, so memory does not grow with the collection, and what was
told has been committed: a run that is killed is continued by running it again.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from index.article import Article, Draft, canonical, revision_of
from index.formats import Refusal, Unreadable, format_of
from index.formats.dates import find_dateline
from index.formats.plain import find_title
from index.language import detect
from index.library import Library, Stamp, printable
from index.sanitise import clean_line
from index.walk import Found, Unsafe, open_safely, walk

_BATCH: Final = 32


class Outcome(StrEnum):
    """What became of one input; the values are the contract's words."""

    ADDED = "added"
    UPDATED = "updated"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicates"
    GONE = "gone"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, and how far the run is: `done` and `total` in bytes of input."""

    outcome: Outcome
    path: str
    done: int
    total: int
    count: int = 1
    article: str = ""
    reason: str = ""


@dataclass(slots=True)
class Summary:
    """What a run did: counts by outcome, and each rejected input with its reason."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    rejected: list[tuple[str, str]] = field(default_factory=list)

    def note(self, event: Event) -> None:
        """Take an event into account."""
        self.counts[event.outcome] += event.count
        if event.outcome is Outcome.REJECTED:
            self.rejected.append((event.path, event.reason))

    def to_json(self) -> dict[str, object]:
        """Return the contract's `add` and `sync` fields, without the version."""
        counts = {o.value: n for o, n in self.counts.items() if o is not Outcome.REJECTED}
        return {**counts, "rejected": [{"path": path, "reason": reason} for path, reason in self.rejected]}


@dataclass(frozen=True, slots=True)
class _Item:
    """One step of the stream: a record of a file, or the end of one."""

    file: Found
    done: int
    record: Draft | Refusal | None = None
    stamp: Stamp | None = None
    known: int = 0


def ingest(library: Library, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Event]:
    """Read files and folders into the library, yielding each event after it has been committed."""
    paths = list(paths)
    files = list(walk(paths))
    total = sum(file.size for file in files)
    for folder in (os.path.abspath(os.fsencode(path)) for path in paths):
        if os.path.isdir(folder):
            library.remember_folder(folder)
    stream = _stream(library, files)
    while batch := list(islice(stream, _BATCH)):
        with library.transaction():
            events = [event for item in batch for event in _keep(library, item, total)]
        yield from events


def _stream(library: Library, files: Iterable[Found]) -> Iterator[_Item]:
    done = 0
    for file in files:
        try:
            yield from _records(library, file, done)
        except (Unsafe, Unreadable) as error:
            yield _Item(file, done, Refusal("", str(error)))
        except OSError as error:
            yield _Item(file, done, Refusal("", error.strerror or "cannot be read"))
        except Exception as error:  # noqa: BLE001 - the border: one bad file must not stop the others
            yield _Item(file, done, Refusal("", f"cannot be understood ({type(error).__name__})"))
        done += file.size


def _records(library: Library, file: Found, done: int) -> Iterator[_Item]:
    reader = format_of(printable(file.path))
    if file.problem or reader is None:
        yield _Item(file, done, Refusal("", file.problem or "not a format Liseuse reads"))
        return
    stream, stamp = open_safely(file.path)
    with stream:
        if stamp == library.stamp(file.path):
            yield _Item(file, done + file.size, known=library.articles_in(file.path))
            return
        refused = False
        for record in reader(stream):
            refused = refused or isinstance(record, Refusal)
            yield _Item(file, done + stream.tell(), record)
    if not refused:  # else it is read again next time, so that what was refused is told again
        yield _Item(file, done + file.size, stamp=stamp)


def _keep(library: Library, item: _Item, total: int) -> Iterator[Event]:
    path = printable(item.file.path)
    if isinstance(item.record, Refusal):
        where = f"{path}: {item.record.key}" if item.record.key else path
        yield Event(Outcome.REJECTED, where, item.done, total, reason=item.record.reason)
    elif isinstance(item.record, Draft):
        yield _keep_draft(library, item.file.path, item.record, Event(Outcome.ADDED, path, item.done, total))
    elif item.stamp:
        library.set_stamp(item.file.path, item.stamp)
    else:
        yield Event(Outcome.UNCHANGED, path, item.done, total, count=item.known)


def _keep_draft(library: Library, path: bytes, draft: Draft, event: Event) -> Event:
    """Store a draft and return `event` with what became of it."""
    article = article_of(draft)
    if not article.text:
        return replace(event, outcome=Outcome.REJECTED, reason="no text")
    known = library.at(path, draft.key)
    twin = library.with_text(article.revision)
    if known is None and twin is not None:
        library.place_at(path, draft.key, twin)
        return replace(event, outcome=Outcome.DUPLICATE, article=twin)
    article = replace(article, id=known or library.new_id(article.revision))
    if known and replace(library.get(known), path="") == article:
        return replace(event, outcome=Outcome.UNCHANGED, article=known)
    library.put(article)
    library.place_at(path, draft.key, article.id)
    return replace(event, outcome=Outcome.UPDATED if known else Outcome.ADDED, article=article.id)


def article_of(draft: Draft) -> Article:
    """Return the article a draft describes, without an id; what it lacks is sought in the text."""
    text = canonical(draft.text)
    dateline = find_dateline(text[:200])
    return Article(
        id="",
        revision=revision_of(text),
        text=text,
        title=clean_line(canonical(draft.title)) or find_title(text.split("\n\n")[:6]),
        date=draft.date or (dateline.date if dateline else ""),
        place=draft.place or (dateline.place if dateline else ""),
        lang=draft.lang or detect(text),
        source=clean_line(draft.source),
        author=clean_line(draft.author),
        url=clean_line(draft.url),
    )
