"""A few articles and the index over them."""

from index.article import Article, canonical, revision_of
from index.query import parse


def article(number, text, title="", **more):
    text = canonical(text)
    return Article(f"{number:012x}", revision_of(text), title, text, **{"lang": "fr", **more})


class Shelf:
    """A few articles and the index over them."""

    def __init__(self, index, *articles):
        self.index = index
        self.texts = {a.id: a.text for a in articles}
        index.add(articles)

    def search(self, query, **options):
        tree = query if not isinstance(query, str) else parse(query)
        return self.index.search(tree, text_of=self.texts.__getitem__, **options)

    def found(self, query, **options):
        return [int(hit.id, 16) for hit in self.search(query, **options).hits]
