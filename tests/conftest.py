import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real material beside the repository; what needs it fails in CI where it is missing."""
    if not SHARED.is_dir():
        message = f"needs the material in {SHARED}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return SHARED
