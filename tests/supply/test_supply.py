"""What we stand on is pinned, and does nothing behind our back when it is imported."""

import json
import tomllib
from pathlib import Path

import pytest
from supply.audit import ROOT, dependencies, imported
from supply.bill import PINNED, billed, main, pinned

HARMLESS = {"socket.bind", "os.putenv"}
"""urllib3 asks the system whether it speaks IPv6; numpy sets variables of its own."""


@pytest.mark.parametrize("package", dependencies())
def test_importing_it_sends_starts_and_writes_nothing(package: str) -> None:
    found = imported(package)
    assert set(found.heard) <= HARMLESS
    assert found.threads == 0


def test_the_hook_hears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "phoning.py").write_text(
        "import socket, subprocess, sys\nopen('mark', 'w').close()\n"
        "socket.socket(type=socket.SOCK_DGRAM).connect_ex(('127.0.0.1', 9))\nsubprocess.run([sys.executable, '-c', ''])\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("supply.audit.module_of", lambda _package: "phoning")
    assert {"socket.connect", "subprocess.Popen", "open for writing: mark"} <= set(imported("phoning").heard)


@pytest.mark.parametrize("path", sorted(PINNED.parent.glob("*.txt")), ids=lambda path: path.name)
def test_every_package_is_pinned_with_its_hashes(path: Path) -> None:
    found = pinned(path.read_text())
    assert found
    assert all(found.values())


def test_what_we_ask_for_is_what_is_pinned() -> None:
    assert {name.lower() for name in dependencies()} <= {
        name for name, _version in pinned(PINNED.read_text())
    }
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert {"fuzz", "supply"} <= groups.keys()


def test_a_bill_that_lacks_a_package_or_a_hash_is_noticed(tmp_path: Path) -> None:
    entries = pinned(PINNED.read_text())
    components = [
        {
            "name": name,
            "version": version,
            "externalReferences": [
                {"hashes": [{"alg": "SHA-256", "content": one} for one in sorted(hashes)]}
            ],
        }
        for (name, version), hashes in entries.items()
    ]
    bill = {"specVersion": "1.6", "components": components}
    assert billed(bill) == entries
    path = tmp_path / "sbom.json"
    for wanted, parts in ((0, components), (1, components[1:])):
        path.write_text(json.dumps({**bill, "components": parts}))
        assert main(path) == wanted
