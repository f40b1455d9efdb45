"""From files to articles in the library: walk, parse, normalise, store; tells what happened.

The steps are generators, so memory does not grow with the collection, and what was
told has been committed: a run that is killed is continued by running it again.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from index.article import Article, Draft, canonical, revision_of
from index.events import Event, Outcome
from index.formats import Refusal, Unreadable
from index.formats.dates import find_dateline
from index.formats.plain import find_title
from index.language.identification import forget, identify
from index.library import Library
from index.parsing import Parser
from index.places import Refused, Stamp, printable
from index.sanitise import clean_line
from index.walk import Found, walk

_BATCH: Final = 32


class _Keys:
    """The keys of one file's records, each given once: two records of one key are two articles."""

    def __init__(self) -> None:
        self.given: set[str] = set()
        self._times: Counter[str] = Counter()

    def unused(self, key: str) -> str:
        """Return a key, marked if it has been given before."""
        name = key
        while name in self.given:
            self._times[key] += 1
            name = f"{key} ({self._times[key] + 1})"
        self.given.add(name)
        return name


@dataclass(frozen=True, slots=True)
class _Item:
    """One step of the stream: a record of a file, the end of one (`stamp`, `keys`), or one not read again.

    One that was touched and no more has a stamp and no keys.
    """

    file: Found
    done: int
    record: Draft | Refusal | None = None
    stamp: Stamp | None = None
    keys: frozenset[str] | None = None


def ingest(library: Library, paths: Iterable[str | bytes | os.PathLike[str]]) -> Iterator[Event]:
    """Read files and folders into the library, yielding each event after it has been committed.

    What was read from these paths before and is there no more keeps its article,
    marked; a text that stands elsewhere now has moved.
    """
    tops = [os.path.abspath(os.fsencode(path)) for path in paths]
    found = list(walk(tops))
    for folder in filter(os.path.isdir, tops):
        library.places.remember_folder(folder)
    absent = frozenset(_absent(library, tops, found))
    files = [file for file in found if file.path not in absent]
    run = _Run(library, sum(file.size for file in files))
    run.lose(absent)
    with Parser() as parser:
        stream = _stream(library, parser, files)
        while batch := list(islice(stream, _BATCH)):
            with library.transaction():
                events = [event for item in batch for event in run.keep(item)]
            yield from events
    forget()
    yield from run.gone()


def sync(library: Library) -> Iterator[Event]:
    """Look again at everything that was ever added, yielding what has changed since."""
    return ingest(library, library.places.to_look_at())


def _absent(library: Library, tops: list[bytes], found: list[Found]) -> list[bytes]:
    """Return the known files under `tops` that are there no more.

    What was under a folder that is itself missing is left alone: a disk is not mounted.
    """
    missing = {file.path for file in found if file.missing}
    folders = tuple(os.path.join(top, b"") for top in tops if top not in missing)
    present = {file.path for file in found} - missing
    known = (path for path in library.places.files() if path.startswith(folders) or path in missing)
    return [path for path in known if path not in present]


def _stream(library: Library, parser: Parser, files: Iterable[Found]) -> Iterator[_Item]:
    done = 0
    for file in files:
        if file.problem:
            yield _Item(file, done, Refusal("", file.problem))
        else:
            known = library.places.stamp(file.path)
            if known == Stamp(file.size, file.modified):
                yield _Item(file, done + file.size)
            else:
                yield from _records(parser, file, done, known.digest if known else "")
        done += file.size


def _records(parser: Parser, file: Found, done: int, known: str) -> Iterator[_Item]:
    keys = _Keys()
    try:
        for record, at in parser.records(file.path, known):
            if not isinstance(record, Stamp):
                yield _Item(file, done + at, replace(record, key=keys.unused(record.key)))
            else:
                touched = bool(known) and record.digest == known
                yield _Item(file, done + at, stamp=record, keys=None if touched else frozenset(keys.given))
    except Unreadable as error:
        yield _Item(file, done, Refusal("", str(error)))


