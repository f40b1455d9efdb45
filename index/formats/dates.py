"""Dates as news texts and file metadata write them, in French and English, to ISO 8601."""

import re
from dataclasses import dataclass
from datetime import date, datetime
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
_WRITTEN: Final = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
)
_ISO_PARTIAL: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_DATELINE: Final = re.compile(
    r"(?P<place>[^\W\d_][\w’' .()-]{1,40}?)\s*,\s+(?:(?:le|on)\s+)?(?P<date>[^\n–—]{6,32}?)"
    r"\s*(?:\([^)\n]{1,40}\)\s*)?(?:–|—|--?|:)\s"
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


def parse_date(value: str) -> str:
    """Return a metadata field's date (ISO 8601, RFC 5322, or written out) as ISO 8601, or an empty string.

    A year, or a year and month, stay as they are; a time of day is dropped.
    """
    value = value.strip()
    if _ISO_PARTIAL.fullmatch(value):
        return value
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(value).date().isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    return find_date(value)


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the place and date a paragraph opens with, as agencies write them, or None."""
    match = _DATELINE.match(paragraph)
    if match and (iso := find_date(match["date"])):
        return Dateline(" ".join(match["place"].split()), iso)
    return None


def _iso(match: re.Match[str]) -> str:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(fold(month), 0)
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return ""
