"""Reading one value of an article from the index's columns, whatever segment it is in."""

from bisect import bisect_right

from index.engine.untyped import Whoosh


class Column:
    """The values of one field by document number.

    Whoosh's own reader over several segments leaves out those where no article has
    the field, and so gives the values of one article for another's.
    """

    def __init__(self, reader: Whoosh, field: str) -> None:
        leaves = [(leaf, start) for leaf, start in reader.leaf_readers() if leaf.doc_count_all()]
        self._starts = [start for _, start in leaves]
        self._columns = [leaf.column_reader(field) for leaf, _ in leaves]

    def __getitem__(self, number: int) -> Whoosh:
        place = bisect_right(self._starts, number) - 1
        return self._columns[place][number - self._starts[place]]
