"""The command line: parses, calls the workspace, prints. Data on stdout, messages on stderr."""

import os
import sys
from collections.abc import Sequence

from reader import streams
from reader.cli.arguments import parse
from reader.cli.failures import complain, explained
from reader.config import Config

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run the command line given and return its exit code (design, 1.3)."""
    with explained() as outcome:
        outcome.code = _done(arguments)
        sys.stdout.flush()  # what is not said is not done
    streams.finish()
    return outcome.code


def _done(arguments: Sequence[str]) -> int:
    try:
        options = parse(arguments)
    except SystemExit as said:  # help, the version, or what was wrong
        return int(said.code or 0)
    _settle(options.config)
    return int(options.run(options))


def _settle(config: Config) -> None:
    """Tell what is wrong with the settings, and hand on what is for the processes that read files."""
    for problem in config.problems:
        complain(str(problem))
    if config.max_file_mb:
        os.environ.setdefault("LISEUSE_MAX_FILE_MB", str(config.max_file_mb))
