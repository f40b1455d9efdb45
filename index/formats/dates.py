"""Dates as news texts and file metadata write them, in French and English, to ISO 8601."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from index.article import fold

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan", "fevrier fevr fev february feb", "mars march mar",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul", "aout august aug",
            "septembre sept september sep", "octobre oct october", "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_MONTH: Final = r"(?P<month>[^\W\d_]{3,10})\.?"
_GAP: Final = r"(?:\s{1,2}|-)"
# Numbers alone are read day first, month first only where nothing else is possible.
_WRITTEN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})\s?(?:er|ᵉʳ|st|nd|rd|th)?(?:\s+of)?{_GAP}{_MONTH},?{_GAP}(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{1,2}}(?P<year>\d{{4}})\b",
        r"(?<![\d/.-])(?P<day>\d{1,2})(?P<gap>[/.-])(?P<month>\d{1,2})(?P=gap)(?P<year>\d{4})(?![\d/-])",
        r"(?<![\d/.-])(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})(?![\d/-])",
        r"(?<!\d)(?P<year>\d{4})(?P<gap>[/-])(?P<month>\d{2})(?P=gap)(?P<day>\d{2})(?!\d)",
    )
)
_ISO_PARTIAL: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_EPOCH: Final = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,6})?", re.ASCII)
_YEARS: Final = range(1600, 2101)
"""Years a text may be of; others are slips of the pen or other numbers."""

_LONGEST: Final = 200
"""Code points of a paragraph in which a dateline is sought."""

_NAME: Final = r"[^\W\d_][\w’'.-]{0,24}"
_DATED: Final = (
    r"(?:(?:le|on)\s)?(?:(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|[a-z]{3,6}day)\.?,?\s)?"
    r"(?P<date>\d{1,2}(?:er|st|nd|rd|th)?\s[^\W\d_]{3,10}\.?(?:,?\s\d{4})?"
    r"|[^\W\d_]{3,10}\.?\s\d{1,2}(?:,?\s\d{4})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d)"
)
_AGENCY: Final = r"\((?P<agency>[^()\n]{1,40})\)"
_DASH: Final = r"(?:\s?(?:[–—:]|--?)\s|\s?\.\s?[–—-]{1,2}\s)"
_DATELINE: Final = re.compile(
    rf"(?:Fait\sà\s)?(?P<place>{_NAME}(?:\s{_NAME}){{0,4}}?)"
    rf"(?:,\s{_NAME}(?:\s{_NAME}){{0,2}}?)?(?:\s\([^()\n]{{2,40}}\))?"
    rf"(?:(?:,|\s[–—-])\s{_DATED},?(?:\s?{_AGENCY}(?:\s?[–—:-]{{1,2}}\s?|\s)|{_DASH}|\.\s|\.?\Z)"
    r"|,?\s?\((?P<undated>[^()\n]{1,40})\)\s?[–—-]{1,2}\s?)"
)
_DATE_ALONE: Final = re.compile(rf"{_DATED}\.?(?:\s?{_AGENCY})?{_DASH}")
_PARTICLES: Final = frozenset(
    ["al", "au", "aux", "d", "da", "de", "del", "des", "do", "dos", "du", "e", "el", "en", "es", "et",
     "l", "la", "le", "les", "of", "ould", "sous", "sur", "the", "upon", "y"]
)  # fmt: skip
_NO_PLACE: Final = frozenset(
    ["apres", "as", "at", "au", "avant", "by", "chez", "dans", "de", "depuis", "des", "du", "en", "for",
     "from", "in", "par", "pour", "selon", "since", "sous", "sur", "vers", "voici", "with", "mis", "publie",
     "posted", "published", "updated", "source", "date", "dimanche", "lundi", "mardi", "mercredi",
     "jeudi", "vendredi", "samedi", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday",
     "saturday"]
)  # fmt: skip
_NEWS: Final = re.compile(
    r"[A-Z]{2,8}\d?(?:[ /,-]+[A-Z]{2,8})*|.*(?:Reuters|Xinhua|Agence|Anadolu|News|Presse|Bloomberg).*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and ISO date that open a dispatch: `Bamako, 19 septembre 2024 –`."""

    place: str
    date: str


def find_date(text: str) -> str:
    """Return the first whole date written in `text` as ISO 8601, or an empty string."""
    found = [match for pattern in _WRITTEN for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        if iso := _iso(match):
            return iso
    return ""


def without_dates(text: str) -> str:
    """Return `text` without the whole dates written in it."""
    for pattern in _WRITTEN:
        text = pattern.sub(lambda match: "" if _iso(match) else match[0], text)
    return text


def parse_date(value: str) -> str:
    """Return a metadata field's date (ISO 8601, RFC 5322, Unix time, or written out) as ISO 8601, or "".

    A year, or a year and month, stay as they are; a time of day is dropped.
    """
    value = value.strip()
    if _ISO_PARTIAL.fullmatch(value):
        return value
    if epoch := _EPOCH.fullmatch(value):
        return _plausible(datetime.fromtimestamp(int(epoch[1]), UTC).date())
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return _plausible(parse(value).date())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return find_date(value)


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the place and date a paragraph opens with, as agencies write them, or None.

    Either may be empty: `BAMAKO (AFP) -` has no date, `22 mai 2012. -` no place. A
    day without its year is no date.
    """
    head = paragraph[:_LONGEST] if len(paragraph) > _LONGEST else paragraph
    if alone := _DATE_ALONE.match(head):
        iso = find_date(alone["date"])
        return Dateline("", iso) if iso else None
    match = _DATELINE.match(head)
    if match is None or not _is_place(match["place"]):
        return None
    iso = find_date(match["date"] or "")
    is_of_agency = bool(_NEWS.fullmatch(match["undated"] or match["agency"] or ""))
    return Dateline(" ".join(match["place"].split()), iso) if iso or is_of_agency else None


def _is_place(words: str) -> bool:
    """Tell whether words may name a place: capitals but for particles, and no preposition first."""
    first, *others = re.split(r"[\s’'-]+", words)
    is_named = all(word[:1].isupper() or fold(word) in _PARTICLES for word in others)
    return first[:1].isupper() and is_named and fold(first) not in _NO_PLACE


def _plausible(day: date) -> str:
    return day.isoformat() if day.year in _YEARS else ""


def _iso(match: re.Match[str]) -> str:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(fold(month), 0)
    try:
        return _plausible(date(int(match["year"]), number, int(match["day"])))
    except ValueError:
        return ""
