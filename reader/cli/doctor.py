"""The command that looks at every store: doctor."""

from argparse import Namespace
from typing import Final

from rich.text import Text

from reader.cli.failures import DONE, NOTHING
from reader.cli.output import console, print_json
from reader.doctor import Finding, Level, examined, versions
from reader.naming import store_name
from reader.paths import places
from reader.render import painted

_SIGNS: Final = {Level.FINE: "✓", Level.NOTICE: "·", Level.WARNING: "!", Level.BAD: "✗"}
_STYLES: Final = {Level.FINE: "green4", Level.NOTICE: "", Level.WARNING: "bold", Level.BAD: "bold red"}


def doctor(options: Namespace) -> int:
    """Tell how every store is, mending what may be mended if asked; 1 if something is wrong."""
    found = []
    for finding in examined(places(options.home), repair=options.repair):
        found.append(finding)
        if not options.json:
            _print(finding, options)
    bad = any(finding.level is Level.BAD for finding in found)
    if options.json:
        said = [finding.to_json() for finding in found]
        print_json({"sound": not bad, "findings": said, "versions": versions()})
    else:
        about = " · ".join(f"{name} {version}" for name, version in versions().items())
        console(options).print(Text("\n" + about, "dim"))
    return NOTHING if bad else DONE


def _print(finding: Finding, options: Namespace) -> None:
    out = console(options)
    sign = Text(f"{_SIGNS[finding.level]} {store_name(finding.store):<13} ", _STYLES[finding.level])
    out.print(sign.append(painted(finding.said), "not bold"))
    if finding.remedy:
        out.print(Text(" " * 16 + "→ " + painted(finding.remedy)))
