"""Fuzz a target with atheris: `python run.py TARGET SECONDS CORPUS`; `make fuzz` runs all of them.

What breaks a target is written into `found/TARGET-…`, and replayed by `make test` ever after.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index", "notes", "reader"]):
    from fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until time is up or something breaks."""
    name, seconds, corpus = sys.argv[1:]
    found = Path(__file__).parent / "found"
    arguments = [
        f"-max_total_time={seconds}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-max_len=4096",
        "-print_final_stats=1",
        f"-artifact_prefix={found}/{name}-",
        corpus,
    ]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
