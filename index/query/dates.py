"""Dates in queries: days, months and years, in figures and in words; ranges with open ends; comparisons."""

import re
from datetime import date, timedelta
from typing import Final

from index.query.errors import QueryError
from index.query.moments import Period, period
from index.query.tree import DateRange

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SHORT: Final = re.compile(r"(?:([0-9]{1,2})-)?([0-9]{1,2})")
_FRENCH: Final = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_COMPARED: Final = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
_BRACKETS: Final = re.compile(r"\[\s*(.*?)\s+(?:TO|A|À)\s+(.*?)\s*\]?", re.DOTALL)
_NOT_A_DATE: Final = "{date} is not a date: write 2024, 2024-09, 2024-09-17, or hier, last-week"
_MONTHS: Final = 12


def date_range(text: str, column: int, today: date) -> DateRange:
    """Return what `2024-09`, `2024-09-17..19`, `>=2024`, `..hier` and their like mean. Raises QueryError."""
    if bracketed := _BRACKETS.fullmatch(text):
        ends = (end if end != "*" else "" for end in bracketed.groups())
        return _between(*ends, column=column + 1, end_column=column + bracketed.start(2), today=today)
    if ".." in text:
        start, _, end = text.partition("..")
        return _between(start, end, column=column, end_column=column + len(start) + 2, today=today)
    sign, written = _COMPARED.fullmatch(text).groups("")  # type: ignore[union-attr]  # it matches anything
    if not written.strip():
        raise QueryError(_NOT_A_DATE, column, date=repr(text))
    first, last = _period(written.strip(), column + len(sign), today)
    if sign in {"", "="}:
        return DateRange(first, last)
    if sign.startswith(">"):
        return DateRange(first if sign == ">=" else _next(last, 1, column), "")
    return DateRange("", last if sign == "<=" else _next(first, -1, column))


def _between(start: str, end: str, *, column: int, end_column: int, today: date) -> DateRange:
    first = _period(start, column, today).first if start.strip() else ""
    last = _period(_completed(end, first), end_column, today).last if end.strip() else ""
    return _ordered(first, last, column)


def _completed(end: str, start: str) -> str:
    """Return the end of `2024-09-17..19` in full: what it leaves out is as in the start."""
    short = _SHORT.fullmatch(end.strip())
    parts = start.split("-")
    given = [part for part in short.groups() if part] if short else []
    if not given or len(given) >= len(parts):
        return end
    return "-".join([*parts[: -len(given)], *(f"{part:0>2}" for part in given)])


def _ordered(start: str, end: str, column: int) -> DateRange:
    if not start and not end:
        raise QueryError("a range of dates needs at least one end", column)
    size = min(len(start), len(end))
    if start[:size] > end[:size]:
        raise QueryError("{start} is after {end}", column, f"{end}..{start}", start=start, end=end)
    return DateRange(start, end)


def _period(text: str, column: int, today: date) -> Period:
    """Return the day, month, year or period that a text names."""
    text = text.strip()
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        if named := period(text, today):
            return named
        other = _FRENCH.fullmatch(text)
        meant = f"{other[3]}-{other[2]:0>2}-{other[1]:0>2}" if other else ""
        raise QueryError(_NOT_A_DATE, column, meant, date=repr(text))
    given = [part for part in found.groups() if part]
    try:
        date(*(int(part) for part in (*given, "1", "1")[:3]))
    except ValueError:
        raise QueryError("there is no {date} in the calendar", column, date=text) from None
    said = "-".join(f"{part:0>2}" for part in given)
    return Period(said, said)


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
