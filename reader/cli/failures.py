"""The exit codes, and every failure a user can do something about, in one line on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from index.errors import LibraryError, SearchError, UnknownArticle
from notes import InvalidTag, NotebookError, UnknownNote
from reader import skeleton
from reader.i18n import _
from reader.render import painted
from reader.translated import translated

DONE: Final = 0
NOTHING: Final = 1
WRONG: Final = 2
REJECTED: Final = 3
UNUSABLE: Final = 4
INTERRUPTED: Final = 130


class Wrong(Exception):
    """What was asked for cannot be meant; the message says what to do."""


@dataclass(slots=True)
class Outcome:
    """The exit code of a run."""

    code: int = DONE


def complain(text: str) -> None:
    """Print a message on stderr; where that is full or gone, the exit code alone tells."""
    with suppress(OSError):
        skeleton.take_away()
        print(f"liseuse: {painted(text)}", file=sys.stderr)


@contextmanager
def explained() -> Iterator[Outcome]:
    """Run what is inside; a failure becomes a message and an exit code."""
    outcome = Outcome()
    try:
        skeleton.hand_over()
        yield outcome
    except KeyboardInterrupt:
        complain(_("interrupted: what was done is kept, run it again to continue"))
        outcome.code = INTERRUPTED
    except Wrong as error:
        complain(str(error))
        outcome.code = WRONG
    except (UnknownArticle, UnknownNote, InvalidTag) as error:
        complain(translated(str(error)))
        outcome.code = WRONG
    except (LibraryError, NotebookError, SearchError) as error:
        complain(translated(str(error)))
        outcome.code = UNUSABLE
    except BrokenPipeError:
        pass  # whoever read us has enough
    except OSError as error:
        reason = translated(error.strerror or str(error))
        complain(_("{path}: {reason}", path=error.filename, reason=reason) if error.filename else reason)
        outcome.code = UNUSABLE
