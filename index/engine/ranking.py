"""How articles are ranked: Whoosh's BM25F, with the figures that did best on judged questions.

Chosen on half of the questions of a French set (7,569 questions on 1,518 paragraphs) and the
titles of 3,000 press articles, among K1 0.4-1.5, B 0.3-0.75, a title counted 1-3 times, exact
forms weighted 0-2, neighbours 0-0.4 within 1-6 words, relatives 0-1 by roots of 4-7 letters,
three formulas of rarity;
`make eval-search` reports on the other half and on other articles.
"""

from math import log
from typing import Final

from whoosh.scoring import BM25F

from index.engine.untyped import Whoosh

TITLE_TIMES: Final = 2
"""How often a title is counted in the text it stands over: that is the F of BM25F."""
EXACT_WEIGHT: Final = 0.5
"""What the very form of a word adds to its stem: stems find more, forms put the right one first."""
NEIGHBOUR_WEIGHT: Final = 0.2
"""What two words add that stand side by side as they were typed."""
RELATIVE_WEIGHT: Final = 0.5
"""What a word of the same family adds, where any of the words will do."""
COMMON: Final = 4_000
"""Articles: what stands in more adds nothing by its neighbours or family: it says little and costs much."""


class Weighting(BM25F):  # type: ignore[misc]  # Whoosh has no types
    """BM25F with the idf of Robertson and Spärck Jones, as Lucene keeps it above zero.

    Whoosh's own never falls below 1, so that common words weigh as much as a third of rare ones.
    """

    def idf(self, searcher: Whoosh, fieldname: str, text: str | bytes) -> float:
        """Return the rarity of a term in the whole index."""
        whole = searcher.get_parent()
        return rarity(whole.doc_count_all(), whole.doc_frequency(fieldname, text))


def rarity(count: int, having: int) -> float:
    """Return log(1 + (N - n + 0.5) / (n + 0.5)), what it tells apart that n of N articles have something."""
    return log(1 + (max(count - having, 0) + 0.5) / (having + 0.5))


WEIGHTING: Final = Weighting(B=0.6, K1=0.9)
