"""Notes for tests: a few that every export is looked at with, and any that a notebook may hold."""

import hashlib
from dataclasses import replace
from datetime import datetime

from hypothesis import strategies as st

from notes import Anchor, InvalidTag, Note, Source, State
from notes.characters import clean, one_line
from notes.tags import key, normalise

BAMAKO = Source(
    "L’attaque de Bamako : « six avions » détruits",
    "2024-09-19",
    "Le Monde",
    "https://example.net/bamako?a=1",
    "/corpus/bamako.txt",
)
HOSTILE = Source(
    'A "title": [[x]] `y` <script> # \\ \u2028 ---', "", "![i](http://x.fr)", "javascript:alert(1)", ""
)


def note(
    number: int, source: Source = BAMAKO, quote: str = "", comment: str = "", *tags: str, **more: State
) -> Note:
    anchor = (
        Anchor("r1", number * 100, number * 100 + len(quote), quote, "avant ", " après") if quote else None
    )
    return Note(
        id=f"{number:012x}",
        article="af133a31c0de" if source is BAMAKO else "0123456789ab",
        revision="r1",
        source=source,
        anchor=anchor,
        comment=comment,
        tags=tags,
        created="2026-11-23T09:00:00Z",
        modified="2026-11-23T10:00:00Z",
        state=more.get("state", State.EXACT),
    )


NOTES = [
    note(1, BAMAKO, "un agent de l’aéroport, s’exprimant anonymement, a signalé la destruction de six avions",
         "Chiffre **non confirmé** par l’armée.\n\n- voir AFP\n- voir `RFI`",
         "chiffres/avions", "À vérifier"),
    note(2, BAMAKO, "— Nous avons repris l’aéroport.\n\n- 20 % des avions\n- à 17:30", "", "2024"),
    note(3, BAMAKO, "", "L’article entier est à relire.", "À vérifier"),
    note(4, BAMAKO, "le bilan", "Le chiffre a changé depuis.", state=State.CHANGED),
    note(5, HOSTILE,
         "# h\n```\n<b>[[x]]</b>\r![i](http://x.fr)\u2028%%c%% ==m== $x$ a::b #t ^id\x1b[2J &amp; | a |",
         "```\nouvert\n\n![i](http://x.fr/pixel.png)\n<!-- <img src=http://x.fr>", "a_b*c/(d)"),
    note(6, HOSTILE, "٣. ``` 1. x", "%% ouvert"),
]  # fmt: skip

TEXT = "L’été 🛩️ à Gao :\n\nsix avions détruits, dit le général 𝒳avier — « rien de plus ».\nCafé e\u0301."
"""Of accents, emoji of several code points, a letter beyond U+FFFF, an accent on its own."""


def on_text(number: int, quote: str, comment: str = "", *tags: str, text: str = TEXT) -> Note:
    """Return a note on a passage of a text, as the notebook would make it."""
    start = text.index(quote)
    revision = hashlib.sha256(text.encode()).hexdigest()
    made = note(number, BAMAKO, quote, comment, *tags)
    return replace(made, revision=revision, anchor=Anchor.of(text, start, start + len(quote), revision))


# Any notes that a notebook may hold

_NASTY = st.sampled_from(
    [*"\\`*_{}[]()<>#+-.!|&$%=^~@:\"'\t\n\xa0é𝒳\u202e\u200b", "---", "```", "> ", "<!-- keep -->", "^n-000000000001",
     "#tag", "![a](http://x.fr)", "\n\n", "[[x]]", "\ud800", "{{", "%%", "🛩️", "e\u0301", "\ufeff", "]]>", "&amp;"]
)  # fmt: skip
WORDS = st.lists(st.one_of(_NASTY, st.text(max_size=8)), max_size=12).map("".join)
_TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1)).map(lambda t: f"{t:%Y-%m-%dT%H:%M:%SZ}")  # noqa: DTZ001


def _is_tag(name: str) -> bool:
    try:
        return bool(normalise(name)) and normalise(normalise(name)) == normalise(name)
    except InvalidTag:
        return False


TAGS = (
    st.one_of(st.sampled_from(["bilan", "group/jnim", "À vérifier", "2024"]), WORDS)
    .filter(_is_tag)
    .map(normalise)
)


@st.composite
def any_note(draw: st.DrawFn) -> Note:
    """A note, exactly as a notebook would give it."""
    revision = draw(st.from_regex("[0-9a-f]{64}", fullmatch=True))
    quote, start = clean(draw(WORDS)), draw(st.integers(0, 10**9))
    prefix, suffix = clean(draw(WORDS))[:64], clean(draw(WORDS))[:64]
    anchor = Anchor(revision, start, start + len(quote), quote, prefix, suffix) if quote else None
    tags = draw(st.lists(TAGS, max_size=4, unique_by=key))
    return Note(
        id=draw(st.from_regex("[0-9a-f]{12}", fullmatch=True)),
        article=draw(st.sampled_from(["af133a31c0de", "0123456789ab"])),
        revision=revision,
        source=Source(*(one_line(draw(WORDS)) for _ in range(5))),
        anchor=anchor,
        comment=clean(draw(WORDS)),
        tags=tuple(tags),
        created=draw(_TIMES),
        modified=draw(_TIMES),
        state=draw(st.sampled_from(State)),
    )


@st.composite
def any_notebook(draw: st.DrawFn) -> list[Note]:
    """The notes of one notebook: no id twice, and each tag spelled as it was first."""
    spelled: dict[str, str] = {}
    notes = draw(st.lists(any_note(), max_size=5, unique_by=lambda one: one.id))
    return [replace(one, tags=tuple(spelled.setdefault(key(tag), tag) for tag in one.tags)) for one in notes]


# Any text that means to be taken for Markdown

ACTIVE = [
    *"\\`*_{}[]()<>#+-.!|&$%=^~@:\"'0 1\t\n\r\x0b\x1b\x85\u2028\u202e\u200b\ufeff\xa0é𝒳",
    "\n\n", "    ", "```", "~~~", "---", "===", "# ", "> ", "- ", "1. ", "2) ", "* * *",
    "<script>", "</div>", "<!--", "<img src=x>", "<http://x.fr>", "https://x.fr", "www.x.fr", "a@b.fr",
    "![a](http://x.fr/i.png)", "[a](b)", "[a]: http://x.fr\n", "![a]", "[^1]", "&amp;", "&#33;",
    "| a | b |\n", "|---|---|\n", "[[a]]", "![[a]]", "%%", "==", "$$", "#tag", "^id", "key:: value",
    "{{", "{%", ":smile:",
]  # fmt: skip
nasty = st.lists(st.one_of(st.sampled_from(ACTIVE), st.text(max_size=3)), max_size=25).map("".join)
