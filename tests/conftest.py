import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault: times are for `make bench`
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
"""The programs that tests start see the same tree as the tests, wherever the package is installed from."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real material beside the repository; what needs it fails in CI where it is missing."""
    if not SHARED.is_dir():
        message = f"needs the material in {SHARED}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return SHARED


@pytest.hookimpl(optionalhook=True)  # xdist may be left out
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: the tests of screens and of processes mostly wait."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)
