"""Holds a bill of materials against what is pinned: `python tests/supply/bill.py sbom.json`."""

import json
import re
import sys
from pathlib import Path

PINNED = Path(__file__).resolve().parents[2] / "requirements" / "run.txt"


def pinned(text: str) -> dict[tuple[str, str], set[str]]:
    """Return the hashes of each package and version that a requirements file pins."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in re.split(r"\n(?=\S)", text):
        name, version = re.match(r"([\w.-]+)==(\S+)", entry).groups()  # type: ignore[union-attr]
        found[name, version] = set(re.findall(r"sha256:(\w{64})", entry))
    return found


def billed(bill: dict) -> dict[tuple[str, str], set[str]]:
    """Return the hashes of each package and version that a CycloneDX bill lists."""
    return {
        (one["name"], one["version"]): {
            h["content"] for ref in one.get("externalReferences", ()) for h in ref.get("hashes", ())
        }
        for one in bill["components"]
    }


def main(path: Path) -> int:
    """Compare; return 1 if anything is missing, superfluous or without its hashes."""
    bill = json.loads(path.read_text())
    wanted, found = pinned(PINNED.read_text()), billed(bill)
    print(
        f"CycloneDX {bill['specVersion']}: {len(found)} packages of {len(wanted)} pinned, each with its hashes"
    )
    return int(wanted != found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
