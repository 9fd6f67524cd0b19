"""ISO dates as known: a day, a month, a quarter or a year, and the days that each covers."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

_FORM = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|Q([1-4])))?")
_NAMES = {4: "year", 7: "month", 10: "day"}

Span = tuple[dt.date, dt.date]


@lru_cache(4096)  # a ledger has few days, each many times
def span(date: str | None) -> Span | None:
    """First and last day of an ISO day, month, quarter or year; None for anything else.

    >>> span("2026-02")
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> span("2026-Q4")[1]
    datetime.date(2026, 12, 31)
    >>> span("2026-02-30") is None
    True
    """
    found = _FORM.fullmatch(date or "")
    if not found:
        return None
    year, month, day, quarter = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return (dt.date(year, month, day),) * 2
        first = dt.date(year, month or quarter * 3 - 2 if month or quarter else 1, 1)
        months = 1 if month else 3 if quarter else 12
        return first, _months_later(first, months) - dt.timedelta(days=1)
    except ValueError:
        return None


def _months_later(first: dt.date, months: int) -> dt.date:
    count = first.month - 1 + months
    return dt.date(first.year + count // 12, count % 12 + 1, 1)


def precision(date: str | None) -> str | None:
    """day, month, quarter or year; None where `date` is no such date.

    >>> precision("2026-Q1"), precision("2026-01"), precision("soon")
    ('quarter', 'month', None)
    """
    if date is None or span(date) is None:
        return None
    return "quarter" if "Q" in date else _NAMES[len(date)]


def gap(one: Span, other: Span) -> int:
    """Days between two spans; 0 where they touch or overlap.

    >>> gap(span("2026-01-20"), span("2026-02")), gap(span("2026-01"), span("2026-01-09"))
    (12, 0)
    """
    return max((max(one[0], other[0]) - min(one[1], other[1])).days, 0)


def day(instant: str | None) -> str | None:
    """The calendar day of an ISO day or instant as written; None where there is none.

    >>> day("2026-02-09T23:30:00+00:00")
    '2026-02-09'
    """
    text = (instant or "")[:10]
    return text if span(text) else None
