"""What words of time mean, most of them seen from publication: "Jan. 8", "last Monday", "the fourth quarter"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from extract.time_words import DAYS, MONTH, MONTHS


def relative(match: re.Match[str], kind: str, published: dt.date) -> str | None:
    """The ISO day, month, quarter or year of a match of DATE of that kind; None for what is still to come."""
    reader = _READERS.get(kind)
    return reader(match, match[0].lower(), published) if reader else None


def _weekday(match: re.Match[str], words: str, published: dt.date) -> str | None:
    """The last such day; "last Monday", said on a Monday, is a week ago."""
    if match["wd_rel"] == "next":
        return None
    number = DAYS.index(match["wd"].lower())
    if match["wd_week"] == "last":
        monday = published - dt.timedelta(days=published.weekday() + 7)
        return (monday + dt.timedelta(days=number)).isoformat()
    back = (published.weekday() - number) % 7
    return (published - dt.timedelta(days=back or 7 * (match["wd_rel"] == "last"))).isoformat()


def _day(match: re.Match[str], words: str, published: dt.date) -> str | None:
    day = published - dt.timedelta(days=words in ("yesterday", "last night"))
    return None if words == "tomorrow" else day.isoformat()


def _nth(match: re.Match[str], words: str, published: dt.date) -> str | None:
    """ "on the 27th": of this month if it has been, else of the month before."""
    number, month = int(match["nth_day"]), published.replace(day=1)
    if number > published.day:
        month = (month - dt.timedelta(days=1)).replace(day=1)
    try:
        return month.replace(day=number).isoformat()
    except ValueError:
        return None


def _week(match: re.Match[str], words: str, published: dt.date) -> str | None:
    """The month in which the week lies: no more is sure."""
    if words.startswith("next"):
        return None
    back = 7 if re.search(r"last week(?:end)?$|previous|days", words) and "recent" not in words else 0
    back = 14 if re.search(r"weeks (?:ago|earlier)$", words) else back
    return (published - dt.timedelta(days=back)).isoformat()[:7]


def _ago(match: re.Match[str], words: str, published: dt.date) -> str | None:
    """So many days, weeks, months or years ago, to that precision (weeks: the month); "a year ago today": the day."""
    written = match["ago_n"].lower()
    count = int(written) if written.isdigit() else _COUNTS.get(written, 1)
    unit = match["ago_unit"].lower()
    if unit in ("day", "week"):
        day = published - dt.timedelta(days=count * (7 if unit == "week" else 1))
        return day.isoformat() if unit == "day" or match["ago_day"] else day.isoformat()[:7]
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    month = _month_before(published, months)
    if match["ago_day"]:
        return f"{month}-{published.day:02d}"
    return month if unit == "month" else month[:4]


_COUNTS = {
    w: n for n, w in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"], 2)
}  # "a", "an" and "one" are one


def _month_before(published: dt.date, back: int) -> str:
    index = published.year * 12 + published.month - 1 - back
    return f"{index // 12}-{index % 12 + 1:02d}"


def _months_back(match: re.Match[str], words: str, published: dt.date) -> str | None:
    if "next" in words or "several" in words or "few" in words or "that month" in words:
        return None
    if "christmas" in words:
        return f"{published.year - (published.month < _DECEMBER)}-{_DECEMBER}"
    return _month_before(published, 2 if "couple" in words else int("this month" not in words))


def _named_month(match: re.Match[str], words: str, published: dt.date) -> str:
    month = month_number(match["only"] or match["named"] or match["mname"] or match["whose"] or match["was"])
    before_this = (
        words.startswith("last ") and month == published.month
    )  # said in January, "last January" is a year ago
    year = published.year - (month > published.month or before_this)
    if match["mrel"] == "last" or "last year" in words:
        year = published.year - 1
    return f"{year}-{month:02d}"


def _year_of(match: re.Match[str], words: str, published: dt.date) -> str | None:
    back = 1 if re.search(r"last|previous|prior|year before", words) else 0
    if words.startswith(("over ", "during ", "in ")):  # the last one that has begun
        back = int(_SEASON_BEGINS[words.split()[-1]] > published.month)
    return None if "next" in words else str(published.year - back)


_SEASON_BEGINS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 1}
_DECEMBER = 12


def _quarter_of(match: re.Match[str], words: str, published: dt.date) -> str | None:
    return quarter(match, None, published)


def _opening(match: re.Match[str], words: str, published: dt.date) -> str | None:
    return f"{published.year}-01"


#: Back to so many years a day without one is looked for: February 29 of a year before a century.
_LEAP = 8


def calendar_day(words: str, published: dt.date | None) -> str | None:
    """The ISO day that words name by month and number, without a year the last such day up to publication.

    None for a day that no calendar has, and for one without a year where `published` is None.

    >>> [calendar_day(w, dt.date(2026, 3, 1)) for w in ("Jan. 8, 2024", "3rd of March", "Feb. 29", "June 31")]
    ['2024-01-08', '2025-03-03', '2024-02-29', None]
    """
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if len(numbers) == 3:
        return _iso(*numbers)
    month, day = month_number(words), numbers[0]
    if len(numbers) == 2:
        return _iso(numbers[1], month, day)
    if published is None:
        return None
    years = range(published.year, published.year - _LEAP - 1, -1)
    days = (_iso(year, month, day) for year in years)
    return next((iso for iso in days if iso and iso <= published.isoformat()), None)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def month_number(words: str) -> int:
    """The number of the first month named in the words; 0 where there is none."""
    found = re.search(MONTH, words)
    return MONTHS.index(found[0].lower()[:3]) + 1 if found else 0


def quarter(match: re.Match[str], year: str | None, published: dt.date | None) -> str | None:
    """The quarter named, without a year the latest that had begun; "last quarter" is the one before this."""
    name = (match["q"] or "").lower()
    if name in ("last", "this", "previous") and year is None:
        if published is None:
            return None
        month = _month_before(published, 0 if name == "this" else 3)
        return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
    number = int(match["qn"]) if match["qn"] else _QUARTERS.get(name)
    if year in ("last year", "this year"):
        year = str(published.year - (year == "last year")) if published else None
    elif year is None and published and number:
        year = str(published.year - (number * 3 - 2 > published.month))
    return f"{year}-Q{number}" if number and year else None


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_READERS: dict[str, Callable[[re.Match[str], str, dt.date], str | None]] = {
    "month": _named_month, "month_ago": _named_month, "month_rel": _named_month, "month_of": _named_month,
    "month_was": _named_month, "weekday": _weekday, "rel": _day, "nth": _nth, "week": _week, "ago": _ago,
    "mon": _months_back, "quarter": _quarter_of, "yr": _year_of, "opening": _opening,
}  # fmt: skip
