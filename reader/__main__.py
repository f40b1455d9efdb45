"""`liseuse` and `python -m reader`: hands over to the command line."""

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    os.umask(0o077)  # whatever is made from here on is its owner's alone
    from reader.cli import run  # noqa: PLC0415 - the mask first

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