class _Run:
    """One run over files of so many bytes: stores what is read and says what became of it."""

    def __init__(self, library: Library, total: int) -> None:
        self._library = library
        self._places = library.places
        self._total = total
        self._left: dict[str, bytes] = {}
        """Articles that stood at a path where they are no more; they may be found elsewhere yet."""
        self._path = b""
        self._refused: list[Refused] = []
        """What was refused of the file at that path."""

    def lose(self, files: Iterable[bytes]) -> None:
        """Mark files, and what was read from them, as gone."""
        with self._library.transaction():
            for path in files:
                self._leave(path, self._places.lose(path))

    def gone(self) -> Iterator[Event]:
        """Yield the articles that are nowhere any more, now that everything has been looked at."""
        for article, path in self._left.items():
            if self._places.is_gone(article):
                yield Event(Outcome.GONE, printable(path), self._total, self._total, article=article)

    def _leave(self, path: bytes, articles: Iterable[str]) -> None:
        for article in articles:
            self._library.describe(article)
            self._left[article] = path

    def keep(self, item: _Item) -> Iterator[Event]:
        """Store one step of the stream, yielding what happened."""
        path = item.file.path
        if path != self._path:
            self._path, self._refused = path, []
        event = Event(Outcome.UNCHANGED, printable(path), item.done, self._total)
        if isinstance(item.record, Refusal):
            yield self._refuse(item.record, event)
        elif isinstance(item.record, Draft):
            yield self._keep_draft(path, item.record, event)
        elif item.stamp and item.keys is not None:
            self._places.set_stamp(path, item.stamp, self._refused)
            self._leave(path, self._places.keep_only(path, item.keys))
        else:
            yield from self._pass_over(item, event)

    def _pass_over(self, item: _Item, event: Event) -> Iterator[Event]:
        """Tell what is known of a file that need not be read again."""
        path = item.file.path
        refused = self._places.refused(path)
        if item.stamp:
            self._places.set_stamp(path, item.stamp, refused)
        if records := self._places.records_in(path):
            yield replace(event, count=records)
        for key, reason in refused:
            yield self._refuse(Refusal(key, reason), event)

    def _refuse(self, refusal: Refusal, event: Event) -> Event:
        self._refused.append((refusal.key, refusal.reason))
        where = f"{event.path}: {refusal.key}" if refusal.key else event.path
        return replace(event, outcome=Outcome.REJECTED, path=where, reason=refusal.reason)

    def _keep_draft(self, path: bytes, draft: Draft, event: Event) -> Event:
        """Store a draft and return `event` with what became of it."""
        article = article_of(draft)
        if not article.text:
            return self._refuse(Refusal(draft.key, "no text"), event)
        here = self._places.at(path, draft.key)
        home, outcome = self._home(article, path, draft.key, here)
        article = replace(article, id=home)
        if outcome in (Outcome.ADDED, Outcome.UPDATED):
            self._library.put(article)
        elif outcome is Outcome.MOVED:
            self._places.forget_gone(home)
        if self._places.put(path, draft.key, article) and outcome is Outcome.UNCHANGED:
            outcome = Outcome.UPDATED  # what is said of it has changed
        self._library.describe(home)
        if here and here != home:
            self._leave(path, [here])
        return replace(event, outcome=outcome, article=home)

    def _home(self, article: Article, path: bytes, key: str, here: str | None) -> tuple[str, Outcome]:
        """Return the id of the article that a text read at a place is, and what that makes of it.

        An article is its text first and its place second: a text that is known is the
        article that has it, wherever it is read; another one is a new revision of what
        stood here, unless that still stands elsewhere.
        """
        holder = self._library.with_text(article.revision)
        if holder and holder == here:
            return holder, Outcome.UNCHANGED
        if holder:
            return holder, Outcome.MOVED if self._places.is_gone(holder) else Outcome.DUPLICATE
        if here and not self._places.is_elsewhere(here, path, key):
            return here, Outcome.UPDATED
        return self._library.new_id(article.revision), Outcome.ADDED


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
        lang=draft.lang or identify(text),
        source=clean_line(draft.source),
        author=clean_line(draft.author),
        url=clean_line(draft.url),
        encoding=draft.encoding,
    )
