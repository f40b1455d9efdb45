"""The command line: parses, calls the workspace, prints. Data on stdout, messages on stderr."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from reader.cli.arguments import parse
from reader.cli.failures import complain, explained
from reader.config import Config

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run the command line given and return its exit code (design, 1.3)."""
    with explained() as outcome:
        options = parse(arguments)
        _settle(options.config)
        outcome.code = options.run(options)
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        return outcome.code
    # Whoever read us has enough; what is left must not be said again at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return outcome.code


def _settle(config: Config) -> None:
    """Tell what is wrong with the settings, and hand on what is for the processes that read files."""
    for problem in config.problems:
        complain(str(problem))
    if config.max_file_mb:
        os.environ.setdefault("LISEUSE_MAX_FILE_MB", str(config.max_file_mb))
