"""The threat page names tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_test_that_is_named_exists() -> None:
    missing = [f"{path}::{name}" for path, name in NAMED if name not in names_in(ROOT / path)]
    assert not missing


def test_every_threat_has_a_defence_and_a_test_of_it() -> None:
    threats = PAGE.partition("## Threats")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in threats.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    for threat, defence, *held in rows:
        assert defence, threat
        assert "::test_" in "".join(held), threat
