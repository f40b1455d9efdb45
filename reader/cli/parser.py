"""An argument parser fit for a terminal and for its user's language.

`argparse` echoes what was typed as it is, and speaks the language of a compiled catalogue, of which we have
none: it looks its words up in its own names `_` and `ngettext`, and finds ours there.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.render import printed
from reader.translated import of_argparse

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


_DASHED = re.compile("-[^-]")


class Parser(argparse.ArgumentParser):
    """`ArgumentParser`, its help and its errors fit for a terminal. Its commands' parsers are such too."""

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]  # noqa: ANN401 - as argparse has it
        """Parse; the word after an option that takes one is its value also where it begins with one dash."""
        return super().parse_known_args(list(self._joined(sys.argv[1:] if args is None else args)), namespace)

    def _joined(self, words: Sequence[str]) -> Iterator[str]:
        following, options = iter(words), self._option_string_actions
        for word in following:
            takes_one = word in options and options[word].nargs is None
            value = next(following, None) if takes_one else None
            if value and _DASHED.match(value) and value not in options:
                yield f"{word}={value}"
            else:
                yield from (word,) if value is None else (word, value)
            if "--" in (word, value):  # no options from here on
                yield from following

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        if file is sys.stdout:
            file.write(printed(message))  # what cannot be written is a failure; argparse keeps quiet about it
        else:
            super()._print_message(printed(message), file)


def _plural(one: str, many: str, count: int) -> str:
    return of_argparse(one if count == 1 else many)


argparse._ = of_argparse  # type: ignore[attr-defined]
argparse.ngettext = _plural  # type: ignore[attr-defined]
