"""What `show` says of where a text is from: its places, and the other versions of it."""

from collections.abc import Iterator
from dataclasses import asdict

from reader.i18n import _
from reader.render import painted
from reader.suspicion import warnings
from reader.workspace import Opened


def as_json(opened: Opened) -> dict[str, object]:
    """Return the fields that `show --json` adds."""
    return {
        "gone": opened.article.gone,
        "sources": [asdict(origin) for origin in opened.origins],
        "suspicious": {
            "hidden": opened.suspicion.hidden,
            "mixed": [[span.start, span.end] for span in opened.suspicion.mixed],
        },
        "versions": [asdict(version) for version in opened.versions],
    }


def lines(opened: Opened) -> Iterator[str]:
    """Yield what deceives in the text, where else it is, and the other versions of it."""
    for warning in warnings(opened.article.text, opened.suspicion):
        yield ""
        yield "⚠ " + painted(warning)
    if len(opened.origins) > 1 or opened.article.gone:
        yield ""
        yield _("read from")
        for origin in opened.origins:
            about = (
                origin.source,
                origin.date,
                origin.url,
                origin.path,
                _("no longer there") if origin.gone else "",
            )
            yield "  " + painted(" · ".join(filter(None, about)))
    if opened.versions:
        yield ""
        yield _("{count} versions", count=len(opened.versions) + 1)
        for version in opened.versions:
            known = (f"{version.similarity:.0%}", version.date, version.source, version.title)
            yield f"  {version.id}  " + painted(" · ".join(filter(None, known)))
