"""Finding a passage again: by its place, by its words however they are set, by words that are like them.

The steps and their thresholds are those of the reliability study (2), measured by
`make eval-anchors`; docs/anchors.md tells them. The rule is never to guess: where two
places could be meant, none is answered.
"""

from notes.anchoring.candidates import candidates
from notes.anchoring.quotes import find_quote
from notes.anchoring.target import Target, locate

__all__ = ["Target", "candidates", "find_quote", "locate"]
