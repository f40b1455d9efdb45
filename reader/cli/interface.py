"""The commands that open the interface. Textual is imported here, late, and only here."""

import gc
import os
import sys
from argparse import Namespace
from functools import partial
from typing import Final

from reader import skeleton
from reader.cli.failures import DONE, REJECTED, Wrong
from reader.cli.output import workspace
from reader.i18n import _
from reader.paths import demo_places
from reader.workspace import Workspace

_FRAMES: Final = "120"
"""Frames a second, at most. After one, Textual lets up to two of their periods go by before the next, and an
answer comes just after the frame of its letter."""


def open(options: Namespace) -> int:  # noqa: A001 - the command's name
    """Add the paths, if any, and open the interface."""
    if options.paths:
        from reader.cli.adding import add  # noqa: PLC0415 - only if there is something to add
        from reader.cli.apart import apart  # noqa: PLC0415 - as well

        code = apart(partial(add, options))
        if code not in (DONE, REJECTED):
            return code
    return _run(workspace(options), options)


def demo(options: Namespace) -> int:
    """Open the interface on the sample collection."""
    from importlib.resources import as_file, files  # noqa: PLC0415 - only for what comes with the program

    space = Workspace(demo_places(options.home))
    with as_file(files("reader") / "samples") as samples:
        for _event in space.add([samples]):
            pass
    return _run(space, options)


def _run(space: Workspace, options: Namespace) -> int:
    # Textual paints on the standard error.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Wrong(_("the interface needs a terminal; the commands do not: liseuse --help"))
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    gc.disable()  # until the first frame: see reader/__main__.py and LiseuseApp.on_mount
    from reader.app import LiseuseApp  # noqa: PLC0415 - Textual, 350 ms
    from reader.heap import share_one_heap  # noqa: PLC0415 - with the interface only

    share_one_heap()  # before there are threads

    no_color = options.no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    app = LiseuseApp(space, options.config, no_color=no_color)
    with space:
        skeleton.take_back()
        app.run(mouse=options.config.mouse)
        if space.is_open and not space.notebook.is_read_only:
            space.notebook.back_up(unless_done=True)
    if app.main:
        app.main.background.see_end()
    return app.return_code or DONE
