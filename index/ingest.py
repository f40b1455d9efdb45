"""From files to articles in the library: walk, parse, normalise, store; tells what happened.

The steps are generators, so memory does not grow with the collection, and what was
told has been committed: a run that is killed is continued by running it again.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from index.article import Article, Draft, canonical, revision_of
from index.events import Event, Outcome
from index.formats import Refusal, Unreadable
from index.formats.dates import find_dateline
from index.formats.plain import find_title
from index.language import detect
from index.library import Library
from index.parsing import Parser
from index.places import Stamp, printable
from index.sanitise import clean_line
from index.walk import Found, walk

_BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class _Item:
    """One step of the stream: a record of a file, the end of one (`stamp`, `keys`), or one not read again."""

    file: Found
    done: int
    record: Draft | Refusal | None = None
    stamp: Stamp | None = None
    keys: frozenset[str] = frozenset()


def ingest(library: Library, paths: Iterable[str | bytes | os.PathLike[str]]) -> Iterator[Event]:
    """Read files and folders into the library, yielding each event after it has been committed.

    What was read from these paths before and is there no more keeps its article,
    marked; a text that stands elsewhere now has moved.
    """
    tops = [os.path.abspath(os.fsencode(path)) for path in paths]
    found = list(walk(tops))
    for folder in filter(os.path.isdir, tops):
        library.places.remember_folder(folder)
    lost = _lose_absent(library, tops, found)
    files = [file for file in found if file.path not in lost]
    total = sum(file.size for file in files)
    with Parser() as parser:
        stream = _stream(library, parser, files)
        while batch := list(islice(stream, _BATCH)):
            with library.transaction():
                events = [event for item in batch for event in _keep(library, item, total)]
            yield from events
    for path, articles in lost.items():
        still = [article for article in articles if library.places.is_gone(article)]
        yield from (_gone(path, article, total, total) for article in still)


def sync(library: Library) -> Iterator[Event]:
    """Look again at everything that was ever added, yielding what has changed since."""
    return ingest(library, library.places.to_look_at())


def _lose_absent(library: Library, tops: list[bytes], found: list[Found]) -> dict[bytes, list[str]]:
    """Mark the known files under `tops` that are there no more; return them with the articles newly gone.

    What was under a folder that is itself missing is left alone: a disk is not mounted.
    """
    missing = {file.path for file in found if file.missing}
    folders = tuple(os.path.join(top, b"") for top in tops if top not in missing)
    present = {file.path for file in found} - missing
    known = (path for path in library.places.files() if path.startswith(folders) or path in missing)
    with library.transaction():
        return {path: library.places.lose(path) for path in known if path not in present}


def _stream(library: Library, parser: Parser, files: Iterable[Found]) -> Iterator[_Item]:
    done = 0
    for file in files:
        if file.problem:
            yield _Item(file, done, Refusal("", file.problem))
        elif Stamp(file.size, file.modified) == library.places.stamp(file.path):
            yield _Item(file, done + file.size)
        else:
            yield from _records(parser, file, done)
        done += file.size


def _records(parser: Parser, file: Found, done: int) -> Iterator[_Item]:
    keys, refused = set(), False
    try:
        for record, at in parser.records(file.path):
            if not isinstance(record, Stamp):
                yield _Item(file, done + at, record)
                refused = refused or isinstance(record, Refusal)
                keys.add(record.key)
            elif not refused:  # else it is read again next time, so that what was refused is told again
                yield _Item(file, done + at, stamp=record, keys=frozenset(keys))
    except Unreadable as error:
        yield _Item(file, done, Refusal("", str(error)))


def _keep(library: Library, item: _Item, total: int) -> Iterator[Event]:
    path = printable(item.file.path)
    if isinstance(item.record, Refusal):
        where = f"{path}: {item.record.key}" if item.record.key else path
        yield Event(Outcome.REJECTED, where, item.done, total, reason=item.record.reason)
    elif isinstance(item.record, Draft):
        yield _keep_draft(library, item.file.path, item.record, Event(Outcome.ADDED, path, item.done, total))
    elif item.stamp:
        library.places.set_stamp(item.file.path, item.stamp)
        for article in library.places.keep_only(item.file.path, item.keys):
            yield _gone(item.file.path, article, item.done, total)
    else:
        count = library.places.records_in(item.file.path)
        yield Event(Outcome.UNCHANGED, path, item.done, total, count=count)


def _gone(path: bytes, article: str, done: int, total: int) -> Event:
    return Event(Outcome.GONE, printable(path), done, total, article=article)


def _keep_draft(library: Library, path: bytes, draft: Draft, event: Event) -> Event:
    """Store a draft and return `event` with what became of it."""
    article = article_of(draft)
    if not article.text:
        return replace(event, outcome=Outcome.REJECTED, reason="no text")
    known = library.places.at(path, draft.key)
    if known is None and (twin := library.with_text(article.revision)):
        return replace(event, outcome=_keep_twin(library, path, draft.key, twin), article=twin)
    article = replace(article, id=known or library.new_id(article.revision))
    same = known is not None and replace(library.get(known), path="") == article
    if not same:
        library.put(article)
    library.places.put(path, draft.key, article.id)  # also of what is the same: it may have been gone
    outcome = Outcome.UNCHANGED if same else Outcome.UPDATED if known else Outcome.ADDED
    return replace(event, outcome=outcome, article=article.id)


def _keep_twin(library: Library, path: bytes, key: str, twin: str) -> Outcome:
    """Give an article the place its text was found at: it has moved there, or is there too."""
    if library.places.is_gone(twin):
        library.places.move(twin, path, key)
        return Outcome.MOVED
    library.places.put(path, key, twin)
    return Outcome.DUPLICATE


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
