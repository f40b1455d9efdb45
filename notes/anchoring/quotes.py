"""Finding what a person typed or pasted."""

from notes.anchoring.folded import Folded, fold


def find_quote(text: str, quote: str) -> list[tuple[int, int]]:
    """Return every span of `text` that reads as `quote`, in text order; 2,001 at most.

    Only if none is exact may white space, apostrophes, quotation marks, dashes and
    ligatures differ. A blank quote is found nowhere.
    """
    if not quote.strip():
        return []
    exact, at = [], text.find(quote)
    while at >= 0:
        exact.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    if exact:
        return exact
    folded, wanted = Folded(text), fold(quote.strip()).strip()
    return [folded.span(start, start + len(wanted)) for start in folded.occurrences(wanted)]
