"""The commands that open the interface. Textual is imported here, late, and only here."""

import sys
from argparse import Namespace
from importlib.resources import as_file, files

from reader.cli.articles import added
from reader.cli.failures import DONE, Wrong
from reader.cli.output import demo_workspace, workspace
from reader.i18n import _
from reader.workspace import Workspace


def open(options: Namespace) -> int:  # noqa: A001 - the command's name
    """Add the paths, if any, and open the interface."""
    space = workspace(options)
    if options.paths:
        added(space, options.paths, options)
    return _run(space)


def demo(options: Namespace) -> int:
    """Open the interface on the sample collection."""
    space = demo_workspace(options)
    with as_file(files("reader") / "samples") as samples:
        added(space, [str(samples)], options)
    return _run(space)


def _run(space: Workspace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Wrong(_("the interface needs a terminal; the commands do not: liseuse --help"))
    _skeleton()
    import gc  # noqa: PLC0415

    gc.disable()  # thousands of objects are being made that will stay: collecting meanwhile is waste
    from reader.app import LiseuseApp  # noqa: PLC0415 - Textual, 350 ms

    app = LiseuseApp(space)
    gc.enable()
    with space:
        app.run()
    return app.return_code or DONE


def _skeleton() -> None:
    """Show at once that something is coming: Textual takes a third of a second to load."""
    sys.stdout.write("\x1b[?1049h\x1b[H\x1b[2J Liseuse\r\n")
    sys.stdout.flush()
