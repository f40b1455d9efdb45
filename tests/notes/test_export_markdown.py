import json
import os
import re
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from notebooks import BAMAKO, NOTES, nasty

from notes import Anchor, Note, Source
from notes.characters import plain
from notes.export import FORMATS, Document, Lang, Layout, filename
from notes.export.front_matter import front_matter, scalar
from notes.export.markdown import markdown

QUOTES = int(os.environ.get("LISEUSE_HOSTILE_QUOTES", "100"))
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("layout", ["article", "tag", "single"])
@pytest.mark.parametrize("form", ["markdown", "commonmark"])
def test_the_documents_are_those_we_looked_at(form: str, layout: Layout, lang: Lang) -> None:
    """Set LISEUSE_GOLDEN=1 to write them again, then read what changed."""
    documents = FORMATS[form](NOTES, layout=layout, lang=lang)
    whole = "".join(f"<<< {document.name} >>>\n{document.text}" for document in documents).encode()
    golden = GOLDEN / f"{form}-{layout}-{lang}.md"
    if os.environ.get("LISEUSE_GOLDEN"):
        golden.write_bytes(whole)
    assert whole == golden.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("layout", ["article", "tag", "single"])
def test_the_same_notes_give_the_same_bytes_in_any_order(name: str, layout: Layout) -> None:
    expected = FORMATS[name](NOTES, layout=layout, lang="fr")
    for seed in range(5):
        shuffled = NOTES[:]
        Random(seed).shuffle(shuffled)
        assert FORMATS[name](iter(shuffled), layout=layout, lang="fr") == expected
    for document in expected:
        assert document.text.endswith("\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", document.text)
    assert len({document.name.casefold() for document in expected}) == len(expected)


def visible(text: str) -> str:
    """Return what a reader sees of a text, white space aside."""
    return "".join(char for char in plain(text) if not char.isspace())


def records(document: Document) -> list[dict[str, object]]:
    tokens = MarkdownIt("commonmark").parse(document.text.split("---\n", 2)[2])
    assert tokens[-1].type == "fence"
    assert tokens[-1].info == "json liseuse-note"
    assert [token.info for token in tokens].count("json liseuse-note") == 1
    *lines, digest = tokens[-1].content.splitlines()
    assert set(json.loads(digest)) == {"sha256"}
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("layout", ["article", "tag", "single"])
def test_the_exact_records_can_be_read_back(layout: Layout) -> None:
    found = {str(record["id"]): record for each in markdown(NOTES, layout=layout) for record in records(each)}
    assert found == {each.id: each.to_json() for each in NOTES}


texts = st.text(max_size=60)


@given(texts, texts, texts, texts)
@example("```\n", "<!--", "\u2028---", "#")
@example("~~~ x", "- a\n  ```\n x", "]]>", "<b")
def test_any_note_can_be_read_back(quote: str, comment: str, title: str, prefix: str) -> None:
    made = Note(
        id="0" * 12,
        article="1" * 12,
        revision="r1",
        source=Source(title),
        anchor=Anchor("r1", 0, len(quote), quote, prefix, "") if quote else None,
        comment=comment,
        tags=("a",),
        created="2026-11-23T09:00:00Z",
        modified="2026-11-23T09:00:00Z",
    )
    (document,) = markdown([made])
    assert records(document) == [made.to_json()]
    assert yaml.safe_load(document.text.split("---\n", 2)[1])["notes"] == 1
    (lines,) = FORMATS["jsonl"]([made], layout="single", lang="fr")
    assert lines.text.isascii()
    assert [json.loads(line) for line in lines.text.splitlines()] == [made.to_json()]


@given(nasty)
@settings(max_examples=QUOTES, suppress_health_check=[HealthCheck.too_slow])
@example("> [!quote] x\n\n— y ^n-000000000001\n\n> z")
def test_a_hostile_quote_is_one_block_quote_of_its_words(quote: str) -> None:
    """`make hostile-quotes` tries four thousand."""
    made = Note(
        id="0" * 12, article="1" * 12, revision="r1", source=Source(quote),
        anchor=Anchor("r1", 0, len(quote), quote, quote, quote), comment="", tags=(),
        created="2026-11-23T09:00:00Z", modified="2026-11-23T09:00:00Z",
    )  # fmt: skip
    assume(visible(quote))
    for form, lead in (("markdown", f"[!quote]characters0–{len(quote)}"), ("commonmark", "")):
        (document,) = FORMATS[form]([made], layout="article", lang="en")
        text = document.text.split("---\n", 2)[2] if form == "markdown" else document.text
        tokens = PARSER.parse(text)
        kinds = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
        known = ["bullet_list_open"] if form == "commonmark" else []
        assert kinds == [
            "heading_open", *known, "blockquote_open", "paragraph_open", "heading_open", "fence"
        ]  # fmt: skip
        first = next(at for at, token in enumerate(tokens) if token.type == "blockquote_open")
        last = next(at for at, token in enumerate(tokens) if token.type == "blockquote_close")
        inside = [child for token in tokens[first:last] for child in token.children or ()]
        assert {child.type for child in inside} <= {"text", "text_special", "softbreak"}
        assert visible("".join(child.content for child in inside)) == lead + visible(quote)


@given(st.text())
@example("L’été « à Gao »\xa0: 𝒳 \U0001f600")
@example("\x85\u2028\u2029\ufeff\ufffe\uffff\U0010ffff\x00\x7f\x9f\t\n")
@example("\"\\ '#: - [x] {y} %TAG !x &a *b |")
def test_yaml_reads_a_scalar_back(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == text
    block = front_matter({"title": text, "tags": [text, "x"], "notes": 2})
    assert len(block.splitlines()) == 5
    assert yaml.safe_load(block.removesuffix("---\n")) == {"title": text, "tags": [text, "x"], "notes": 2}


def test_front_matter_of_an_article_says_what_it_is() -> None:
    hostile, bamako = markdown(NOTES, lang="fr")
    read = yaml.safe_load(bamako.text.split("---\n")[1])
    assert read == {
        "title": BAMAKO.title,
        "source": "Le Monde",
        "url": BAMAKO.url,
        "published": "2024-09-19",
        "citekey": "lemonde2024attaque-af133a31c0de",
        "article": "af133a31c0de",
        "revision": "r1",
        "tags": ["_2024", "À-vérifier", "chiffres/avions"],
        "notes": 4,
    }
    assert yaml.safe_load(hostile.text.split("---\n")[1])["url"] == "javascript:alert(1)"


def test_no_notes_make_no_article_documents_and_one_empty_list() -> None:
    assert markdown([]) == []
    assert markdown([], layout="tag") == []
    assert records(markdown([], layout="single")[0]) == []


@given(st.text(), st.from_regex("[0-9a-f]{12}", fullmatch=True))
@example("CON", "0" * 12)
@example("../../etc/passwd", "0" * 12)
@example("é" * 200, "0" * 12)
@example("a: b? [c] #d ^e |", "0" * 12)
@example("aux.md", "0" * 12)
@example("COM¹ LPT9 nul con.", "0" * 12)
def test_a_file_name_suits_every_file_system(title: str, identity: str) -> None:
    name = filename(title, identity)
    assert name.endswith(f"--{identity}")
    assert not name.startswith(("-", "."))
    assert len(f"{name}.md".encode()) <= 120
    assert not re.fullmatch(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", name.partition(".")[0])
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|#^\[\]\s.]', name)
