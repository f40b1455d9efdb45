"""The text of the article on a page: where the page says it is, else where trafilatura finds it.

Pages that mark their text up (schema.org `articleBody`, in the page or in its JSON-LD)
are believed if what they mark is most of what trafilatura finds. trafilatura's text has
lost its no-break spaces and other characters, so each of its paragraphs is read again
from the page itself; those that stand in what the page names as something else are left
out, unless that would be most of the article.
"""

import re
from typing import TYPE_CHECKING, Final

from index.formats.html.declared import json_texts
from index.formats.html.noise import is_aside, is_noise, without_noise
from index.formats.markup import element_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACES: Final = re.compile(r"\s+")
_ROW_MARKS: Final = re.compile(r"^\|[-| ]+\|\s*$|^\| | \|\s*$")
"""What trafilatura sets around the cells of a table, and between its head and its body."""
_WORD: Final = re.compile(r"\w+")
_MARKED: Final = "//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]"
_LEAD_NAMES: Final = re.compile(
    r"(?:^|[-_ ])(?:chap[ôo]u?|lead|lede|standfirst|intro|accroche|summary|excerpt)(?:$|[-_ ])"
)
_ENOUGH: Final = 30
_SHORTEST: Final = 20
_MOST: Final = 0.6
_MOST_DROPPED: Final = 12
_MOST_ABOVE: Final = 4
_LONGEST_LEAD: Final = 1_000


def body_text(root: "HtmlElement", found: str, description: str, title: str) -> str:
    r"""Return the article's paragraphs, apart by `\n\n`; empty if there is none.

    `found` is trafilatura's text, `description` and `title` what the page says of itself.
    """
    read = without_noise(_read(root, found))
    marked = without_noise(max(_marked(root), _declared(root), key=_words))
    paragraphs = marked if _words(marked) >= max(_ENOUGH, _MOST * _words(read)) else read
    paragraphs = below_title(paragraphs or without_noise(_fallback(root)), title)
    lead = find_lead(root, description)
    if lead and paragraphs and not _stands_in(lead, paragraphs):
        paragraphs = [lead, *paragraphs]
    return "\n\n".join(paragraphs)


def _read(root: "HtmlElement", found: str) -> list[str]:
    """Return trafilatura's paragraphs as the page has them, without what is beside the article."""
    lines = as_on_page(found, element_text(root))
    blocks = element_text(root, is_aside).split("\n\n")
    beside = _one_line(" ".join(blocks))
    within = [line for line in lines if " | " in line or _one_line(line) in beside]
    return filled(within if _words(within) >= _MOST * _words(lines) else lines, blocks)


def below_title(paragraphs: list[str], title: str) -> list[str]:
    """Return an article's paragraphs without its title and what stands above it."""
    wanted = _one_line(title).casefold()
    above = [_one_line(text).casefold() for text in paragraphs[:_MOST_ABOVE]]
    return paragraphs[above.index(wanted) + 1 :] if wanted in above[: len(paragraphs) - 1] else paragraphs


def as_on_page(found: str, page: str) -> list[str]:
    """Return the lines of a text, each as it stands on a page character for character."""
    squeezed, places = _squeezed(page)
    lines = []
    for line in found.split("\n"):
        wanted = _one_line(_ROW_MARKS.sub("", line))
        start = squeezed.find(wanted) if wanted else -1
        if start >= 0:
            lines += page[places[start] : places[start + len(wanted) - 1] + 1].split("\n\n")
        elif wanted:
            lines.append(wanted)
    return lines


def filled(lines: list[str], blocks: list[str]) -> list[str]:
    """Return an article's lines with the blocks of its page that were dropped from between them."""
    at = {block.strip(): place for place, block in enumerate(blocks)}
    known = _one_line("\n".join(lines))
    whole: list[str] = []
    last: int | None = None
    for line in lines:
        place = at.get(line.strip())
        if place is not None and last is not None and last < place <= last + _MOST_DROPPED:
            whole += (block for block in blocks[last + 1 : place] if _one_line(block) not in known)
        whole.append(line)
        last = place if place is not None else last
    return whole


def find_lead(root: "HtmlElement", description: str) -> str:
    """Return the paragraph before the article that its page gives for its summary, or an empty string."""
    wanted = _one_line(description).rstrip(".… ")[:60]
    for element in root.iter("p", "h2", "div", "strong"):
        is_named = (
            bool(_LEAD_NAMES.search(element.get("class") or "")) or element.get("itemprop") == "description"
        )
        if not is_named and len(wanted) < _ENOUGH:
            continue
        text = _one_line(element.text_content()) if is_named or element.tag != "div" else ""
        if _ENOUGH <= len(text) <= _LONGEST_LEAD and (text.startswith(wanted) if wanted else is_named):
            return element_text(element).replace("\n\n", " ")
    return ""


def _marked(root: "HtmlElement") -> list[str]:
    texts = [element_text(element, is_noise) for element in root.xpath(_MARKED)]
    return [line for line in max(texts, key=len, default="").split("\n\n") if line]


def _declared(root: "HtmlElement") -> list[str]:
    """Return the paragraphs of the page that stand in the article's text as JSON-LD has it."""
    declared = _one_line(" ".join(json_texts(root, "articleBody")))
    blocks = element_text(root, is_noise).split("\n\n") if declared else []
    return [block for block in blocks if len(block) > _SHORTEST and _one_line(block) in declared]


def _fallback(root: "HtmlElement") -> list[str]:
    for element in root.xpath("//article | //main | //*[@role='main']"):
        lines = [line for line in element_text(element, is_noise).split("\n\n") if line]
        if _words(lines) >= _ENOUGH:
            return lines
    return []


def _words(paragraphs: list[str]) -> int:
    return sum(len(_WORD.findall(text)) for text in paragraphs)


def _stands_in(lead: str, paragraphs: list[str]) -> bool:
    return _one_line(lead)[:60] in _one_line(" ".join(paragraphs))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _squeezed(page: str) -> tuple[str, list[int]]:
    """Return a text with each run of white space as one space, and where each of its characters stands."""
    squeezed: list[str] = []
    places: list[int] = []
    place = 0
    for gap in _SPACES.finditer(page):
        squeezed += [page[place : gap.start()], " "]
        places += range(place, gap.start() + 1)
        place = gap.end()
    return "".join([*squeezed, page[place:]]), [*places, *range(place, len(page))]
