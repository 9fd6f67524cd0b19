"""Dates as feeds, sitemaps and users write them, as ISO 8601."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, date, datetime


def instant(parsed: time.struct_time | None) -> str | None:
    """The UTC time that feedparser read, as ISO 8601; None where it read none or nonsense.

    >>> instant(time.struct_time((2026, 11, 2, 13, 5, 0, 0, 306, 0)))
    '2026-11-02T13:05:00+00:00'
    """
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def w3c(text: str | None) -> str | None:
    """A sitemap's date (W3C datetime) as ISO day or instant; None for anything that names no day.

    >>> w3c("2026-11-02T08:00Z"), w3c(" 2026-11-02 "), w3c("2026-11"), w3c("yesterday")
    ('2026-11-02T08:00:00+00:00', '2026-11-02', None, None)
    """
    text = (text or "").strip()
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


def day(text: str) -> date:
    """A day that a user gives as YYYY-MM-DD. Raises ValueError.

    >>> day("2026-11-01")
    datetime.date(2026, 11, 1)
    """
    if len(text) != 10:
        raise ValueError(f"{text!r} is no day; write it as 2026-11-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day; write it as 2026-11-01") from None


def older(stated: str | None, since: date | None) -> bool:
    """Whether `stated` (ISO day or instant) lies before the day `since`; what is unknown is never older.

    >>> older("2026-10-31T23:59:00+00:00", date(2026, 11, 1)), older(None, date(2026, 11, 1)), older("2020-01-01", None)
    (True, False, False)
    """
    return since is not None and stated is not None and stated[:10] < since.isoformat()
