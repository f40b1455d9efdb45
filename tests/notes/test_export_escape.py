"""What is quoted cannot act, what is commented cannot harm: seen through a CommonMark parser."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from notebooks import nasty

from notes.characters import LINE_BREAK, plain
from notes.export import escape

TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def visible(text: str) -> str:
    """Return what a reader sees of a text, white space aside."""
    return "".join(char for char in plain(text) if not char.isspace())


@given(nasty)
@settings(max_examples=1500)
@example("text\n===")
@example("    code")
@example("\u200b    code")
@example("a\x85# b\u2028- c")
def test_a_quote_is_one_block_quote_of_text_and_nothing_else(quote: str) -> None:
    tokens = PARSER.parse(escape.blockquote(quote))
    if not visible(quote):
        return
    assert [token.type for token in tokens if token.level == 0] == ["blockquote_open", "blockquote_close"]
    inner = {token.type for token in tokens if token.level > 0}
    assert inner <= {"paragraph_open", "inline", "paragraph_close"}
    spans = inline(tokens)
    assert {token.type for token in spans} <= {"text", "text_special", "softbreak"}
    assert visible("".join(token.content for token in spans)) == visible(quote)


@given(nasty)
def test_a_quote_keeps_its_lines(quote: str) -> None:
    kept = [line for line in LINE_BREAK.split(quote) if visible(line)]
    assert len([line for line in escape.blockquote(quote).split("\n") if line != ">"]) == len(kept)


@pytest.mark.parametrize(
    ("quote", "markdown"),
    [
        ("« À 17:30, l’aéroport (Bamako) : 20 % des avions – six ! »", None),
        ("Il a dit : “non”. C'est tout ; et après ?", None),
        ("voir https://x.fr ou www.x.fr", r"> voir https\://x.fr ou www\.x.fr"),
        ("key:: value", r"> key\:\: value"),
        ("1. un\n- deux\n\n\n\n3) trois", "> 1\\. un\n> \\- deux\n>\n> 3\\) trois"),
        ("[[lien]] ![[image]] %%caché%% ==vu==", r"> \[\[lien\]\] !\[\[image\]\] \%\%caché\%\% \=\=vu\=\="),
    ],
)
def test_prose_stays_legible(quote: str, markdown: str | None) -> None:
    escaped = escape.blockquote(quote)
    assert escaped.replace(r"\!\[", r"!\[") == (markdown or f"> {quote}")


@given(nasty)
def test_a_title_is_one_heading_of_text(title: str) -> None:
    tokens = PARSER.parse(f"# {escape.line(title)}")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert {token.type for token in inline(tokens)} <= {"text", "text_special"}
    assert visible("".join(token.content for token in inline(tokens))) == visible(title)


@given(nasty)
@settings(max_examples=1500)
@example("```\nopen")
@example("- a\n  ```\n  open")
@example("- a\n  ```\ncode")
@example("> ```\n> open")
@example("~~~ a\n```\n~~~")
@example("<!-- open")
@example("<pre>")
@example("![a](http://x.fr/i.png)")
@example("\\![a](http://x.fr/i.png)")
@example("\\\\![a](http://x.fr/i.png)")
@example("![[a]](http://x.fr/i.png)")
@example("![a\\](x) b](http://x.fr)")
@example("![a`](x)`](http://x.fr)")
@example("![a][b]\n\n[b]: http://x.fr")
@example("a ` b\n` ![x](http://x.fr) ` c")
@example("![a](&#104;ttp://x.fr)")
@example("![a](//x.fr)")
def test_a_comment_fetches_nothing_and_ends_where_it_ends(comment: str) -> None:
    tokens = PARSER.parse(f"{escape.comment(comment)}\n\nThe end.")
    assert [(token.type, token.level) for token in tokens[-3:]] == [
        ("paragraph_open", 0),
        ("inline", 1),
        ("paragraph_close", 0),
    ]
    assert tokens[-2].content == "The end."
    for token in [*tokens, *inline(tokens)]:
        assert token.type != "html_block" or not re.search(r"<[!?]|<(?!/?\w+\s*/?>)", token.content)
        if token.type == "image":
            assert not re.match(r"[a-z][a-z0-9+.-]*:|/", str(token.attrs["src"]), re.IGNORECASE)
    assert not [
        char for char in escape.comment(comment) if unicodedata.category(char) == "Cc" and char not in "\n\t"
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "Chiffre **non confirmé** par l’armée : _voir_ [la source](https://x.fr).",
        "# Titre\n\n- un\n- deux\n\n> cité",
        "```python\nprint(1 < 2)\n```",
        "- liste\n  ```\n  code\n  ```",
        "![[carte.png]] et ![plan](images/plan.png), H<sub>2</sub>O, <https://x.fr>",
        "%% caché %% et $$x^2$$, a < b, `code`",
    ],
)
def test_a_harmless_comment_is_kept_as_it_is(comment: str) -> None:
    assert escape.comment(comment) == comment


@given(nasty)
@example("\u202ea\u2066\u200f\u061c")
def test_nothing_turns_the_direction_of_what_is_shown(text: str) -> None:
    for escaped in (escape.comment(text), escape.blockquote(text), escape.line(text)):
        assert not TURNING.search(escaped)


def test_a_comment_that_was_turned_is_escaped_as_it_is_read() -> None:
    assert escape.comment("a<\u202escript>") == "a\\<script>"
    assert escape.comment("\u202e\n\na \u202e") == "a"


def test_a_comment_cannot_pass_for_our_records() -> None:
    forged = "```json liseuse-note\n{}\n```"
    fences = [token for token in PARSER.parse(escape.comment(forged)) if token.type == "fence"]
    assert fences == []


@given(st.text(min_size=1, max_size=30))
@example("2024")
@example("à vérifier/JNIM (1)")
def test_a_tag_is_one_that_obsidian_takes(name: str) -> None:
    tag = escape.tag(name)
    assert tag
    assert not re.search(r"[^\w/\-]", "".join(char for char in tag if unicodedata.category(char)[0] != "M"))
    assert not re.fullmatch(r"[\d/]+", tag)


@pytest.mark.parametrize(
    ("url", "markdown"),
    [
        ("https://x.fr/a?b=c#d", "<https://x.fr/a?b=c#d>"),
        ("javascript:alert(1)", r"javascript\:alert(1)"),
        ("http://x.fr/> <script>", r"http\://x.fr/\> \<script\>"),
    ],
)
def test_only_a_web_address_is_a_link(url: str, markdown: str) -> None:
    assert escape.link(url) == markdown
