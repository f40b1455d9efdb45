"""Made-up prose: paragraphs that are the same for the same seed and share nothing with the others."""

import random

WORDS = [a + b + c for a in ("ba", "ko", "ti", "mou", "sé") for b in ("ra", "dji", "gué", "lé") for c in ("n", "s", "do")]  # fmt: skip


def paragraph(seed: int, words: int = 60) -> str:
    """Return a paragraph of so many words."""
    return " ".join(random.Random(seed).choices(WORDS, k=words)).capitalize() + "."


def prose(*seeds: int) -> str:
    """Return a text of one paragraph for each seed."""
    return "\n\n".join(map(paragraph, seeds))


TEXT = "Le JNIM a frappé Bamako. Six avions ont brûlé. Le bilan de Bamako reste inconnu."
