"""Notes for tests: a few that every export is looked at with, and any that a notebook may hold."""

import hashlib
from dataclasses import replace

from notes import Anchor, Note, Source, State

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
