"""What stands above an article: its title, where and when it was written, how long it takes."""

from typing import Final

from index.article import Article
from reader.i18n import _, language
from reader.render import painted
from reader.text.layout import Layout

_WORDS_A_MINUTE: Final = 220
_MONTHS: Final = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def header(article: Article, columns: int) -> list[tuple[str, str]]:
    """Return the lines above the text, each with its look, wrapped at a width in cells."""
    lines = [] if article.text.startswith(article.title) else _wrapped(article.title, columns, "title")
    about = _wrapped(" · ".join(facts(article)), columns, "meta")
    return [("", "meta"), *lines, *about, ("", "meta")]


def facts(article: Article) -> list[str]:
    """Return the source, author, place, date, language and reading time, as far as they are known."""
    text = article.text  # splitting a million words takes 60 ms
    words = text.count(" ") + text.count("\n") - text.count("\n\n")
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    known = (article.source, article.author, article.place, written_date(article.date), article.lang)
    gone = [_("no longer at {path}", path=article.path)] if article.gone and article.path else []
    return [*filter(None, known), _("{minutes} min read", minutes=minutes), *gone]


def written_date(iso: str) -> str:
    """Return an ISO date as people write it in the program's language; part of one as far as it goes."""
    year, month, day = (*iso.split("-"), "", "")[:3]
    if not month.isdigit() or not 1 <= int(month) <= 12:  # noqa: PLR2004 - months
        return year
    name = _MONTHS[language()][int(month) - 1]
    number = day.lstrip("0")
    if number == "1" and language() == "fr":
        number = "1er"
    return " ".join(filter(None, (number, name, year)))


def _wrapped(text: str, columns: int, look: str) -> list[tuple[str, str]]:
    return [(painted(line), look) for line in Layout(text, columns).texts()]
