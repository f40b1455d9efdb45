"""ZIP archives: every file in them that is of a format we read, archives in archives two deep."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from index.article import Draft
from index.formats.container import Container
from index.formats.record import MAX_RECORDS, Refusal, Unreadable, reason_of
from index.sanitise import clean_line

Reader = Callable[[BinaryIO], Iterator[Draft | Refusal]]
MAX_DEPTH: Final = 3


def reader_of(format_of: Callable[[str], Reader | None]) -> Reader:
    """Return the reader of archives whose files are read by what `format_of` gives for their names."""

    def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
        yield from _Archive(format_of).records(stream)

    return read


class _Archive:
    def __init__(self, format_of: Callable[[str], Reader | None]) -> None:
        self._format_of = format_of

    def records(
        self, stream: BinaryIO, depth: int = 1, allowance: list[int] | None = None
    ) -> Iterator[Draft | Refusal]:
        """Yield what is in an archive; a record's key is its file's name and, after a `#`, its own key."""
        container = Container(stream, allowance)
        names = [name for name in container.names() if not _is_passed_over(name)]
        if not names:
            message = "an archive without files to read"
            raise Unreadable(message)
        for name in dict.fromkeys(names):
            key = clean_line(container.shown(name))
            try:
                for record in self._member(container, name, depth):
                    yield replace(record, key=f"{key}#{record.key}" if record.key else key)
            except Exception as error:  # noqa: BLE001 - the border: one bad file must not cost the archive
                yield Refusal(key, reason_of(error))

    def _member(self, container: Container, name: str, depth: int) -> Iterator[Draft | Refusal]:
        if PurePosixPath(name).suffix.lower() == ".zip":
            if depth == MAX_DEPTH:
                message = f"archives more than {MAX_DEPTH} deep are not opened"
                raise Unreadable(message)
            return self.records(BytesIO(container.data(name, MAX_RECORDS)), depth + 1, container.allowance)
        reader = self._format_of(name)
        if reader is None:
            message = "not a format Liseuse reads"
            raise Unreadable(message)
        return reader(BytesIO(container.data(name, MAX_RECORDS)))


def _is_passed_over(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts if part not in {".", ".."}
    )
