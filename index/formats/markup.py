"""Markup to text: a fragment of HTML becomes paragraphs. Nothing is rendered, followed or fetched."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from index.formats.record import Unreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS_NAMES: Final = (
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section "
    "summary table tbody td tfoot th thead tr ul"
)
_BLOCKS: Final = frozenset(_BLOCKS_NAMES.split())
_SILENT_NAMES: Final = (
    "audio button canvas embed head iframe input map math noscript object script select style svg "
    "template textarea title video"
)
_SILENT: Final = frozenset(_SILENT_NAMES.split())
_SUBSET: Final = re.compile(
    r"""\A((?:\s|<!--.*?-->|<\?.*?\?>)*+<!DOCTYPE[^>\[]*+)
        \[(?:\s|%\w+;|<!--.*?-->|<\?.*?\?>|<![A-Z]+(?:[^>"']|"[^"]*"|'[^']*')*+>)*+\]\s*>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_SPACES: Final = re.compile("[ \t\n\r\f]+")  # what HTML collapses; no-break spaces are text
_LOOKS_LIKE_MARKUP: Final = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|h[1-6])\s*>|<br\s*/?>|<p[ >]", re.IGNORECASE
)


def without_subset(markup: str) -> str:
    """Return a page without the declarations in its DOCTYPE, which HTML takes for text."""
    return _SUBSET.sub(r"\1>", markup, count=1)


def html_text(markup: str) -> str:
    r"""Return the text of a fragment of HTML: blocks apart by `\n\n`. Raises Unreadable."""
    root = tree_of(without_subset(markup))
    return "" if root is None else element_text(root)


def tree_of(markup: str) -> "HtmlElement | None":
    """Return markup as a tree, None if nothing is in it. Raises Unreadable for what is nested too deep."""
    from lxml import etree, html  # noqa: PLC0415 - costs 30 ms, needed by some formats only

    # huge_tree allows 2,048 levels instead of 256; past them lxml drops the rest and says so in its log only.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace") or b"<p>", parser=parser)
    except etree.ParserError:  # nothing but white space, comments or processing instructions
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        message = "its elements are nested too deep"
        raise Unreadable(message)
    return root


def element_text(root: "HtmlElement", leave_out: Callable[["HtmlElement"], bool] | None = None) -> str:
    r"""Return the text in an element but for what is left out, blocks apart by `\n\n`."""
    runs = "".join(_runs(root, leave_out)).split("\n")
    paragraphs = (_SPACES.sub(" ", run.replace("\r", "\n")).strip(" ") for run in runs)
    return "\n\n".join(filter(None, paragraphs))


def plain_field(value: str) -> str:
    """Return a field that may hold text or markup as text."""
    return html_text(value) if _LOOKS_LIKE_MARKUP.search(value) else value


def _runs(root: "HtmlElement", leave_out: Callable[["HtmlElement"], bool] | None) -> Iterator[str]:
    r"""Yield the text in order, its own line ends as `\r`, with `\n` where a block begins or ends."""
    from lxml import etree  # noqa: PLC0415 - see above

    silent = 0
    left_out = set()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SILENT or (leave_out and element is not root and leave_out(element)):
                left_out.add(element)
                silent += 1
            if tag in _BLOCKS:
                yield "\n"
            if not silent:
                yield _own(element.text)
        else:
            silent -= element in left_out
            if tag in _BLOCKS:
                yield "\n"
            if not silent and element is not root:
                yield _own(element.tail)


def _own(text: str | None) -> str:
    return (text or "").replace("\n", "\r")
