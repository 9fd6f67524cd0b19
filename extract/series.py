"""Stretches of time for charts: months while they are few, then quarters, then years. Pure, on ISO keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from extract.days import span

Grain = Literal["month", "quarter", "year"]

#: Most columns of a chart; where months would be more, quarters serve, then years.
MOST = 48


def bucket(date: str | None, grain: Grain) -> str | None:
    """The stretch in which an ISO date lies; None where it is known less exactly than that, or not at all.

    >>> bucket("2026-03-09", "month"), bucket("2026-03", "quarter"), bucket("2026-Q1", "month"), bucket("2026", "year")
    ('2026-03', '2026-Q1', None, '2026')
    """
    days = span(date)
    if days is None:
        return None
    first, last = (_key(day.year, day.month, grain) for day in days)
    return first if first == last else None


def _key(year: int, month: int, grain: Grain) -> str:
    if grain == "year":
        return f"{year:04}"
    return f"{year:04}-{month:02}" if grain == "month" else f"{year:04}-Q{(month + 2) // 3}"


def grain_of(dates: Iterable[str | None]) -> Grain:
    """The finest grain in which the dates make at most MOST stretches.

    >>> grain_of(["2026-01-02", "2026-11"]), grain_of(["2019-01", "2026-11"]), grain_of(["1999", "2026"])
    ('month', 'quarter', 'year')
    """
    known = [days for date in dates if (days := span(date))]
    if not known:
        return "month"
    first, last = min(days[0] for days in known), max(days[1] for days in known)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return "month" if months <= MOST else "quarter" if months <= 3 * MOST else "year"


def stretches(keys: Iterable[str], grain: Grain) -> list[str]:
    """All stretches from the first to the last of these, none left out.

    >>> stretches(["2026-Q1", "2025-Q3"], "quarter")
    ['2025-Q3', '2025-Q4', '2026-Q1']
    """
    days = [days for key in keys if (days := span(key))]
    if not days:
        return []
    first, last = min(d[0] for d in days), max(d[1] for d in days)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return list(dict.fromkeys(_key(month // 12, month % 12 + 1, grain) for month in months))
