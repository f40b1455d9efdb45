"""An argument parser that says nothing hostile back: `argparse` echoes what was typed as it is."""

import argparse
from typing import TYPE_CHECKING

from reader.render import printed

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """`ArgumentParser`, its help and its errors fit for a terminal. Its commands' parsers are such too."""

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        super()._print_message(printed(message), file)
