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

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from whoosh import fields, formats
from whoosh.system import pack_uint

from index.article import Article, EntityType
from index.engine.codec import SEPARATOR, SeveralColumn, Tokens
from index.engine.ranking import TITLE_TIMES
from index.engine.stems import indexed_stems
from index.engine.untyped import Whoosh
from index.language import folded, words
from index.language.folding import FOLDED

SCHEMA_VERSION: Final = 4
"""To be raised with any change to the fields, the stemming, the folding, the stop words or the tokens."""

_NAMES: Final = 50_000
"""Names whose words are remembered."""

ENTITY_FIELDS: Final = tuple(kind.value for kind in EntityType)


class TextField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Words of texts, given as `Tokens`."""

    def terms_of(self, lang: str) -> Mapping[str, str]:
        """Return the term that each word of a language is indexed under; empty for none."""
        raise NotImplementedError

    def index(self, value: Tokens, **_: Whoosh) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield the postings of one article, for Whoosh's own writer; ours inverts many at once."""
        term_of = self.terms_of(value.lang)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in value.placed():
            places[term_of[word]].append(place)
        places.pop("", None)
        has_positions = self.format.supports("positions")
        for term, at in places.items():
            payload = self.format.encode(at) if has_positions else pack_uint(len(at))
            yield term.encode(), len(at), float(len(at)), payload


class StemField(TextField):
    """Stems, with how often."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=True)

    def terms_of(self, lang: str) -> Mapping[str, str]:
        """Return the stem of each word but of stop words."""
        return indexed_stems(lang)


class WordField(TextField):
    """Folded words, with their positions. With a column for the names as they are written."""

    def __init__(self, *, named: bool = False) -> None:
        column = SeveralColumn() if named else None
        super().__init__(formats.Positions(), None, scorable=True, sortable=column)

    def terms_of(self, lang: str) -> Mapping[str, str]:  # noqa: ARG002 - words are folded alike in all
        """Return the folded form of each word."""
        return FOLDED


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
    whole = (*[title] * TITLE_TIMES, body)
    known: dict[str, object] = {
        "id": article.id,
        "text": Tokens(whole, article.lang),
        "text_exact": Tokens(whole),
        "title": Tokens((title,), article.lang),
        "title_exact": Tokens((title,)),
        "date": day_number(article.date),
    }
    optional = {"lang": article.lang.lower(), "month": article.date[:7]}
    known.update((name, value) for name, value in optional.items() if value)
    return known | _source(article.source) | _entities(article)


def day_number(date: str) -> int:
    """Return an ISO date as yyyymmdd, zeros for what it leaves out; 0 for none."""
    digits = date[:10].replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isascii() and digits.isdigit() else 0


def _source(source: str) -> dict[str, object]:
    """Return the field of a source: `Jeune Afrique` is found by either word and by `jeuneafrique`."""
    if not source:
        return {}
    row = words(source)
    together = ["".join(map(folded, row))] if len(row) > 1 else []
    return {"source": Tokens((row, together)), "_stored_source": source}


_words_of_name: Final = lru_cache(_NAMES)(words)


def _entities(article: Article) -> dict[str, object]:
    """Return the fields of the entities: found by name and by what the article calls them."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    aliases: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for mention in article.mentions:
        names[mention.type.value][mention.entity] = None
        aliases[mention.type.value] |= {mention.entity: None, article.text[mention.start : mention.end]: None}
    found: dict[str, object] = {kind: Tokens(tuple(map(_words_of_name, aliases[kind]))) for kind in aliases}
    return found | {f"_stored_{kind}": SEPARATOR.join(known) for kind, known in names.items()}
