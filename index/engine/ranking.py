"""How articles are ranked: Whoosh's BM25F, with the figures that did best on judged questions.

Chosen on half of the questions of a French set (7,569 questions on 1,518 paragraphs) among
K1 0.6-1.5, B 0.3-0.75, a title counted 1-3 times, exact forms weighted 0-2, one field or
two; `make eval-search` reports on the other half.
"""

from typing import Final

from whoosh.scoring import BM25F

TITLE_TIMES: Final = 2
"""How often a title is counted in the text it stands over: that is the F of BM25F."""
EXACT_WEIGHT: Final = 0.5
"""What the very form of a word adds to its stem: stems find more, forms put the right one first."""
WEIGHTING: Final = BM25F(B=0.75, K1=0.9)
