"""The Whoosh schema: which fields an article has in the index, and what goes into each.

text                      stems of title and text, with how often; the title counts twice
text_exact                folded words of both, with their positions; for forms, phrases and shapes
title, title_exact        the same of the title alone, for `title:`
source                    words of the name, and the name run together
person … other            words of the names of the entities mentioned, names far apart
lang, month, date, id     as they are; `date` is yyyymmdd, zeros where it is not known

An article's text is read once and both of its fields are made from that. The texts
themselves are not stored: they are the library's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from whoosh import fields, formats
from whoosh.system import pack_uint

from index.article import Article, EntityType
from index.engine.codec import SEPARATOR, SeveralColumn
from index.engine.ranking import TITLE_TIMES
from index.engine.stems import indexed_stems
from index.engine.untyped import Whoosh
from index.language import folded, words
from index.language.folding import FOLDED

SCHEMA_VERSION: Final = 3
"""To be raised with any change to the fields, the stemming, the folding, the stop words or the tokens."""

_GAP: Final = 100
"""Positions between two names, more than a phrase or a proximity spans."""

ENTITY_FIELDS: Final = tuple(kind.value for kind in EntityType)


class StemField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A text's stems, given already counted."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Whoosh) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield the postings of one article."""
        for stem, times in value.items():
            yield stem.encode(), times, float(times), pack_uint(times)


class WordField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A text's words, given with their positions. With a column for the names as they are written."""

    def __init__(self, *, named: bool = False) -> None:
        column = SeveralColumn() if named else None
        super().__init__(formats.Positions(), None, scorable=True, sortable=column)

    def index(self, value: Mapping[str, list[int]], **_: Whoosh) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield the postings of one article."""
        encode = self.format.encode
        for word, places in value.items():
            yield word.encode(), len(places), float(len(places)), encode(places)


def schema() -> fields.Schema:
    """Return the schema of the index."""
    names = {name: WordField(named=True) for name in ("source", *ENTITY_FIELDS)}
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        text=StemField(),
        text_exact=WordField(),
        title=StemField(),
        title_exact=WordField(),
        lang=fields.ID(sortable=True),
        month=fields.ID(sortable=True),
        date=fields.NUMERIC(int, 32, signed=False, shift_step=8, sortable=True, default=0),
        **names,
    )


def document(article: Article) -> dict[str, object]:
    """Return what Whoosh is given for an article."""
    title, body = words(article.title), words(article.text)
    known: dict[str, object] = {
        "id": article.id,
        "text": stem_counts([*title * TITLE_TIMES, *body], article.lang),
        "text_exact": word_places(*[title] * TITLE_TIMES, body),
        "title": stem_counts(title, article.lang),
        "title_exact": word_places(title),
        "date": day_number(article.date),
    }
    optional = {"lang": article.lang.lower(), "month": article.date[:7]}
    known.update((name, value) for name, value in optional.items() if value)
    return known | _source(article.source) | _entities(article)


def stem_counts(text: Iterable[str], lang: str) -> Counter[str]:
    """Return how often each stem stands among words, stop words aside."""
    counts = Counter(map(indexed_stems(lang).__getitem__, text))
    counts.pop("", None)
    return counts


def word_places(*texts: Sequence[str]) -> dict[str, list[int]]:
    """Return the positions of each folded word, counted in words from 0, of texts that stand far apart."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    start = 0
    for text in texts:
        for place, word in enumerate(map(FOLDED.__getitem__, text), start):
            places[word].append(place)
        start += len(text) + _GAP
    return places


def day_number(date: str) -> int:
    """Return an ISO date as yyyymmdd, zeros for what it leaves out; 0 for none."""
    digits = date[:10].replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isascii() and digits.isdigit() else 0


def _source(source: str) -> dict[str, object]:
    """Return the field of a source: `Jeune Afrique` is found by either word and by `jeuneafrique`."""
    if not source:
        return {}
    places = word_places(words(source))
    places.setdefault("".join(folded(word) for word in words(source)), []).append(_GAP)
    return {"source": places, "_stored_source": source}


def _entities(article: Article) -> dict[str, object]:
    """Return the fields of the entities: found by name and by what the article calls them."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    aliases: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for mention in article.mentions:
        names[mention.type.value][mention.entity] = None
        aliases[mention.type.value] |= {mention.entity: None, article.text[mention.start : mention.end]: None}
    found: dict[str, object] = {kind: word_places(*map(words, aliases[kind])) for kind in aliases}
    return found | {f"_stored_{kind}": SEPARATOR.join(known) for kind, known in names.items()}
