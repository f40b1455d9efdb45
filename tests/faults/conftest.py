import os
import shutil

import pytest


@pytest.fixture(autouse=True, scope="session")
def strace() -> None:
    """What fails the program from outside; in CI it must be there."""
    if not shutil.which("strace"):
        message = "needs strace (Debian: apt install strace)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
