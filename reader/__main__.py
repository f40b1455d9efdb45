"""`liseuse` and `python -m reader`: hands over to the command line."""

import gc
import os
import sys

from reader import skeleton, streams


def main() -> None:
    """Run the command line and leave with its exit code."""
    os.umask(0o077)  # whatever is made from here on is its owner's alone
    streams.prepare()  # before anything is opened
    if skeleton.is_wanted(sys.argv[1:]):
        skeleton.show()
        gc.disable()  # what is made while starting stays: collecting meanwhile is waste, a tenth of the time
    from reader.cli import run  # noqa: PLC0415 - something on the screen first

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
