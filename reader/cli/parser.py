"""An argument parser fit for a terminal and for its user's language.

`argparse` echoes what was typed as it is, and speaks the language of a compiled catalogue, of which we have
none: it looks its words up in its own names `_` and `ngettext`, and finds ours there.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from reader.render import printed
from reader.translated import of_argparse

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """`ArgumentParser`, its help and its errors fit for a terminal. Its commands' parsers are such too."""

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        if file is sys.stdout:
            file.write(printed(message))  # what cannot be written is a failure; argparse keeps quiet about it
        else:
            super()._print_message(printed(message), file)


def _plural(one: str, many: str, count: int) -> str:
    return of_argparse(one if count == 1 else many)


argparse._ = of_argparse  # type: ignore[attr-defined]
argparse.ngettext = _plural  # type: ignore[attr-defined]
