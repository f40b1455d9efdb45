"""Markdown with YAML front matter: the text without its markup, block by block."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from index.article import Draft
from index.formats import plain
from index.formats.dates import parse_date
from index.formats.decode import decoded
from index.formats.fields import draft_of
from index.formats.record import Unreadable, whole

if TYPE_CHECKING:
    import yaml

_FENCE: Final = "---"
_MAX_FRONT_MATTER: Final = 64 * 1024
_DEEPEST: Final = 100
"""Blocks in blocks; a list in a list is two."""


def read(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one draft of a Markdown file. Raises Unreadable for front matter that is not YAML."""
    found = decoded(whole(stream))
    front, body = split_front_matter(found.text)
    blocks = list(_blocks(body))
    draft = draft_of(front, text="\n\n".join(text for _, text in blocks))
    headline = next((text for level, text in blocks if level == "h1"), "")
    fallback = headline or (plain.find_title([text for _, text in blocks]) if blocks else "")
    yield Draft(
        text=draft.text,
        title=draft.title or fallback,
        date=parse_date(draft.date),
        place=draft.place,
        lang=draft.lang,
        source=draft.source,
        author=draft.author,
        url=draft.url,
        encoding=found.name,
    )


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter's fields and the text after it. Raises Unreadable."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE or _FENCE not in (line.rstrip() for line in lines[1:]):
        return {}, text
    end = next(i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE)
    return _load("\n".join(lines[1:end])), "\n".join(lines[end + 1 :])


def _load(source: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - costs 20 ms, needed by few files

    if len(source) > _MAX_FRONT_MATTER:
        message = "front matter larger than 64 KiB"
        raise Unreadable(message)
    try:
        # Aliases can make a few lines into gigabytes; no article needs them.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, yaml.SafeLoader)):
            message = "front matter with YAML aliases"
            raise Unreadable(message)
        fields = _loader()(source).get_single_data()
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        message = "front matter is not valid YAML"
        raise Unreadable(message) from error
    return fields if isinstance(fields, dict) else {}


@cache
def _loader() -> "type[yaml.SafeLoader]":
    import yaml  # noqa: PLC0415 - see above

    class Loader(yaml.SafeLoader):
        """A SafeLoader to which a day that there is not, such as `0000-00-00`, is a word."""

    def day(loader: Loader, node: yaml.ScalarNode) -> object:
        try:
            return loader.construct_yaml_timestamp(node)
        except ValueError:
            return node.value

    Loader.add_constructor("tag:yaml.org,2002:timestamp", day)
    return Loader


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    """Yield each block of text with the tag it stands in, such as `h1`, `p` or `li`."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - costs 30 ms, needed by few files

    tag, depth = "", 0
    for token in MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).parse(body):
        if token.level == _DEEPEST - 1 and token.nesting == 1:  # what is in it is left out without a word
            raise Unreadable(f"quotes or lists nested more than {_DEEPEST} deep")
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type in ("heading_open", "paragraph_open"):
            tag = token.tag
        elif token.type == "inline":
            text = "".join(map(_inline, token.children or ()))
            yield ("li", f"- {text}") if depth and tag == "p" else (tag, text)
        elif token.type in ("fence", "code_block"):
            yield "code", token.content.strip("\n")


def _inline(token: Any) -> str:  # noqa: ANN401 - markdown-it's token, imported late
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        return ""
    return str(token.content)
