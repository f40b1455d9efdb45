"""Dates in queries: days, months and years, ranges of them with open ends, comparisons."""

import re
from datetime import date, timedelta
from typing import Final

from index.query.errors import QueryError
from index.query.tree import DateRange

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FRENCH: Final = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_COMPARED: Final = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
_NOT_A_DATE: Final = "{date} is not a date: write 2024, 2024-09 or 2024-09-17"
_MONTHS: Final = 12


def date_range(text: str, column: int) -> DateRange:
    """Return what `2024-09`, `2024-09-17..`, `>=2024` and their like mean. Raises QueryError."""
    if ".." in text:
        start, _, end = text.partition("..")
        return _ordered(_checked(start, column), _checked(end, column + len(start) + 2), column)
    sign, written = _COMPARED.fullmatch(text).groups("")  # type: ignore[union-attr]  # it matches anything
    if not written:
        raise QueryError(_NOT_A_DATE, column, date=repr(text))
    day = _checked(written, column + len(sign))
    if sign in {"", "="}:
        return DateRange(day, day)
    if sign.startswith(">"):
        return DateRange(day if sign == ">=" else _next(day, 1, column), "")
    return DateRange("", day if sign == "<=" else _next(day, -1, column))


def _ordered(start: str, end: str, column: int) -> DateRange:
    if not start and not end:
        raise QueryError("a range of dates needs at least one end", column)
    size = min(len(start), len(end))
    if start[:size] > end[:size]:
        raise QueryError("{start} is after {end}", column, f"{end}..{start}", start=start, end=end)
    return DateRange(start, end)


def _checked(text: str, column: int) -> str:
    """Return a date that exists, as it was written; empty for an open end."""
    if not text:
        return ""
    found = _ISO.fullmatch(text)
    if not found:
        other = _FRENCH.fullmatch(text)
        meant = f"{other[3]}-{other[2]:0>2}-{other[1]:0>2}" if other else ""
        raise QueryError(_NOT_A_DATE, column, meant, date=repr(text))
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise QueryError("there is no {date} in the calendar", column, date=text) from None
    return text


def _next(text: str, step: int, column: int) -> str:
    """Return the day, month or year after (`step` 1) or before (-1)."""
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == len(("year", "month", "day")):
            return (date(*parts) + timedelta(days=step)).isoformat()
        if len(parts) == 1:
            return f"{date(parts[0] + step, 1, 1).year:04}"
        months = parts[0] * _MONTHS + parts[1] - 1 + step
        return date(months // _MONTHS, months % _MONTHS + 1, 1).isoformat()[:7]
    except (ValueError, OverflowError):
        raise QueryError("there is no date beyond {date}", column, date=text) from None
