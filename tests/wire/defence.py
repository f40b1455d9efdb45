"""The defences, each of which can be taken out to see whether the test notices."""

import re
from typing import Final

NOTHING: Final = re.compile("(?!)")


def take_out(*names: str) -> None:
    """Disable defences in this process, before the program is imported further.

    `clean` is what articles pass as they come in, `visible` what is painted passes, `net` the last
    look at every line of the screen.
    """
    for name in names:
        _OUT[name]()


def _clean() -> None:
    from index import sanitise

    sanitise._CONTROLS = NOTHING
    sanitise._SURROGATES = NOTHING


def _visible() -> None:
    from index import sanitise

    sanitise._DECEPTIVE = NOTHING


def _net() -> None:
    from reader import safety

    safety.install_net = lambda: None


_OUT: Final = {"clean": _clean, "visible": _visible, "net": _net}
