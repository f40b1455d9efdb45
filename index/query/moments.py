"""Dates in words, French and English: `hier`, `semaine dernière`, `last-week`, `17 septembre 2024`."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from index.language import folded


class Period(NamedTuple):
    """From one day, month or year to another, ISO dates as long as they need be, both included."""

    first: str
    last: str


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan", "fevrier fevr fev february feb", "mars march mar",
            "avril avr april apr",
            "mai may", "juin june jun", "juillet juil july jul", "aout august aug",
            "septembre september sept sep",
            "octobre october oct", "novembre november nov", "decembre december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday",
         "samedi saturday", "dimanche sunday")
    )
    for name in names.split()
}  # fmt: skip
_DAYS: Final = {
    "aujourd'hui": 0, "aujourdhui": 0, "today": 0, "hier": 1, "yesterday": 1, "avant hier": 2,
}  # fmt: skip
_UNITS: Final = {
    "jour": "day", "jours": "day", "j": "day", "day": "day", "days": "day", "d": "day",
    "semaine": "week", "semaines": "week", "week": "week", "weeks": "week", "w": "week",
    "mois": "month", "month": "month", "months": "month", "m": "month",
    "an": "year", "ans": "year", "annee": "year", "annees": "year",
    "year": "year", "years": "year", "y": "year",
}  # fmt: skip
_LAST: Final = "dernier|derniere|derniers|dernieres|passe|passee|last|past"
_THIS: Final = "ce|cet|cette|this"
_UNIT: Final = "|".join(_UNITS)
_NAMED_MONTH: Final = re.compile(
    rf"(?:([0-9]{{1,2}})(?:er|st|nd|rd|th)? )?({'|'.join(_MONTHS)})(?: ([0-9]{{4}}))?"
)
_WEEKDAY: Final = re.compile(rf"(?:last )?({'|'.join(_WEEKDAYS)})(?: dernier)?")
_SEVERAL: Final = re.compile(
    rf"(?:(?:{_LAST}) )?([0-9]{{1,3}}) ?(?:(?:{_LAST}) )?({_UNIT})(?: (?:{_LAST}|ago))?"
)
_ONE: Final = re.compile(rf"(?:({_LAST}|{_THIS}) )?({_UNIT})(?: ({_LAST}))?")
_PLAIN: Final = re.compile(r"[\s_.-]+")


def period(text: str, today: date) -> Period | None:
    """Return what a date in words means as seen from `today`; None if it is none, or out of the calendar.

    A week begins on Monday. A month or a weekday without a year is the latest one. Some
    `3 jours` end today.
    """
    plain = _PLAIN.sub(" ", folded(text)).strip().removeprefix("la ").removeprefix("le ").removeprefix("l'")
    try:
        return next((found for read in _READINGS if (found := read(plain, today))), None)
    except (ValueError, OverflowError):
        return None


def may_become_one(text: str) -> bool:
    """Say whether a text is how some date begins: what is still being typed is not yet wrong."""
    plain = _PLAIN.sub(" ", folded(text)).strip()
    return not plain or plain.isdigit() or any(word.startswith(plain) for word in _beginnings())


def _beginnings() -> Iterator[str]:
    yield from (*_DAYS, *_MONTHS, *_WEEKDAYS, *_UNITS, *_LAST.split("|"), *_THIS.split("|"))


def _day(plain: str, today: date) -> Period | None:
    return _single(today - timedelta(days=_DAYS[plain])) if plain in _DAYS else None


def _weekday(plain: str, today: date) -> Period | None:
    named = _WEEKDAY.fullmatch(plain)
    if not named:
        return None
    back = (today.weekday() - _WEEKDAYS[named[1]]) % 7
    return _single(today - timedelta(days=back or 7 * (named[0] != named[1])))


def _month(plain: str, today: date) -> Period | None:
    named = _NAMED_MONTH.fullmatch(plain)
    if not named:
        return None
    month, day = _MONTHS[named[2]], int(named[1] or 1)
    year = int(named[3] or today.year)
    found = date(year, month, day)
    if not named[3] and found > today:
        found = found.replace(year=year - 1)
    said = found.isoformat()
    return Period(said, said) if named[1] else Period(said[:7], said[:7])


def _several(plain: str, today: date) -> Period | None:
    named = _SEVERAL.fullmatch(plain)
    if not named or not int(named[1]):
        return None
    days = {"day": 1, "week": 7}.get(unit := _UNITS[named[2]])
    count = int(named[1])
    first = (
        today - timedelta(days=days * count - 1)
        if days
        else _months_before(today, count * (12 if unit == "year" else 1)) + timedelta(days=1)
    )
    return Period(first.isoformat(), today.isoformat())


def _one(plain: str, today: date) -> Period | None:
    named = _ONE.fullmatch(plain)
    if not named or len(named[2]) == 1:
        return None
    last = bool(named[3]) or bool(re.fullmatch(_LAST, named[1] or ""))
    match _UNITS[named[2]]:
        case "day":
            return _single(today - timedelta(days=last))
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * last)
            return Period(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
        case "month":
            said = _months_before(today.replace(day=1), int(last)).isoformat()[:7]
        case _:
            said = f"{today.year - last:04}"
    return Period(said, said)


def _months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _single(day: date) -> Period:
    return Period(day.isoformat(), day.isoformat())


_READINGS: Final[tuple[Callable[[str, date], Period | None], ...]] = (_day, _weekday, _month, _several, _one)
